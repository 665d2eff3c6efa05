import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Entries, PackedFile, packEntries } from '../../src/cache/packed-file.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const folder = tempFolder();
const anyEntries = fc
  .array(fc.tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 40 })), { maxLength: 12 })
  .map((pairs) => new Map(pairs.map(([key, bytes]) => [key.toWellFormed(), bytes])));

const packed = (entries: Entries) => Buffer.concat([...packEntries(entries)]);

function opened<T>(bytes: Uint8Array, use: (file: PackedFile) => T): T | null {
  const path = join(folder, 'packed');
  writeFileSync(path, bytes);
  const file = PackedFile.open(path);
  if (!file) return null;
  const result = use(file);
  file.close();
  return result;
}

const inOrder = (entries: Iterable<readonly [string, Uint8Array]>) =>
  Array.from(entries, ([key, bytes]) => [key, [...bytes]] as const).sort(([a], [b]) => (a < b ? -1 : 1));

test('what was packed comes back, piece by piece and as a whole', () => {
  fc.assert(
    fc.property(anyEntries, fc.string(), (entries, other) => {
      opened(packed(entries), (file) => {
        expect(file.count).toBe(entries.size);
        for (const [key, bytes] of entries) expect(Buffer.from(file.get(key) ?? [])).toEqual(Buffer.from(bytes));
        if (!entries.has(other)) expect(file.get(other)).toBeUndefined();
        expect(inOrder(file.entries())).toEqual(inOrder(entries));
        for (const [key, bytes] of entries) expect(Buffer.from(file.get(key) ?? [])).toEqual(Buffer.from(bytes));
      });
    }),
  );
});

test('many pieces come back, each by its key', () => {
  const entries = Array.from({ length: 3_000 }, (_, i) => [`places mdx:${i}`, Buffer.from(`piece ${i}`)] as const);
  opened(packed(entries), (file) => {
    for (const [key, bytes] of entries) expect(String(file.get(key))).toBe(String(bytes));
    expect(file.get('places mdx:3000')).toBeUndefined();
  });
});

test('a piece without bytes comes back, and what stands before and after it', () => {
  const entries = [
    ['a', Buffer.from('some')],
    ['b', new Uint8Array(new Uint32Array().buffer)],
    ['c', Buffer.from('more')],
  ] as const;
  expect(opened(packed(entries), (file) => ['a', 'b', 'c'].map((key) => String(file.get(key))))).toEqual([
    'some',
    '',
    'more',
  ]);
});

test('a piece can be looked at as whole numbers of 32 bits, however it is read', () => {
  const numbers = Uint32Array.of(7, 0xffff_ffff);
  const bytes = packed([
    ['a', Uint8Array.of(1)],
    ['odd', new Uint8Array(numbers.buffer)],
  ]);
  const look = (piece: Uint8Array) => new Uint32Array(piece.buffer, piece.byteOffset, 2);
  opened(bytes, (file) => {
    expect(look(file.get('odd') as Uint8Array)).toEqual(numbers);
    const whole = new Map(file.entries());
    expect(look(whole.get('odd') as Uint8Array)).toEqual(numbers);
  });
});

test('what a changed byte lies in counts as not being there, and all else comes back', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, change) => {
      const bytes = packed(entries);
      const at = place % bytes.length;
      bytes[at] = (bytes[at] as number) ^ change;
      opened(bytes, (file) => {
        const found = Array.from(entries, ([key, piece]) => [file.get(key), piece] as const);
        for (const [got, piece] of found) if (got) expect(Buffer.from(got)).toEqual(Buffer.from(piece));
        expect(found.filter(([got]) => !got).length).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test('an end that is missing is noticed', () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), (entries, place) => {
      const bytes = packed(entries);
      expect(opened(bytes.subarray(0, place % bytes.length), () => 'opened')).toBeNull();
    }),
  );
});

test('a piece is made only when those before it were taken', () => {
  let made = 0;
  const entries = (function* () {
    for (const key of ['a', 'b', 'c']) {
      made += 1;
      yield [key, Buffer.from(`bytes of ${key}`)] as const;
    }
  })();
  for (const bytes of packEntries(entries)) if (Buffer.from(bytes).includes('bytes of a')) break;
  expect(made).toBe(1);
});

test('a file that is closed gives nothing more, and can be closed twice', () => {
  const path = join(folder, 'closed');
  writeFileSync(path, packed([['a', Buffer.from('some')]]));
  const file = PackedFile.open(path);
  file?.close();
  file?.close();
  expect(file?.get('a')).toBeUndefined();
});

test('something else is no file of entries', () => {
  expect(opened(Buffer.from('{"outlines":[]} and some more'), () => 'opened')).toBeNull();
  expect(opened(Buffer.alloc(0), () => 'opened')).toBeNull();
});
