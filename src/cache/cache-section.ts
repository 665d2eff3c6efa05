import type { CacheFolder } from './cache-folder.ts';
import type { PackedFile } from './packed-file.ts';

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

export const BYTES: Form<Uint8Array> = { encode: (bytes) => bytes, decode: (bytes) => bytes };

/** What is new stands in a file of its own until it is this share of what was there before. */
const RECENT_SHARE = 1 / 8;
const RECENT = '-recent';

interface Stored {
  recent: PackedFile | null;
  large: PackedFile | null;
}

/** One kind of thing: in a large file, and in a small one of what came after it, so that keeping a little costs little. */
export class Section<Value> {
  readonly #folder: CacheFolder | null;
  readonly #name: string;
  readonly #form: Form<Value>;
  readonly #most: number;
  readonly #values = new Map<string, Value>();
  readonly #fresh = new Set<string>();
  #stored: Stored | null = null;

  /** @param most values that are kept on disk */
  constructor(folder: CacheFolder | null, name: string, form: Form<Value>, most = Number.POSITIVE_INFINITY) {
    this.#folder = folder;
    this.#name = name;
    this.#form = form;
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#values.has(key) || this.#bytesOf(key) !== undefined;
  }

  get(key: string): Value | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const bytes = this.#bytesOf(key);
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
    const little = this.#little();
    const name = this.#name + (little ? RECENT : '');
    const wrote = this.#folder.write(name, little ?? this.#kept(), () => this.#close());
    if (wrote && !little) this.#folder.remove(this.#name + RECENT);
    this.#fresh.clear();
    return wrote;
  }

  /** All that is newer than the large file, if that is little. */
  #little(): ReadonlyMap<string, Uint8Array> | null {
    const { large } = this.#open();
    if (!large) return null;
    const entries = new Map<string, Uint8Array>();
    let size = 0;
    for (const [key, bytes] of this.#newer()) {
      size += bytes.length;
      entries.set(key, bytes);
      if (size > large.size * RECENT_SHARE || large.count + entries.size > this.#most) return null;
    }
    return entries;
  }

  /** Each is encoded when it is asked for. */
  *#newer(): Generator<[key: string, bytes: Uint8Array]> {
    for (const key of this.#fresh) yield [key, this.#form.encode(this.#values.get(key) as Value)];
    for (const entry of this.#open().recent?.entries() ?? []) if (!this.#fresh.has(entry[0])) yield entry;
  }

  /** What fits. */
  *#kept(): Generator<[key: string, bytes: Uint8Array]> {
    let [count, size] = [0, 0];
    for (const [key, bytes] of this.#all()) {
      size += bytes.length + key.length;
      if (count === this.#most || size > MOST_BYTES) return;
      count += 1;
      yield [key, bytes];
    }
  }

  /** What is new, what was used in this run, and the rest. */
  *#all(): Generator<[key: string, bytes: Uint8Array]> {
    const newer = new Set<string>();
    for (const entry of this.#newer()) {
      newer.add(entry[0]);
      yield entry;
    }
    const { large } = this.#open();
    for (const key of this.#values.keys()) {
      const bytes = newer.has(key) ? undefined : large?.get(key);
      if (bytes) yield [key, bytes];
    }
    for (const entry of large?.entries() ?? []) if (!newer.has(entry[0]) && !this.#values.has(entry[0])) yield entry;
  }

  #bytesOf(key: string): Uint8Array | undefined {
    const { recent, large } = this.#open();
    return recent?.get(key) ?? large?.get(key);
  }

  #open(): Stored {
    const open = (ending: string) => this.#folder?.open(this.#name + ending) ?? null;
    this.#stored ??= { recent: open(RECENT), large: open('') };
    return this.#stored;
  }

  #close(): void {
    this.#stored?.recent?.close();
    this.#stored?.large?.close();
    this.#stored = null;
  }
}
