import type { FactsCache, Site } from '../docs/site/site.ts';
import type { ListingsCache } from '../docs/site/site-listing.ts';
import type { Store, Tree } from '../docs/tree.ts';
import type { ParsedRegistry } from '../registry/parse-registry.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { Coverage, Gap, ScenarioCoverage, State } from './coverage.ts';
import { type JudgeOptions, judge, judgeSome } from './judge.ts';
import type { HitsCache } from './page-search.ts';

/** What a scenario came to on a site that was judged before, as it may be kept. */
export interface KnownState {
  state: State;
  unwaived: Exclude<State, 'waived'>;
  /** As they are without a waiver. */
  gaps: Gap[];
  /** The pages that name it, by their places on the site. */
  pages: number[];
}

/** States that whole registries came to, in registry order. */
export interface StatesCache {
  /** @param key stands for all that the states hang on beside the files: the registry, the day and waivers */
  get(key: string, tree: Tree): readonly KnownState[] | undefined;
  set(key: string, tree: Tree, states: readonly KnownState[]): void;
}

/** @param registry equal for registries that say the same */
export function statesKey(registry: string, { today, waived }: JudgeOptions): string {
  return JSON.stringify([today, [...waived].sort(), registry]);
}

/** What is kept of a coverage of a whole registry. */
export function statesOf(coverage: Coverage, site: Site): KnownState[] {
  const places = new Map(site.pages.map((page, at) => [page, at]));
  return Array.from(coverage.values(), ({ state, unwaived: { state: unwaived, gaps }, pages }) => {
    return { state, unwaived, gaps, pages: pages.map((page) => places.get(page) as number) };
  });
}

/** So many are judged one by one; whoever asks for more asks for all. */
const MOST_ALONE = 8;

/**
 * The coverage of a registry whose states are known. What the change may have touched is judged at once; what there is of
 * the other scenarios beside their states is judged when somebody asks for it.
 * @param states of all of the registry's scenarios
 */
export function knownCoverage(
  site: Site,
  registry: Registry,
  given: JudgeOptions,
  states: readonly KnownState[],
  isTouched: (scenario: Scenario) => boolean,
): Coverage {
  const known = new Map(registry.scenarios.map((scenario, at) => [scenario, states[at] as KnownState]));
  const among = (scenario: Scenario) => (known.get(scenario)?.pages ?? []).flatMap((at) => site.pages[at] ?? []);
  const options = { ...given, among };
  const judged = new Map<Scenario, ScenarioCoverage>();
  const judgeOne = (scenario: Scenario): ScenarioCoverage => {
    const others = () => registry.scenarios.filter((other) => !judged.has(other));
    const wanted = judged.has(scenario) ? [] : judged.size < MOST_ALONE ? [scenario] : others();
    for (const coverage of judgeSome(wanted, site, registry, options)) judged.set(coverage.scenario, coverage);
    return judged.get(scenario) as ScenarioCoverage;
  };
  const untouched = (scenario: Scenario): ScenarioCoverage => {
    const { state, unwaived, gaps } = known.get(scenario) as KnownState;
    return {
      ...{ scenario, state, unwaived: { state: unwaived, gaps }, gaps, pages: among(scenario) },
      get evidence() {
        return judgeOne(scenario).evidence;
      },
      get candidates() {
        return judgeOne(scenario).candidates;
      },
      get duplicates() {
        return judgeOne(scenario).duplicates;
      },
      get conflicts() {
        return judgeOne(scenario).conflicts;
      },
      get unsureLinks() {
        return judgeOne(scenario).unsureLinks;
      },
    };
  };
  const settled = (scenario: Scenario) => (isTouched(scenario) ? null : untouched(scenario));
  return judge(site, registry, { ...options, settled });
}

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

/** Names a tree: equal names stand for the same files alone. Null for a tree without a name, as a work tree's. */
export type NameTree = (tree: Tree) => string | null;

/** A memory without bounds, for one judgement. */
export function rememberPages(): PageMemory {
  const hits = new Map<string, HitsCache>();
  return {
    facts: new Map(),
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
  return {
    get: (key, tree) => byTree.get(tree)?.get(key),
    set(key, tree, states) {
      const known = byTree.get(tree) ?? new Map<string, readonly KnownState[]>();
      byTree.set(tree, known);
      known.set(key, states);
      for (const oldest of known.keys()) if (known.size > MOST_QUESTIONS) known.delete(oldest);
    },
  };
}
