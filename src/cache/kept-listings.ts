import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { LISTING_VERSION, type ListingRecord, type ListingsCache, pagesOf } from '../docs/site/kept-listing.ts';
import type { Tree } from '../docs/tree.ts';
import type { CacheFolder } from './cache-folder.ts';
import { jsonForm } from './cache-section.ts';
import { digest } from './digest.ts';
import type { NameTree } from './page-cache.ts';

const FORM = jsonForm<ListingRecord>();
const ENTRY = 'listing';

/** Listings of sites, each in a file of its own; those of trees without a name are not kept. */
export class KeptListings implements ListingsCache {
  readonly #folder: CacheFolder | null;
  readonly #nameOf: NameTree;
  readonly #read = new Map<string, ListingRecord | undefined>();
  readonly #fresh = new Map<string, Uint8Array>();
  /** Blobs of pages that are listed: they were read once, and are text. */
  readonly #pages = new Set<string>();

  constructor(folder: CacheFolder | null, nameOf: NameTree) {
    this.#folder = folder;
    this.#nameOf = nameOf;
  }

  get(tree: Tree, declared: readonly DocsRoot[]): ListingRecord | undefined {
    const name = this.#fileOf(tree, declared);
    if (name === null) return undefined;
    if (!this.#read.has(name)) this.#read.set(name, this.#load(name, tree));
    return this.#read.get(name);
  }

  /** Whether a blob is known to be a page's text. */
  holds(id: string): boolean {
    return this.#pages.has(id);
  }

  set(tree: Tree, declared: readonly DocsRoot[], record: ListingRecord): void {
    const name = this.#fileOf(tree, declared);
    if (name !== null) this.#fresh.set(name, FORM.encode(record));
  }

  /** @returns whether it wrote */
  save(): boolean {
    const written = Array.from(this.#fresh, ([name, bytes]) => this.#folder?.write(name, [[ENTRY, bytes]]));
    this.#fresh.clear();
    return written.includes(true);
  }

  #load(name: string, tree: Tree): ListingRecord | undefined {
    const bytes = this.#folder?.read(name, ENTRY);
    const record = bytes && FORM.decode(bytes);
    for (const path of record ? pagesOf(record) : []) this.#pages.add(tree.get(path)?.blob ?? '');
    return record;
  }

  #fileOf(tree: Tree, declared: readonly DocsRoot[]): string | null {
    const name = this.#folder && this.#nameOf(tree);
    return name === null ? null : `listing-${LISTING_VERSION}-${digest(`${name} ${JSON.stringify(declared)}`)}`;
  }
}
