import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entries, packEntries, unpackEntries } from '../../src/runtime/packed-entries.ts';

const anyEntries = fc
  .array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 40 })), { maxLength: 12 })
  .map((pairs) => new Map(pairs));

const packed = (entries: Entries) => Buffer.concat([...packEntries(entries)]);

test('what was packed comes back, in order', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const unpacked = unpackEntries(packed(entries));
      expect(Array.from(unpacked ?? [], ([key, bytes]) => [key, [...bytes]])).toEqual(
        Array.from(entries, ([key, bytes]) => [key, [...bytes]]),
      );
    }),
  );
});

test('a piece without bytes comes back, and what stands before and after it', () => {
  const entries = [
    ['a', Buffer.from('some')],
    ['b', new Uint8Array(new Uint32Array().buffer)],
    ['c', Buffer.from('more')],
  ] as const;
  expect(Array.from(unpackEntries(packed(entries)) ?? [], ([, bytes]) => String(bytes))).toEqual(['some', '', 'more']);
});

test('a piece can be looked at as whole numbers of 32 bits', () => {
  const numbers = Uint32Array.of(7, 0xffff_ffff);
  const bytes = packed(
    new Map([
      ['a', Uint8Array.of(1)],
      ['b', new Uint8Array(numbers.buffer)],
    ]),
  );
  const piece = unpackEntries(bytes)?.get('b') as Uint8Array;
  expect(new Uint32Array(piece.buffer, piece.byteOffset, 2)).toEqual(numbers);
});

test('a byte that changed is noticed, wherever it lies', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, change) => {
      const bytes = packed(entries);
      const at = place % bytes.length;
      bytes[at] = (bytes[at] as number) ^ change;
      expect(unpackEntries(bytes)).toBeNull();
    }),
  );
});

test('an end that is missing is noticed', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), (entries, place) => {
      const bytes = packed(entries);
      expect(unpackEntries(bytes.subarray(0, place % bytes.length))).toBeNull();
    }),
  );
});

test('a piece is made only when those before it were taken', () => {
  let made = 0;
  const entries = (function* () {
    for (const key of ['a', 'b', 'c']) {
      made += 1;
      yield [key, Buffer.from(key)] as const;
    }
  })();
  for (const bytes of packEntries(entries)) if (Buffer.from(bytes).toString() === 'a') break;
  expect(made).toBe(1);
});

test('something else is no file of entries', () => {
  expect(unpackEntries(Buffer.from('{"outlines":[]} and some more'))).toBeNull();
});
