import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readerText } from '../../../src/docs/markdown/reader-text.ts';

describe('readerText', () => {
  it.each([
    ['plain ASCII stays', 'Token exchange failed: see `err_x`.', 'Token exchange failed: see `err_x`.'],
    ['single quotes become straight', '\u2018can\u2019t\u2032 don\u00b4t', "'can't' don't"],
    ['double quotes become straight', '\u201cquoted\u201d 5\u2033', '"quoted" 5"'],
    ['every dash becomes a hyphen', 'a\u2010b\u2011c\u2013d\u2014e\u2212f', 'a-b-c-d-e-f'],
    ['unusual spaces become one space', 'a\u00a0b\u2003 \t c', 'a b c'],
    ['soft hyphens and zero-width characters go', 'tok\u00aden\u200bs\ufeff', 'tokens'],
    ['bidi controls go', 'a\u202eb\u2066c\u200f', 'abc'],
    ['control characters go', 'a\x00b\x1b[31mc', 'ab[31mc'],
    ['compatibility forms are folded', '\uff21\ufb01\u2026', 'Afi...'],
    ['line ends are one character', 'a\r\nb\rc', 'a\nb\nc'],
    ['emoji stay', 'Done \u{1f389} \u{1f468}\u200d\u{1f469}', 'Done \u{1f389} \u{1f468}\u200d\u{1f469}'],
    ['letters of every script stay', 'トークン Ünïcode الرمز', 'トークン Ünïcode الرمز'],
  ])('%s', (_, text, expected) => {
    expect(readerText(text)).toBe(expected);
  });

  it('changes nothing when applied twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = readerText(text);
        expect(readerText(once)).toBe(once);
      }),
    );
  });
});
