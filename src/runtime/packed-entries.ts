import { crc32 } from 'node:zlib';

/**
 * Named pieces of bytes in one file: `SPK2`, the pieces, the index as JSON, the length of the index, and the CRC-32 of all
 * before it. What is known last stands last, so that a file is written piece by piece and never held as a whole. Numbers
 * are of 32 bits, little-endian.
 */
export type Entries = Iterable<readonly [key: string, bytes: Uint8Array]>;

const MAGIC = 'SPK2';
const TAIL = 8;
/** Pieces begin at multiples of this, so that they can be looked at as whole numbers. */
const ALIGNMENT = 4;
const PADDING = Buffer.alloc(ALIGNMENT);

/** The bytes of a file, in order; each piece is asked for when those before it were taken. */
export function* packEntries(entries: Entries): Generator<Uint8Array> {
  let checksum = 0;
  for (const bytes of piecesOf(entries)) {
    // Without bytes zlib does not go on, but begins anew.
    if (bytes.length > 0) checksum = crc32(bytes, checksum);
    yield bytes;
  }
  yield numberOf(checksum);
}

function* piecesOf(entries: Entries): Generator<Uint8Array> {
  const lengths: [key: string, length: number][] = [];
  yield Buffer.from(MAGIC);
  for (const [key, bytes] of entries) {
    lengths.push([key, bytes.length]);
    yield bytes;
    yield PADDING.subarray(0, aligned(bytes.length) - bytes.length);
  }
  const index = Buffer.from(JSON.stringify(lengths));
  yield index;
  yield numberOf(index.length);
}

/** Reads a file back, its pieces as views of it; null for anything that is not whole. */
export function unpackEntries(packed: Uint8Array): Map<string, Uint8Array> | null {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const end = buffer.length - TAIL;
  if (end < MAGIC.length || buffer.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  if (buffer.readUInt32LE(end + 4) !== crc32(buffer.subarray(0, end + 4))) return null;
  const index = buffer.toString('utf8', end - buffer.readUInt32LE(end), end);
  const entries = new Map<string, Uint8Array>();
  let at = MAGIC.length;
  for (const [key, length] of JSON.parse(index) as [string, number][]) {
    entries.set(key, buffer.subarray(at, at + length));
    at += aligned(length);
  }
  return entries;
}

function numberOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
