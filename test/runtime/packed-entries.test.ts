import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packEntries, unpackEntries } from '../../src/runtime/packed-entries.ts';

const anyEntries = fc
  .array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 40 })), { maxLength: 12 })
  .map((pairs) => new Map(pairs));

test('what was packed comes back, in order', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const unpacked = unpackEntries(packEntries(entries));
      expect(Array.from(unpacked ?? [], ([key, bytes]) => [key, [...bytes]])).toEqual(
        Array.from(entries, ([key, bytes]) => [key, [...bytes]]),
      );
    }),
  );
});

test('a piece can be looked at as whole numbers of 32 bits', () => {
  const numbers = Uint32Array.of(7, 0xffff_ffff);
  const packed = packEntries(
    new Map([
      ['a', Uint8Array.of(1)],
      ['b', new Uint8Array(numbers.buffer)],
    ]),
  );
  const bytes = unpackEntries(packed)?.get('b') as Uint8Array;
  expect(new Uint32Array(bytes.buffer, bytes.byteOffset, 2)).toEqual(numbers);
});

test('a byte that changed is noticed, wherever it lies', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, change) => {
      const packed = packEntries(entries);
      const at = place % packed.length;
      packed[at] = (packed[at] as number) ^ change;
      expect(unpackEntries(packed)).toBeNull();
    }),
  );
});

test('an end that is missing is noticed', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), (entries, place) => {
      const packed = packEntries(entries);
      expect(unpackEntries(packed.subarray(0, place % packed.length))).toBeNull();
    }),
  );
});

test('something else is no file of entries', () => {
  expect(unpackEntries(Buffer.from('{"outlines":[]} and some more'))).toBeNull();
});
