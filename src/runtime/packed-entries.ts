import { crc32 } from 'node:zlib';

/**
 * Named pieces of bytes in one file: `SPK1`, the length of the index, the CRC-32 of all else, the index as JSON, then
 * the pieces. Numbers are of 32 bits, little-endian.
 */
export type Entries = ReadonlyMap<string, Uint8Array>;

const MAGIC = 0x31_4b_50_53;
const HEAD = 12;
/** Pieces begin at multiples of this, so that they can be looked at as whole numbers. */
const ALIGNMENT = 4;

export function packEntries(entries: Entries): Buffer {
  const index = Buffer.from(JSON.stringify(Array.from(entries, ([key, bytes]) => [key, bytes.length])));
  const start = aligned(HEAD + index.length);
  let size = start;
  for (const bytes of entries.values()) size = aligned(size + bytes.length);
  const packed = Buffer.alloc(size);
  packed.writeUInt32LE(MAGIC, 0);
  packed.writeUInt32LE(index.length, 4);
  index.copy(packed, HEAD);
  let at = start;
  for (const bytes of entries.values()) {
    packed.set(bytes, at);
    at = aligned(at + bytes.length);
  }
  packed.writeUInt32LE(checksum(packed), 8);
  return packed;
}

/** Reads a file back, its pieces as views of it; null for anything that is not whole. */
export function unpackEntries(packed: Uint8Array): Map<string, Uint8Array> | null {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (buffer.length < HEAD || buffer.readUInt32LE(0) !== MAGIC) return null;
  if (buffer.readUInt32LE(8) !== checksum(buffer)) return null;
  const end = HEAD + buffer.readUInt32LE(4);
  const index = JSON.parse(buffer.toString('utf8', HEAD, end)) as [string, number][];
  const entries = new Map<string, Uint8Array>();
  let at = aligned(end);
  for (const [key, length] of index) {
    entries.set(key, buffer.subarray(at, at + length));
    at = aligned(at + length);
  }
  return entries;
}

function checksum(packed: Buffer): number {
  return crc32(packed.subarray(HEAD), crc32(packed.subarray(0, 8)));
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
