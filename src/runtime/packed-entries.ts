/** Named pieces of bytes in one file: `SPK1`, the length of the index, the index as JSON, then the pieces. */
export type Entries = ReadonlyMap<string, Uint8Array>;

const MAGIC = 0x31_4b_50_53;
const HEAD = 8;
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
  return packed;
}

/** Reads a file back, its pieces as views of it; null for anything that is not whole. */
export function unpackEntries(packed: Uint8Array): Map<string, Uint8Array> | null {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (buffer.length < HEAD || buffer.readUInt32LE(0) !== MAGIC) return null;
  const end = HEAD + buffer.readUInt32LE(4);
  const index = end > buffer.length ? null : parsed(buffer.toString('utf8', HEAD, end));
  if (index === null) return null;
  const entries = new Map<string, Uint8Array>();
  let at = aligned(end);
  for (const [key, length] of index) {
    entries.set(key, buffer.subarray(at, at + length));
    at = aligned(at + length);
  }
  return at === Math.max(buffer.length, aligned(end)) ? entries : null;
}

function parsed(json: string): [string, number][] | null {
  try {
    const index: unknown = JSON.parse(json);
    const isIndex = Array.isArray(index) && index.every((entry) => Array.isArray(entry) && entry[1] >= 0);
    return isIndex ? (index as [string, number][]) : null;
  } catch {
    return null;
  }
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
