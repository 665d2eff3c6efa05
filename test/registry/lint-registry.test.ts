import { describe, expect, test } from 'vitest';
import { lintRegistry } from '../../src/registry/lint-registry.ts';
import type { Mistake } from '../../src/registry/registry.ts';
import { parsed, said } from './registry-text.ts';
import { HARMLESS, UNSCRUBBED } from './unscrubbed-samples.ts';

const TODAY = '2026-06-30';

/** The lint of a registry whose scenario has a cause and these fields, each on a line of its own from line 5. */
function lint(fields: Record<string, unknown>, settings = ''): Mistake[] {
  const all = { causes: ['setting disabled'], codes: ['x'], ...fields };
  const lines = Object.entries(all).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  const { registry, mistakes } = parsed(
    `${settings}\nscenarios:\n  - id: a-b\n    title: It fails\n${lines.join('\n')}\n`,
  );
  expect(mistakes).toEqual([]);
  return lintRegistry(registry!, TODAY);
}

describe('symptoms', () => {
  test.each([
    ['tokens are blank|empty', []],
    ['the exchange of tokens fails at the redirect', []],
    ['exchange fails verification redirect twice', ['has 5 words that count']],
    ['fails', ['has fewer than two words that count']],
    ['it is the', ['has fewer than two words that count', 'has no word for a failure']],
    ['connect your account', ['has no word for a failure']],
    ['send notifications outbound', ['has no word for a failure']],
    ['account cannot sign|log', []],
    ['access_denied callback', []],
    ['SocketTimeoutError on read', []],
    ['server answers 503', []],
    ["login doesn't work", []],
    ['login can’t work', []],
    ['Anmeldung schlägt fehl', []],
    ['トークンが空です', []],
  ])('%s', (symptom, weaknesses) => {
    const found = lint({ symptoms: [symptom] });
    expect(found).toHaveLength(weaknesses.length);
    weaknesses.forEach((weakness, index) => {
      expect(found[index]).toMatchObject({ kind: 'registry-warning', severity: 'warning', line: 7, column: 16 });
      expect(found[index]?.message).toContain(weakness);
    });
  });

  test('need no English word where the docs are in another language', () => {
    const symptoms = ['Verbindung getrennt'];
    expect(lint({ symptoms }, 'docs: { root: a, locale: de }')).toEqual([]);
    expect(lint({ symptoms }, 'docs: { root: a, locale: en-GB }')).toHaveLength(1);
  });
});

test('a scenario without a cause is weak', () => {
  expect(lint({ causes: [] })).toMatchObject([{ kind: 'registry-warning', scenario: 'a-b', line: 5 }]);
  const { registry } = parsed('scenarios:\n  - { id: a, title: t, codes: [x] }');
  expect(lintRegistry(registry!, TODAY)).toMatchObject([{ line: 2, column: 5, endLine: 2 }]);
});

test('a waiver ends after its last day', () => {
  const until = (day: string) => lint({ waive: { reason: 'r', until: day } });
  expect(until('2026-06-29')).toMatchObject([
    { kind: 'waiver-expired', severity: 'warning', line: 7, message: 'the waiver of a-b ended on 2026-06-29' },
  ]);
  expect(until('2026-06-30')).toEqual([]);
  expect(lint({ waive: { reason: 'r' } })).toEqual([]);
});

describe('text that must not be public', () => {
  const samples = Object.entries(UNSCRUBBED).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

  test.each(samples)('%s is found: %s', (name, text) => {
    const found = lint({ quotes: ['fine', text] });
    expect(found).toMatchObject([
      { kind: 'unscrubbed-text', line: 7, message: `"quotes" holds ${name}, which must not be public` },
    ]);
    expect(found[0]?.severity).toBe(/secret|e-mail/.test(name) ? 'error' : 'warning');
    expect(found[0]?.column).toBe(21);
  });

  test.each(HARMLESS)('is not found where there is none: %s', (text) => {
    expect(lint({ quotes: [text] })).toEqual([]);
  });

  test('is found in every field', () => {
    const mail = 'jo@acme.io';
    const texts = ['symptoms', 'except', 'never', 'pages', 'followUps', 'quotes', 'codes', 'causes'];
    const fields = {
      ...Object.fromEntries(texts.map((name) => [name, [`cannot ${mail}`]])),
      links: [`https://x.example/?m=${mail}`],
      audience: mail,
      owner: mail,
      impact: { environment: mail },
      waive: { reason: mail, by: mail, pages: [mail] },
    };
    const found = lint(fields).map(({ message }) => message.match(/^"(.*?)"/)?.[1]);
    expect(new Set(found)).toEqual(
      new Set([
        ...texts,
        'links',
        'audience',
        'owner',
        'impact.environment',
        'waive.reason',
        'waive.by',
        'waive.pages',
      ]),
    );
  });

  test('is no mail address that a link leads to', () => {
    expect(lint({ links: ['mailto:help@acme.io?subject=Tokens'] })).toEqual([]);
    expect(lint({ links: ['mailto:help@acme.io?cc=jo@acme.io'] })).toHaveLength(1);
  });

  test('is no id among codes, links and people, and no number there that looks like a telephone', () => {
    const id = 'org_12345678';
    expect(
      lint({ codes: [id, 'SUP-1339', '415-555-0132'], links: [`/x/${id}`], owner: id, waive: { reason: 'r', by: id } }),
    ).toEqual([]);
    expect(lint({ audience: id })).toHaveLength(1);
  });

  test('is what the registry calls private, wherever it stands', () => {
    const found = lint({ quotes: ['At ACME it fails, acme says'], owner: '@acme' }, 'private: [Acme]');
    expect(said(found)).toEqual([
      '7:14 "quotes" holds a name or domain that the registry calls private, which must not be public',
      '8:5 "owner" holds a name or domain that the registry calls private, which must not be public',
    ]);
  });

  test('is not repeated in what is said of it', () => {
    const [found] = lint({ quotes: ['jo@acme.io'] });
    expect(`${found?.message} ${found?.advice}`).not.toContain('jo@');
  });
});
