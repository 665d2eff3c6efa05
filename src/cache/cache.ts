import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { type NameTree, type PageMemory, type StatesCache, termsKey } from '../coverage/memory.ts';
import type { HitsCache, PageHits } from '../coverage/page-search.ts';
import type { PageFacts } from '../docs/markdown/page-facts.ts';
import type { ListingRecord, ListingsCache } from '../docs/site/site-listing.ts';
import type { Store, Tree } from '../docs/tree.ts';
import type { ParsedRegistry } from '../registry/parse-registry.ts';
import type { Scenario } from '../registry/registry.ts';
import { JsonFiles, trimFolder } from './json-files.ts';

/** Set by the build: a digest of all code that reads and judges, and of the packages that it is made with. */
declare const CODE_DIGEST: string | undefined;

/** Equal for programs that read and judge alike; null where the code was not built. */
const CODE_VERSION: string | null = typeof CODE_DIGEST === 'undefined' ? null : `${manifest.version}-${CODE_DIGEST}`;

/** Bytes that all that is kept may take on disk. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Pages whose hits are kept for one registry. */
const MOST_PAGES = 50_000;
/** The file that says how many bytes the files take at most. */
const SIZE = 'size';

/**
 * What was read and judged, kept on disk from one run to the next. A key is made of the version of the code, the kind of
 * the thing and git's ids of what it was made from, so that nothing that is kept grows stale.
 */
export class Cache implements PageMemory {
  readonly #root: string | null;
  readonly #files: JsonFiles | null;
  readonly #nameOf: NameTree;
  readonly #known = new Map<string, unknown>();
  readonly #hits = new Map<string, Hits>();

  /**
   * @param root the folder that everything is kept under; null for a cache that lasts as long as the run
   * @param nameOf names trees: those without a name are not kept
   */
  constructor(root: string | null, nameOf: NameTree) {
    this.#root = root;
    this.#files = root === null || CODE_VERSION === null ? null : new JsonFiles(join(root, CODE_VERSION));
    this.#nameOf = nameOf;
  }

  /** Pages are mostly asked for once: what stands on disk is not held in memory as well. */
  readonly facts: Store<PageFacts> = {
    get: (key) => (this.#files ? (this.#files.get('facts', key) as PageFacts) : this.#get('facts', key)),
    set: (key, facts) => (this.#files ? this.#files.set('facts', key, facts) : this.#set('facts', key, facts)),
  };

  readonly registries: Store<ParsedRegistry> = {
    get: (key) => this.#get('registry', key),
    set: (key, parsed) => this.#set('registry', key, parsed),
  };

  readonly listings: ListingsCache = {
    get: (tree, declared) =>
      this.#ofTree(tree, (name) => this.#get<ListingRecord>('listing', listingKey(name, declared))),
    set: (tree, declared, record) => {
      this.#ofTree(tree, (name) => this.#set('listing', listingKey(name, declared), record));
    },
  };

  readonly states: StatesCache = {
    get: (key, tree) => this.#ofTree(tree, (name) => this.#get('states', `${name}\n${key}`)),
    set: (key, tree, states) => {
      this.#ofTree(tree, (name) => this.#set('states', `${name}\n${key}`, states));
    },
  };

  readonly hits = (scenarios: readonly Scenario[]): HitsCache => {
    const key = termsKey(scenarios);
    const hits = this.#hits.get(key) ?? new Hits(this.#files?.get('hits', key) as [string, string][] | undefined);
    this.#hits.set(key, hits);
    return hits;
  };

  /** Writes what is not written yet, and bounds what lies on disk. @param now in milliseconds since the epoch */
  save(now: number): void {
    if (!this.#root || !this.#files) return;
    for (const [key, hits] of this.#hits) if (hits.isNew) this.#files.set('hits', key, hits.recent());
    if (this.#files.written > 0) bound(this.#root, this.#files.written, now);
  }

  #get<Value>(kind: string, key: string): Value | undefined {
    const name = `${kind}\n${key}`;
    if (!this.#known.has(name)) this.#known.set(name, this.#files?.get(kind, key));
    return this.#known.get(name) as Value | undefined;
  }

  #set(kind: string, key: string, value: unknown): void {
    this.#known.set(`${kind}\n${key}`, value);
    this.#files?.set(kind, key, value);
  }

  #ofTree<Answer>(tree: Tree, answer: (name: string) => Answer): Answer | undefined {
    const name = this.#nameOf(tree);
    return name === null ? undefined : answer(name);
  }
}

function listingKey(name: string, declared: readonly unknown[]): string {
  return `${name}\n${JSON.stringify(declared)}`;
}

/** What the pages come to by the words of one registry, in one file. Each page's is JSON by itself: few are asked for. */
class Hits implements HitsCache {
  isNew = false;
  readonly #pages: Map<string, string | PageHits>;

  constructor(pages: readonly [page: string, json: string][] = []) {
    this.#pages = new Map(pages);
  }

  get(page: string): PageHits | undefined {
    const known = this.#pages.get(page);
    if (typeof known !== 'string') return known;
    const hits = JSON.parse(known) as PageHits;
    this.#pages.set(page, hits);
    return hits;
  }

  set(page: string, hits: PageHits): void {
    this.#pages.set(page, hits);
    this.isNew = true;
  }

  recent(): [string, string][] {
    const json = (hits: string | PageHits) => (typeof hits === 'string' ? hits : JSON.stringify(hits));
    return Array.from(this.#pages, ([page, hits]): [string, string] => [page, json(hits)]).slice(-MOST_PAGES);
  }
}

/** All files are looked at only where, by what was written since the last time, they may take too much. */
function bound(root: string, written: number, now: number): void {
  const path = join(root, SIZE);
  const size = readSize(path) + written;
  try {
    writeFileSync(path, String(size <= MOST_BYTES ? size : trimFolder(root, MOST_BYTES / 2, now)));
  } catch {}
}

function readSize(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}
