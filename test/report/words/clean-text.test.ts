import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines, cleanSample, shorten } from '../../../src/report/words/clean-text.ts';

describe('cleanLine', () => {
  it.each([
    ['line breaks and runs of white space are one space', ' a \r\n\t b\u2028c\u00a0d ', 'a b c d'],
    ['escape sequences lose their power', 'a\u001b[31mb\u009b0mc\u0007', 'a[31mb0mc'],
    ['bidirectional controls are gone', 'user\u202etxt.\u2066x\u2069', 'usertxt.x'],
    ['zero-width characters are gone', 'a\u200bb\ufeffc\u2060d\u00ade', 'abcde'],
    ['a lone surrogate is replaced', 'a\ud800b', 'a\ufffdb'],
    ['hidden tags are gone', 'a\u{e0041}b', 'ab'],
    ['an emoji of several parts stays', '👩‍💻 ❤️', '👩‍💻 ❤️'],
    ['a joiner between Persian letters stays', 'می‌خواهم', 'می‌خواهم'],
    ['a joiner beside ASCII is gone', 'a\u200db \u200d\u200dé', 'ab é'],
  ])('%s', (_, text, cleaned) => {
    expect(cleanLine(text)).toBe(cleaned);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
      }),
    );
  });
});

describe('cleanLines', () => {
  it('keeps indentation, tabs and empty lines', () => {
    expect(cleanLines('a\r\n\n\tb\r  c\u001b[2J\n\n')).toBe('a\n\n\tb\n  c[2J');
  });
});

describe('shorten', () => {
  it('never exceeds its limit in code points and never splits one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 12 }), (text, limit) => {
        const short = shorten(text, limit);
        expect([...short].length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Cs}/u);
        if ([...text].length <= limit) expect(short).toBe(text);
      }),
    );
  });
});

it('shows a sample without the empty lines at its start, but with its indentation', () => {
  expect(cleanSample('\r\n \t\n    a\n\nb\n')).toBe('    a\n\nb');
  expect(cleanSample('\n\n')).toBe('');
});
