import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineFinder } from '../../src/registry/file-reading.ts';

test('finds line and column of every offset, in any order', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ''), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (source, offsets) => {
      const find = lineFinder(source);
      for (const offset of offsets.map((any) => Math.min(any, source.length))) {
        const before = source.slice(0, offset).split('\n');
        expect(find(offset)).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
      }
    }),
  );
});
