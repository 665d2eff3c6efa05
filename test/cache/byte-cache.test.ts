import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteCache } from '../../src/cache/byte-cache.ts';

const cacheOf = (limit: number) => new ByteCache<string>(limit, (text) => text.length);

test('remembers what was set', () => {
  const cache = cacheOf(10);
  cache.set('a', 'first');
  expect([cache.get('a'), cache.get('b'), cache.bytes, cache.size]).toEqual(['first', undefined, 5, 1]);
});

test('lets go of what was used longest ago, as much as it takes', () => {
  const cache = cacheOf(9);
  for (const key of ['a', 'b', 'c']) cache.set(key, 'xxx');
  cache.get('a');
  cache.set('d', 'xxxxx');
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, false, true]);
  expect(cache.bytes).toBe(8);
});

test('keeps nothing that is larger than itself, nor what stood there before', () => {
  const cache = cacheOf(3);
  cache.set('a', 'x');
  cache.set('a', 'xxxx');
  expect([cache.get('a'), cache.bytes, cache.size]).toEqual([undefined, 0, 0]);
});

test('refuses a limit of nothing', () => {
  expect(() => cacheOf(0)).toThrow(RangeError);
  expect(() => cacheOf(Number.NaN)).toThrow(RangeError);
});

test('counts its bytes right and stays below its limit, whatever comes', () => {
  const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', '__proto__'), size: fc.nat(12), get: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 20 }), (steps, limit) => {
      const cache = cacheOf(limit);
      for (const { key, size, get } of steps) {
        if (get) cache.get(key);
        else cache.set(key, 'x'.repeat(size));
        expect(cache.bytes).toBeLessThanOrEqual(limit);
      }
      const kept = ['a', 'b', 'c', '__proto__'].map((key) => cache.get(key)?.length ?? 0);
      expect(cache.bytes).toBe(kept.reduce((sum, size) => sum + size, 0));
    }),
  );
});
