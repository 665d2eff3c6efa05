import type { FactsCache } from '../docs/site/site.ts';
import type { ListingsCache } from '../docs/site/site-listing.ts';
import type { Tree } from '../docs/tree.ts';
import type { ParsedRegistry } from '../registry/parse-registry.ts';
import type { Scenario } from '../registry/registry.ts';
import type { KnownState, StatesCache, StatesQuestion } from './known-states.ts';
import type { HitsCache } from './page-search.ts';

/** What is remembered of files from one judgement to the next. It changes no verdict, only how long one takes. */
export interface PageMemory {
  facts: FactsCache;
  /** Of snapshots that are likely to be asked for again. */
  listings?: ListingsCache | undefined;
  /** What pages come to by the words of these scenarios. */
  hits(scenarios: readonly Scenario[]): HitsCache;
  /** Of merge bases; without it each is judged anew. */
  states?: StatesCache | undefined;
  /** By the files that they were read from; without it each is read anew. */
  registries?: Store<ParsedRegistry> | undefined;
}

/** What is kept by key. What it lets go of is only worked out again. */
export interface Store<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** Names a tree: equal names stand for the same files alone. Null for a tree without a name, as a work tree's. */
export type NameTree = (tree: Tree) => string | null;

/** A memory without bounds, for one judgement. */
export function rememberPages(facts: FactsCache = new Map()): PageMemory {
  const hits = new Map<string, HitsCache>();
  return {
    facts,
    states: rememberStates(),
    registries: new Map(),
    hits(scenarios) {
      const key = termsKey(scenarios);
      const known = hits.get(key) ?? new Map();
      hits.set(key, known);
      return known;
    },
  };
}

/** Equal for scenarios that the same pages name, and to which the same come near. */
export function termsKey(scenarios: readonly Scenario[]): string {
  return JSON.stringify(
    scenarios.map(({ id, title, codes, symptoms, except, causes }) => [id, title, codes, symptoms, except, causes]),
  );
}

/** The same site is mostly asked about for the same day and without waivers. */
const MOST_QUESTIONS = 2;

/** States kept for as long as somebody holds the tree that they are of. */
export function rememberStates(): StatesCache {
  const byTree = new WeakMap<Tree, Map<string, readonly KnownState[]>>();
  const keyOf = ({ registry, terms }: StatesQuestion) => `${terms} ${registry}`;
  return {
    get: (question, tree) => byTree.get(tree)?.get(keyOf(question)),
    set(question, tree, states) {
      const known = byTree.get(tree) ?? new Map<string, readonly KnownState[]>();
      byTree.set(tree, known);
      known.set(keyOf(question), states);
      for (const oldest of known.keys()) if (known.size > MOST_QUESTIONS) known.delete(oldest);
    },
  };
}
