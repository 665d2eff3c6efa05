import { expect, test } from 'vitest';
import { FactsCache } from '../../src/cache/facts-cache.ts';

test('remembers what was set', () => {
  const cache = new FactsCache<string>(2);
  cache.set('a', 'first');
  expect(cache.get('a')).toBe('first');
  expect(cache.get('b')).toBeUndefined();
});

test('lets go of the entry that was used longest ago', () => {
  const cache = new FactsCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});

test('counts setting an old key anew as a use and not as a new entry', () => {
  const cache = new FactsCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 4);
  expect(cache.size).toBe(2);
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([4, undefined, 3]);
});

test('never holds more than its limit', () => {
  const cache = new FactsCache<number>(10);
  for (let i = 0; i < 1_000; i++) cache.set(`key ${i}`, i);
  expect(cache.size).toBe(10);
  expect(cache.get('key 990')).toBe(990);
  expect(cache.get('key 989')).toBeUndefined();
});

test.each(['constructor', '__proto__', ''])('takes %j for a key like any other', (key) => {
  const cache = new FactsCache<number>(1);
  expect(cache.get(key)).toBeUndefined();
  cache.set(key, 7);
  expect(cache.get(key)).toBe(7);
});

test.each([0, -1, 1.5, Number.NaN])('refuses a limit of %d', (limit) => {
  expect(() => new FactsCache(limit)).toThrow(RangeError);
});
