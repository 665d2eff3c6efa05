import { join } from 'node:path';
import { VERSION } from '../commands/version.ts';
import { STATES_VERSION } from '../coverage/known-states.ts';
import { termsKey } from '../coverage/page-memory.ts';
import type { PageHits } from '../coverage/page-search.ts';
import { HITS_VERSION, type HitsCache } from '../coverage/page-search.ts';
import { FACTS_VERSION } from '../docs/markdown/page-facts.ts';
import type { FileOutline } from '../docs/site/file-outline.ts';
import type { Tree, Unreadable } from '../docs/tree.ts';
import type { Scenario } from '../registry/registry.ts';
import { CacheFolder, trimFolder } from './cache-folder.ts';
import { jsonForm, Section } from './cache-section.ts';
import { digest } from './digest.ts';
import { KeptFacts } from './kept-facts.ts';
import { KeptListings } from './kept-listings.ts';
import { KeptRegistries } from './kept-registries.ts';
import { KeptStates } from './kept-states.ts';

/** What is known of a blob that was read once: enough to judge a site without its text. */
export type KnownBlob = { outline: FileOutline } | { unreadable: Unreadable };

/** Gives equal names to trees with the same files alone; null where it has none. */
export type NameTree = (tree: Tree) => string | null;

/** Bytes that all repositories together may take on disk. */
const MOST_BYTES = 512 * 1024 * 1024;

/** What one repository's pages were found to say, by blob id, kept on disk from one run to the next. */
export class PageCache {
  readonly #root: string | null;
  readonly #folder: CacheFolder | null;
  readonly outlines: Section<KnownBlob>;
  readonly facts: KeptFacts;
  readonly #hits = new Map<string, Section<PageHits>>();
  readonly registries: KeptRegistries;
  readonly states: KeptStates;
  readonly listings: KeptListings;

  /**
   * @param root where all repositories' folders lie; null for a cache that lasts no longer than the run
   * @param repository what tells one repository from another
   */
  constructor(root: string | null, repository: string, nameOf: NameTree) {
    this.#root = root;
    const versions = [VERSION, FACTS_VERSION, HITS_VERSION, STATES_VERSION].join('-');
    this.#folder = root === null ? null : new CacheFolder(join(root, versions, digest(repository).slice(0, 16)));
    this.outlines = new Section(this.#folder, 'outlines', jsonForm());
    this.facts = new KeptFacts(this.#folder);
    this.registries = new KeptRegistries(this.#folder);
    this.states = new KeptStates(this.#folder, nameOf);
    this.listings = new KeptListings(this.#folder, nameOf);
  }

  readonly hits = (scenarios: readonly Scenario[]): HitsCache => {
    const name = `hits-${digest(termsKey(scenarios)).slice(0, 16)}`;
    const hits = this.#hits.get(name) ?? new Section(this.#folder, name, jsonForm());
    this.#hits.set(name, hits);
    return hits;
  };

  /** Writes what this run found out. */
  save(now: number): void {
    if (this.#root === null) return;
    const sections = [this.outlines, this.facts, ...this.#hits.values(), this.registries, this.states, this.listings];
    const written = sections.filter((section) => section.save());
    if (written.length > 0) trimFolder(this.#root, MOST_BYTES, now);
  }
}
