import { isPageFile } from '../docs/repo-path.ts';
import { type FileOutline, outlineOf } from '../docs/site/file-outline.ts';
import type { Blobs, BlobText, TextBlob, Tree } from '../docs/tree.ts';
import type { KnownBlob, PageCache } from './page-cache.ts';
import { ReadingOrder } from './reading-order.ts';

/** Reads texts while everything else waits; those that are no text are left out. */
export type ReadTexts = (ids: readonly string[]) => ReadonlyMap<string, string>;

/** Characters of texts that are kept; of what comes after them the outline is, and the text is read again if need be. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** Of a site that has far more anyway. */
export const FEW_CHARACTERS = 1024 * 1024;

/** Characters of texts that are read again together, as far as can be told from what was read so far. */
const READ_TOGETHER = 1024 * 1024;
const MOST_TOGETHER = 2_000;

/** The blobs of a run. Of those that the cache knows the text is read only when somebody asks for it. */
export class PageBlobs implements Blobs {
  readonly #cache: PageCache;
  readonly #readTexts: ReadTexts;
  readonly #most: number;
  readonly #blobs = new Map<string, BlobText>();
  /** Ids of those that were read in this run. */
  readonly #fresh = new Set<string>();
  /** The blobs whose texts are not held, as they were met. */
  readonly #released = new ReadingOrder();
  #expected = new ReadingOrder();
  #nowExpected: (() => Iterable<string>) | null = null;
  /** Texts that were read along with one, and the last that was asked for out of their order. */
  #window = NONE;
  #aside = NONE;
  /** What was read so far, held or not. */
  #characters = 0;
  #texts = 0;

  /** @param most characters of texts that are held */
  constructor(cache: PageCache, readTexts: ReadTexts, most = MOST_CHARACTERS) {
    this.#cache = cache;
    this.#readTexts = readTexts;
    this.#most = most;
  }

  has(id: string): boolean {
    return this.#blobs.has(id) || this.#cache.listings.holds(id) || this.#cache.outlines.has(id);
  }

  get(id: string): BlobText | undefined {
    const blob = this.#blobs.get(id);
    if (blob) return blob;
    const known = this.#cache.outlines.get(id) ?? this.#readListed(id);
    if (!known) return undefined;
    if ('outline' in known) this.#release(id, known.outline);
    else this.#blobs.set(id, known);
    return this.#blobs.get(id);
  }

  /** A page that is listed stands in git, whatever became of its outline. */
  #readListed(id: string): KnownBlob | undefined {
    const text = this.#cache.listings.holds(id) ? this.#readTexts([id]).get(id) : undefined;
    return text === undefined ? undefined : { outline: outlineOf({ text }) };
  }

  set(id: string, blob: BlobText): void {
    this.#fresh.add(id);
    if ('text' in blob) this.#note(blob.text);
    if (!('text' in blob) || this.#characters <= this.#most) this.#blobs.set(id, blob);
    else this.#release(id, outlineOf(blob));
  }

  expect(ids: () => Iterable<string>): void {
    this.#nowExpected = ids;
  }

  /** Looked up when a text is read, which on a site that is known may never be. */
  #takeExpected(ids: () => Iterable<string>): void {
    this.#nowExpected = null;
    this.#expected = new ReadingOrder();
    this.#window = NONE;
    for (const id of ids()) if (this.get(id) instanceof ReleasedBlob) this.#expected.add(id);
  }

  #release(id: string, outline: FileOutline): void {
    this.#released.add(id);
    this.#blobs.set(id, new ReleasedBlob(id, outline, this.#textOf));
  }

  /** Hands the pages of a commit that were read in this run to the cache. */
  remember(tree: Tree): void {
    if (this.#fresh.size === 0) return;
    for (const [path, { blob: id }] of tree) {
      const isNew = this.#fresh.has(id) && isPageFile(path) && !this.#cache.outlines.has(id);
      const blob = isNew ? this.#blobs.get(id) : undefined;
      if (blob) this.#cache.outlines.set(id, 'text' in blob ? { outline: outlineOf(blob) } : blob);
    }
  }

  readonly #textOf = (id: string): string => {
    if (this.#nowExpected) this.#takeExpected(this.#nowExpected);
    const held = this.#window.get(id) ?? this.#aside.get(id);
    if (held !== undefined) return held;
    const order = this.#expected.has(id) ? this.#expected : this.#released;
    const ids = order.from(id, this.#mostTogether());
    const isAside = ids.length === 1;
    // What is no longer needed can go before the next texts are read.
    if (!isAside) this.#window = NONE;
    const texts = this.#readTexts(ids);
    for (const text of texts.values()) this.#note(text);
    if (isAside) this.#aside = texts;
    else this.#window = texts;
    return texts.get(id) ?? '';
  };

  #note(text: string): void {
    this.#characters += text.length;
    this.#texts += 1;
  }

  #mostTogether(): number {
    return Math.min(MOST_TOGETHER, Math.floor((READ_TOGETHER * this.#texts) / this.#characters) || 1);
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

/** A blob whose text is read whenever it is asked for. */
class ReleasedBlob implements TextBlob {
  readonly outline: FileOutline;
  readonly #id: string;
  readonly #textOf: (id: string) => string;

  constructor(id: string, outline: FileOutline, textOf: (id: string) => string) {
    this.outline = outline;
    this.#id = id;
    this.#textOf = textOf;
  }

  get text(): string {
    return this.#textOf(this.#id);
  }
}
