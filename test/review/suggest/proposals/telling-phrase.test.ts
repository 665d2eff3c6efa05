import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePhrase, matchInBlock } from '../../../../src/coverage/phrase.ts';
import { indexTokens } from '../../../../src/coverage/reading.ts';
import { tellingPhrases } from '../../../../src/review/suggest/proposals/telling-phrase.ts';

const OPTIONS = { most: 3, weight: () => 1 };
const best = (text: string, options = {}) => tellingPhrases(text, { ...OPTIONS, ...options })[0];

describe('telling phrases', () => {
  test.each<[string, string | undefined]>([
    ['The registry secret has expired', 'registry secret expired'],
    ['The clock is wrong.', 'clock wrong'],
    ['Secrets, tokens', undefined],
    ['the of and', undefined],
    ['It is not', undefined],
    ['404 500', undefined],
    ["The owner's key is missing", 'owner key missing'],
    ['', undefined],
  ])('of "%s"', (text, phrase) => {
    expect(best(text)).toBe(phrase);
  });

  test('prefer the words that stand in few places', () => {
    const weight = (stem: string) => (stem === 'keyr' || stem === 'seal' ? 9 : 1);
    expect(best('Every account of the team needs a sealed keyring first', { most: 2, weight })).toContain('sealed');
  });

  test('tell something beyond the words that are known', () => {
    expect(best('The upload failed', { known: new Set(['upload', 'fail']) })).toBeUndefined();
  });

  test('hold a word of failing where that is asked for', () => {
    const phrases = tellingPhrases('The green lamp stays dark and is not lit', { ...OPTIONS, failing: true });
    expect(phrases.length).toBeGreaterThan(0);
    for (const phrase of phrases) expect(phrase).toMatch(/\bnot\b/);
  });

  test('are found by the engine in the text that they come from', () => {
    const words = fc.constantFrom(
      ...'token is not set, when_used userId (the) a.b blank — it’s 42 日本 é no "x": expired'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (list) => {
        const text = list.join(' ');
        for (const phrase of tellingPhrases(text, { ...OPTIONS, most: 4 }))
          expect(matchInBlock(compilePhrase(phrase), indexTokens(text, false)), phrase).not.toBeNull();
      }),
    );
  });
});
