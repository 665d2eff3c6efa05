import type { CacheFolder } from '../runtime/cache-folder.ts';
import { BYTES, Section } from './cache-section.ts';

/** Bytes that are asked of the system at once: one file's words are a few hundred, and an array for each costs as much. */
const SLAB = 128 * 1024;
/** What a number of 32 bits takes at the most, seven bits to a byte. */
const LONGEST = 5;

/**
 * Words of files, in memory as on disk: most numbers are small, and are held as LEB128 (DWARF 5, section 7.6), so that
 * those of a large site take half the room.
 */
export class KeptWords {
  readonly #section: Section<Uint8Array>;
  #slab = new Uint8Array();
  #used = 0;

  constructor(folder: CacheFolder | null, name: string) {
    this.#section = new Section(folder, name, BYTES);
  }

  get(key: string): Uint32Array | undefined {
    const bytes = this.#section.get(key);
    return bytes && decodeNumbers(bytes);
  }

  set(key: string, numbers: Uint32Array): void {
    const most = LONGEST * numbers.length;
    if (this.#used + most > this.#slab.length) {
      this.#slab = new Uint8Array(Math.max(SLAB, most));
      this.#used = 0;
    }
    const end = encodeNumbers(numbers, this.#slab, this.#used);
    this.#section.set(key, this.#slab.subarray(this.#used, end));
    this.#used = end;
  }

  /** @returns whether it wrote */
  save(): boolean {
    return this.#section.save();
  }
}

/** @returns where the bytes end */
function encodeNumbers(numbers: Uint32Array, into: Uint8Array, start: number): number {
  let at = start;
  for (const number of numbers) {
    let rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      into[at] = (rest & 0x7f) | 0x80;
      at += 1;
    }
    into[at] = rest;
    at += 1;
  }
  return at;
}

function decodeNumbers(bytes: Uint8Array): Uint32Array {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] as number) < 0x80) count += 1;
  const numbers = new Uint32Array(count);
  let number = 0;
  let shift = 0;
  for (let at = 0, to = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    number |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte > 0x7f) continue;
    numbers[to] = number;
    to += 1;
    number = 0;
    shift = 0;
  }
  return numbers;
}
