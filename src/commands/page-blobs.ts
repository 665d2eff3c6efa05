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
  readonly #blobs = new Map<string, BlobText>();
  /** Ids whose texts were let go, in the order in which they were read, and their places in it. */
  readonly #released: string[] = [];
  readonly #places = new Map<string, number>();
  #window: ReadonlyMap<string, string> = new Map();
  #characters = 0;

  constructor(cache: PageCache, readTexts: ReadTexts) {
    this.#cache = cache;
    this.#readTexts = readTexts;
  }

  has(id: string): boolean {
    return this.#blobs.has(id) || this.#cache.outlines.has(id);
  }

  get(id: string): BlobText | undefined {
    const blob = this.#blobs.get(id);
    if (blob) return blob;
    const known = this.#cache.outlines.get(id);
    if (!known) return undefined;
    const remembered = 'outline' in known ? this.#lazily(id, known.outline) : known;
    this.#blobs.set(id, remembered);
    return remembered;
  }

  set(id: string, blob: BlobText): void {
    if ('text' in blob) this.#characters += blob.text.length;
    if (this.#characters <= MOST_CHARACTERS || !('text' in blob)) {
      this.#blobs.set(id, blob);
      return;
    }
    this.#places.set(id, this.#released.length);
    this.#released.push(id);
    this.#blobs.set(id, this.#lazily(id, outlineOf(blob)));
  }

  /** Hands the pages of a commit that were read in this run to the cache. */
  remember(tree: Tree): void {
    for (const [path, { blob: id }] of tree) {
      const blob = isPageFile(path) && !this.#cache.outlines.has(id) ? this.#blobs.get(id) : undefined;
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
    const at = this.#places.get(id);
    this.#window = this.#readTexts(at === undefined ? [id] : this.#released.slice(at, at + WINDOW));
    return this.#window.get(id) ?? '';
  }
}
