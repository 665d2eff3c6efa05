import { type FileOutline, outlineOf } from '../docs/file-outline.ts';
import { isPageFile } from '../docs/repo-path.ts';
import type { BlobText, Tree } from '../docs/tree.ts';
import type { PageCache } from './page-cache.ts';

/** Reads texts while everything else waits; those that are no text are left out. */
export type ReadTexts = (ids: readonly string[]) => ReadonlyMap<string, string>;

/** Characters of texts that are kept; of what comes after them the outline is, and the text is read again if need be. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** Texts that are read again together, for one is mostly followed by the next. */
const WINDOW = 400;

/** The blobs of a run. Of those that the cache knows the text is read only when somebody asks for it. */
export class PageBlobs {
  readonly #cache: PageCache;
  readonly #readTexts: ReadTexts;
  readonly #most: number;
  readonly #blobs = new Map<string, BlobText>();
  /** Ids of those that were read in this run. */
  readonly #fresh = new Set<string>();
  /** Ids whose texts are not held, in the order in which they were met, and their places in it. */
  readonly #released: string[] = [];
  readonly #places = new Map<string, number>();
  #window: ReadonlyMap<string, string> = new Map();
  /** The place of the last text in the window: whoever asks for the next one goes through all of them. */
  #last = -1;
  #characters = 0;

  /** @param most characters of texts that are held */
  constructor(cache: PageCache, readTexts: ReadTexts, most = MOST_CHARACTERS) {
    this.#cache = cache;
    this.#readTexts = readTexts;
    this.#most = most;
  }

  has(id: string): boolean {
    return this.#blobs.has(id) || this.#cache.outlines.has(id);
  }

  get(id: string): BlobText | undefined {
    const blob = this.#blobs.get(id);
    if (blob) return blob;
    const known = this.#cache.outlines.get(id);
    if (!known) return undefined;
    if ('outline' in known) this.#release(id, known.outline);
    else this.#blobs.set(id, known);
    return this.#blobs.get(id);
  }

  set(id: string, blob: BlobText): void {
    this.#fresh.add(id);
    if ('text' in blob) this.#characters += blob.text.length;
    if (this.#characters <= this.#most || !('text' in blob)) {
      this.#blobs.set(id, blob);
      return;
    }
    this.#release(id, outlineOf(blob));
  }

  #release(id: string, outline: FileOutline): void {
    this.#places.set(id, this.#released.length);
    this.#released.push(id);
    this.#blobs.set(id, this.#lazily(id, outline));
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

  #lazily(id: string, outline: FileOutline): BlobText {
    const read = () => this.#textOf(id);
    return {
      outline,
      get text() {
        return read();
      },
    };
  }

  #textOf(id: string): string {
    const held = this.#window.get(id);
    if (held !== undefined) return held;
    const at = this.#places.get(id) as number;
    const isNext = at === this.#last + 1;
    this.#last = isNext ? at + WINDOW - 1 : at;
    this.#window = this.#readTexts(isNext ? this.#released.slice(at, at + WINDOW) : [id]);
    return this.#window.get(id) ?? '';
  }
}
