import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownText } from '../../src/docs/own-text.ts';

test('is the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(ownText(text)).toBe(text);
    }),
  );
});

test('holds nothing of what it was cut out of', () => {
  const pages = 40;
  const longText = (page: number) => String.fromCharCode(97 + (page % 26)).repeat(1_000_000 + page);
  const cut = (keep: (text: string) => string) => {
    const before = heapInUse();
    const kept = Array.from({ length: pages }, (_, page) =>
      keep(Buffer.from(longText(page)).toString('latin1').slice(5, 50)),
    );
    return { grown: heapInUse() - before, kept };
  };
  const views = cut((text) => text);
  const own = cut(ownText);
  expect(own.kept).toEqual(views.kept);
  expect(own.grown).toBeLessThan(pages * 500_000);
  expect(views.grown).toBeGreaterThan(pages * 900_000);
});

/** Bytes, once everything that nobody holds is gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
