import type { CacheFolder } from '../runtime/cache-folder.ts';
import { packEntries, unpackEntries } from '../runtime/packed-entries.ts';

/** Bytes that one kind of thing of one repository may take on disk. */
const MOST_BYTES = 96 * 1024 * 1024;

/** How a value stands on disk. */
export interface Form<Value> {
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

export function jsonForm<Value>(): Form<Value> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as Value,
  };
}

export const NUMBERS: Form<Uint32Array> = {
  encode: (words) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
  decode: (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Uint32Array.BYTES_PER_ELEMENT),
};

/** One kind of thing, in one file that is read when something of it is first asked for. */
export class Section<Value> {
  readonly #folder: CacheFolder | null;
  readonly #name: string;
  readonly #form: Form<Value>;
  readonly #most: number;
  readonly #values = new Map<string, Value>();
  readonly #fresh = new Set<string>();
  #stored: Map<string, Uint8Array> | null = null;

  /** @param most values that are kept on disk */
  constructor(folder: CacheFolder | null, name: string, form: Form<Value>, most = Number.POSITIVE_INFINITY) {
    this.#folder = folder;
    this.#name = name;
    this.#form = form;
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#values.has(key) || this.#load().has(key);
  }

  get(key: string): Value | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const bytes = this.#load().get(key);
    if (!bytes) return undefined;
    const value = this.#form.decode(bytes);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#fresh.add(key);
  }

  /** Puts what is new before what was there, and lets go of the rest where it grows too large. @returns whether it wrote */
  save(): boolean {
    if (this.#fresh.size === 0 || this.#folder === null) return false;
    return this.#folder.write(this.#name, packEntries(this.#kept()));
  }

  /** What fits, each encoded when it is asked for. */
  *#kept(): Generator<[key: string, bytes: Uint8Array]> {
    let [count, size] = [0, 0];
    for (const [key, bytes] of this.#all()) {
      size += bytes.length + key.length;
      if (count === this.#most || size > MOST_BYTES) return;
      count += 1;
      yield [key, bytes];
    }
  }

  *#all(): Generator<[key: string, bytes: Uint8Array]> {
    const stored = this.#load();
    for (const [key, value] of this.#values) yield [key, stored.get(key) ?? this.#form.encode(value)];
    for (const entry of stored) if (!this.#values.has(entry[0])) yield entry;
  }

  #load(): Map<string, Uint8Array> {
    if (!this.#stored) {
      const bytes = this.#folder?.read(this.#name);
      this.#stored = (bytes && unpackEntries(bytes)) ?? new Map();
    }
    return this.#stored;
  }
}
