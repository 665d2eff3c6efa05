import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAY_BE_UNSCRUBBED, scrub, UNSCRUBBED_PATTERNS } from '../../src/registry/scrub.ts';
import { HARMLESS, UNSCRUBBED } from './unscrubbed-samples.ts';

const samples = Object.entries(UNSCRUBBED).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

describe('a scrubbed text', () => {
  test.each(samples)('has a neutral word for %s: %s', (name, text) => {
    const { replacement } = UNSCRUBBED_PATTERNS.find((pattern) => pattern.name === name)!;
    expect(scrub(text, [])).toContain(replacement);
    expect(text).toMatch(MAY_BE_UNSCRUBBED);
  });

  test.each(HARMLESS)('keeps what may be public: %s', (text) => {
    expect(scrub(text, [])).toBe(text);
  });

  test('keeps the words around', () => {
    expect(scrub('We (Jo, jo@acme.io, org_12345678) saw it in #1339.', ['Jo'])).toBe(
      'We ([name], [e-mail], [id]) saw it in [ticket].',
    );
    expect(scrub('See https://acme.zendesk.com/agent/1, then stop', [])).toBe('See [support link] then stop');
    expect(scrub('token=abcdef0123456789 and Bearer abcdef0123456789', [])).toBe('token=[secret] and Bearer [secret]');
  });

  test('scrubbed again stays as it is', () => {
    const word = fc.oneof(
      fc.constantFrom(...samples.map(([, text]) => text)),
      fc.constantFrom(...HARMLESS),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join(' ')),
        (text) => {
          const once = scrub(text, ['Acme Corp']);
          expect(scrub(once, ['Acme Corp'])).toBe(once);
        },
      ),
    );
  });
});

describe('a private name', () => {
  test.each([
    ['Acme', 'ACME said acme, not acmeists or my_acme', '[name] said [name], not acmeists or my_acme'],
    ['acme.example', 'api.acme.example/x', 'api.[name]/x'],
    ['Acme  Corp.', 'at Acme\n Corp. today', 'at [name] today'],
    ['C++ (x)', 'in C++ (x)!', 'in [name]!'],
    ['Élan', 'E\u0301LAN élan', '[name] [name]'],
    ['山田商事', '株式会社山田商事です', '株式会社[name]です'],
    ['', 'nothing', 'nothing'],
  ])('%j is replaced whole and in any case', (name, text, scrubbed) => {
    expect(scrub(text, [name])).toBe(scrubbed);
  });

  test('gives way to a longer one, each time', () => {
    const names = ['Acme', 'Acme Corp'];
    expect(scrub('Acme Corp', names)).toBe('[name]');
    expect(scrub('at Acme', names)).toBe('at [name]');
  });
});

describe('hostile text', () => {
  const runs = [
    'a',
    'a.',
    'a@',
    '@',
    'eyJ-',
    'eyJaaaaaaaa-',
    'sk-',
    'SG.',
    '+1 ',
    '1-',
    '#',
    'key=',
    'key=a',
    ': ',
    '://a:',
    '://',
    'a-',
    'Bearer ',
  ];
  test.each([
    ...runs,
    'org_',
    'a_',
    'AKIA',
    'a.zendesk',
    'a@a.',
    'a@example.',
    'linear.app/',
    '(123) ',
    'ticket ',
    '-----BEGIN ',
    'token "=',
    'a@a.a',
    'x@example',
    '-1',
    'acme ',
    'Acme',
    'ghp_',
    'https://',
    'AIza-',
    'whsec_',
    '\u3042',
  ])('takes no more than linear time: %j', (run) => {
    scrub(`1@ ${run.repeat(200_000)}`, ['Acme Corp', 'acme.example']);
    // Quadratic work on so much text would outlast the test's time limit many times.
  });
});
