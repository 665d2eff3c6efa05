import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * Named pieces of bytes in one file, of which each can be read by itself: `SPK3`; each piece's key and bytes; the index;
 * how many pieces there are, and the CRC-32 of the index and that number. A row of the index has the CRC-32 of the key,
 * the place of the piece, the lengths of key and bytes, and the CRC-32 from the key to the last of the bytes; rows stand
 * in the order of the first. What is known last stands last, so that a file is written piece by piece and never held as a
 * whole. Numbers are of 32 bits, in the machine's order.
 */
export type Entries = Iterable<readonly [key: string, bytes: Uint8Array]>;

const MAGIC = Buffer.from('SPK3');
const CELLS = 5;
const ROW = 4 * CELLS;
const TAIL = 8;
/** Keys and pieces begin at multiples of this, so that pieces can be looked at as whole numbers. */
const ALIGNMENT = 4;

/** The bytes of a file, in order; each piece is asked for when those before it were taken. @param entries with distinct keys */
export function* packEntries(entries: Entries): Generator<Uint8Array> {
  const rows = new Rows();
  let at = MAGIC.length;
  yield MAGIC;
  for (const [key, bytes] of entries) {
    const keyLength = Buffer.byteLength(key);
    const start = aligned(keyLength);
    const end = start + bytes.length;
    const piece = Buffer.allocUnsafe(aligned(end));
    piece.write(key);
    piece.fill(0, keyLength, start);
    piece.set(bytes, start);
    piece.fill(0, end);
    rows.add([crc32(key), at, keyLength, bytes.length, crc32(piece.subarray(0, end))]);
    yield piece;
    at += piece.length;
  }
  const index = Buffer.from(rows.sorted().buffer);
  const count = Buffer.from(Uint32Array.of(rows.count).buffer);
  yield* [index, count, Buffer.from(Uint32Array.of(checksumOf(index, count)).buffer)];
}

/** Rows of an index, held as they will be written: there may be some hundred thousand. */
class Rows {
  count = 0;
  #cells = new Uint32Array(64 * CELLS);

  add(row: [key: number, at: number, keyLength: number, length: number, checksum: number]): void {
    if ((this.count + 1) * CELLS > this.#cells.length) {
      const larger = new Uint32Array(2 * this.#cells.length);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells.set(row, this.count * CELLS);
    this.count += 1;
  }

  sorted(): Uint32Array<ArrayBuffer> {
    const cell = (row: number, column: number) => this.#cells[row * CELLS + column] as number;
    const order = Uint32Array.from({ length: this.count }, (_, row) => row);
    order.sort((a, b) => cell(a, 0) - cell(b, 0));
    const sorted = new Uint32Array(this.count * CELLS);
    for (const [to, row] of order.entries())
      sorted.set(this.#cells.subarray(row * CELLS, (row + 1) * CELLS), to * CELLS);
    return sorted;
  }
}

/** Reading one piece takes about as long as reading so many bytes along with others. */
const BYTES_OF_A_READ = 64 * 1024;

/** Files that nobody holds any more are closed. */
const forgotten = new FinalizationRegistry<number>(closeSync);

/** A file that `packEntries` made. What is damaged in it counts as not being there. */
export class PackedFile {
  /** Of the whole file, in bytes. */
  readonly size: number;
  readonly #file: number;
  readonly #index: Uint32Array;
  #reads = 0;
  #whole: Buffer | null = null;
  #isOpen = true;

  private constructor(file: number, size: number, index: Uint32Array) {
    this.#file = file;
    this.size = size;
    this.#index = index;
    forgotten.register(this, file, this);
  }

  /** Null for anything but a file with a sound index. @throws where it cannot be read */
  static open(path: string): PackedFile | null {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const index = readIndex(file, size);
      if (index) return new PackedFile(file, size, index);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    closeSync(file);
    return null;
  }

  get count(): number {
    return this.#index.length / CELLS;
  }

  /** The bytes of a piece; they are valid for as long as somebody holds them. */
  get(key: string): Uint8Array | undefined {
    const hash = crc32(key);
    for (let row = this.#firstRow(hash); row < this.count && this.#cell(row, 0) === hash; row += 1) {
      const piece = this.#read(row);
      if (piece?.key === key) return piece.bytes;
    }
    return undefined;
  }

  /** All that is sound, in no order that means something. */
  *entries(): Generator<[key: string, bytes: Uint8Array]> {
    this.#whole ??= this.#readAll();
    for (let row = 0; row < this.count; row += 1) {
      const piece = this.#read(row);
      if (piece) yield [piece.key, piece.bytes];
    }
  }

  /** What was not read before counts as not being there from now on. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    forgotten.unregister(this);
    closeSync(this.#file);
  }

  #firstRow(hash: number): number {
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#cell(middle, 0) < hash) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #cell(row: number, column: number): number {
    return this.#index[row * CELLS + column] as number;
  }

  #read(row: number): { key: string; bytes: Uint8Array } | null {
    const [at, keyLength, length] = [this.#cell(row, 1), this.#cell(row, 2), this.#cell(row, 3)];
    const from = aligned(keyLength);
    const piece = this.#bytesAt(at, from + length);
    if (!piece) return null;
    if (crc32(piece) !== this.#cell(row, 4)) return null;
    return { key: piece.toString('utf8', 0, keyLength), bytes: piece.subarray(from) };
  }

  #bytesAt(at: number, length: number): Buffer | null {
    this.#reads += 1;
    if (this.#reads * BYTES_OF_A_READ > this.size) this.#whole ??= this.#readAll();
    if (this.#whole) return at + length <= this.#whole.length ? this.#whole.subarray(at, at + length) : null;
    return this.#isOpen && at + length <= this.size ? readAt(this.#file, at, length) : null;
  }

  #readAll(): Buffer {
    return (this.#isOpen && readAt(this.#file, 0, this.size)) || Buffer.alloc(0);
  }
}

function readIndex(file: number, size: number): Uint32Array | null {
  if (size < MAGIC.length + TAIL || !readAt(file, 0, MAGIC.length)?.equals(MAGIC)) return null;
  const tail = readAt(file, size - TAIL, TAIL) as Buffer;
  const [count = 0, checksum] = new Uint32Array(tail.buffer);
  const start = size - TAIL - count * ROW;
  const index = start >= MAGIC.length ? readAt(file, start, count * ROW) : null;
  if (!index || checksumOf(index, tail.subarray(0, 4)) !== checksum) return null;
  return new Uint32Array(index.buffer);
}

/** Null where the file is shorter. */
function readAt(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, bytes, done, length - done, at + done);
    if (count === 0) return null;
    done += count;
  }
  return bytes;
}

function checksumOf(index: Uint8Array, count: Uint8Array): number {
  return crc32(count, crc32(index));
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
