import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FileWords, WORDS_VERSION } from '../coverage/file-words.ts';
import type { WordsCache } from '../coverage/page-search.ts';
import type { FileOutline } from '../docs/file-outline.ts';
import { FACTS_VERSION, type PageFacts } from '../docs/page-facts.ts';
import type { FactsCache } from '../docs/site.ts';
import type { Unreadable } from '../docs/tree.ts';
import { CacheFolder, trimFolder } from '../runtime/cache-folder.ts';
import { packEntries, unpackEntries } from '../runtime/packed-entries.ts';
import { VERSION } from './version.ts';

/** What is known of a blob that was read once: enough to judge a site without its text. */
export type KnownBlob = { outline: FileOutline } | { unreadable: Unreadable };

/** Bytes that all repositories together may take on disk, and one of them for each kind of thing. */
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_BYTES_OF_ONE = 96 * 1024 * 1024;

/** What one repository's pages were found to say, by blob id, kept on disk from one run to the next. */
export class PageCache {
  readonly #root: string | null;
  readonly #folder: CacheFolder | null;
  readonly outlines: Section<KnownBlob>;
  readonly #facts: Section<PageFacts>;
  readonly #words = new Map<string, Section<FileWords>>();

  /**
   * @param root where all repositories' folders lie; null for a cache that lasts no longer than the run
   * @param repository what tells one repository from another
   */
  constructor(root: string | null, repository: string) {
    this.#root = root;
    const versions = [VERSION, FACTS_VERSION, WORDS_VERSION].join('-');
    this.#folder = root === null ? null : new CacheFolder(join(root, versions, digest(repository).slice(0, 16)));
    this.outlines = new Section(this.#folder, 'outlines', jsonForm());
    this.#facts = new Section(this.#folder, 'facts', jsonForm());
  }

  get facts(): FactsCache {
    return this.#facts;
  }

  get words(): WordsCache {
    return {
      under: (signature) => {
        const name = `words-${digest(signature).slice(0, 16)}`;
        const words = this.#words.get(name) ?? new Section<FileWords>(this.#folder, name, NUMBERS);
        this.#words.set(name, words);
        return words;
      },
    };
  }

  /** Writes what this run found out. */
  save(now: number): void {
    if (this.#root === null) return;
    const sections = [this.outlines, this.#facts, ...this.#words.values()];
    const written = sections.filter((section) => section.save());
    if (written.length > 0) trimFolder(this.#root, MOST_BYTES, now);
  }
}

interface Form<Value> {
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

function jsonForm<Value>(): Form<Value> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as Value,
  };
}

const NUMBERS: Form<FileWords> = {
  encode: (words) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
  decode: (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Uint32Array.BYTES_PER_ELEMENT),
};

/** One kind of thing, in one file that is read when something of it is first asked for. */
class Section<Value> {
  readonly #folder: CacheFolder | null;
  readonly #name: string;
  readonly #form: Form<Value>;
  readonly #values = new Map<string, Value>();
  readonly #fresh = new Set<string>();
  #stored: Map<string, Uint8Array> | null = null;

  constructor(folder: CacheFolder | null, name: string, form: Form<Value>) {
    this.#folder = folder;
    this.#name = name;
    this.#form = form;
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
    const entries = new Map<string, Uint8Array>();
    let size = 0;
    const add = (key: string, bytes: Uint8Array) => {
      size += bytes.length + key.length;
      if (size <= MOST_BYTES_OF_ONE) entries.set(key, bytes);
    };
    const stored = this.#load();
    for (const [key, value] of this.#values) add(key, stored.get(key) ?? this.#form.encode(value));
    for (const [key, bytes] of stored) if (!entries.has(key)) add(key, bytes);
    return this.#folder.write(this.#name, packEntries(entries));
  }

  #load(): Map<string, Uint8Array> {
    if (!this.#stored) {
      const bytes = this.#folder?.read(this.#name);
      this.#stored = (bytes && unpackEntries(bytes)) ?? new Map();
    }
    return this.#stored;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
