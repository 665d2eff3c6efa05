import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairSimilar, similarity, tellingWords } from '../../../src/review/compare/text-similarity.ts';

it('keeps the words that tell texts apart, and every word of other scripts', () => {
  expect([...tellingWords('The user is in a redirect loop, 空白のクッキー')]).toEqual(
    expect.arrayContaining(['user', 'redirect', 'loop', 'クッキー']),
  );
  expect(tellingWords('is in a').size).toBe(0);
});

it('is 1 for the same words, 0 for none in common and for two empty texts', () => {
  const set = (words: string) => new Set(words.split(' ').filter(Boolean));
  expect(similarity(set('a b'), set('b a'))).toBe(1);
  expect(similarity(set('a b c'), set('c'))).toBe(0.5);
  expect(similarity(set('a'), set('b'))).toBe(0);
  expect(similarity(set(''), set(''))).toBe(0);
});

it('pairs each set once, the most similar first', () => {
  const from = [new Set([1, 2, 3, 4]), new Set([1, 2, 9, 8])];
  const to = [new Set([1, 2, 3, 5]), new Set([1, 2, 3, 4])];
  expect(pairSimilar(from, to, 0.5)).toEqual([
    { from: 0, to: 1, score: 1 },
    { from: 1, to: 0, score: 0.5 },
  ]);
});

it('counts what many hold only between sets that share something rare', () => {
  const common = [1, 2, 3];
  const to = Array.from({ length: 20 }, (_, i) => new Set([...common, 100 + i]));
  expect(pairSimilar([new Set([...common, 107])], to, 0.5)).toEqual([{ from: 0, to: 7, score: 1 }]);
  expect(pairSimilar([new Set(common)], to, 0.5)).toEqual([]);
});

it('agrees with comparing every pair where few hold the same', () => {
  const sets = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 6 }), { maxLength: 5 });
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [from, to] = [a.map((list) => new Set(list)), b.map((list) => new Set(list))];
      for (const pair of pairSimilar(from, to, 0.3)) {
        expect(pair.score).toBeCloseTo(similarity(from[pair.from]!, to[pair.to]!));
      }
      const best = Math.max(0, ...from.flatMap((x) => to.map((y) => similarity(x, y))));
      expect(pairSimilar(from, to, 0.3)[0]?.score ?? 0).toBeCloseTo(best >= 0.3 ? best : 0);
    }),
  );
});
