import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Store } from '../docs/tree.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Code } from './code.ts';
import { PageWords, pageKey, runKey, runsOf, UNSPACED, type WordKeys } from './page-words.ts';
import type { WordGroup } from './phrase.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import { isUnspaced, wordsIn } from './terms.ts';

/** Keeps the hits of pages for one list of scenarios, by `pageKey`. */
export type HitsCache = Store<PageHits>;

/** The scenarios that the words of a page point to, as their numbers in the registry. */
export interface PageHits {
  /** The scenarios that the page may name. */
  named: readonly number[];
  /** Those of them whose causes may all stand there. */
  explained: readonly number[];
  /** The scenarios of whose words the page holds most, with how many; null before somebody asks. */
  near: readonly (readonly [scenario: number, held: number])[] | null;
  /** The number of its words: on a short page the words of a near miss stand closer together. */
  size: number;
}

/** A section is worth showing when it holds this share of the declared words. */
export const NEAR_SHARE = 0.7;

/**
 * Finds the pages that have to be parsed to judge the scenarios of one registry. Hits of a page hold for every site with
 * that page. The search also keeps the compiled terms of the scenarios.
 */
export class ScenarioSearch {
  readonly #scenarios: readonly Scenario[];
  readonly #numbers: ReadonlyMap<Scenario, number>;
  readonly #hits: HitsCache;
  readonly #words: PageWords;
  readonly #terms = new Map<Scenario, ScenarioTerms>();
  readonly #sites = new WeakMap<Site, SiteSearch>();
  #index: ScenarioIndex | null = null;

  constructor(scenarios: readonly Scenario[], hits: HitsCache = new Map(), words: PageWords = new PageWords()) {
    this.#scenarios = scenarios;
    this.#numbers = new Map(scenarios.map((scenario, number) => [scenario, number]));
    this.#hits = hits;
    this.#words = words;
  }

  on(site: Site): SiteSearch {
    const search = this.#sites.get(site) ?? new SiteSearch(site, this);
    this.#sites.set(site, search);
    return search;
  }

  /** A scenario's terms, compiled once. */
  termsOf(scenario: Scenario): ScenarioTerms {
    const terms = this.#terms.get(scenario) ?? termsOf(scenario);
    this.#terms.set(scenario, terms);
    return terms;
  }

  /** @param withNear whether to find the scenarios to which the page comes near as well */
  hitsOn(page: Page, site: Site, withNear: boolean): PageHits {
    const key = pageKey(page, site);
    const known = this.#hits.get(key);
    if (known && (known.near || !withNear)) return known;
    this.#index ??= new ScenarioIndex(this.#scenarios.map((scenario) => this.termsOf(scenario)));
    const words = this.#words.on(page, site);
    const near = withNear ? this.#index.near(words) : null;
    const hits = { ...(known ?? this.#index.named(words)), near, size: words.size };
    this.#hits.set(key, hits);
    return hits;
  }

  /** Notes that a page does not name some scenarios: somebody has read it for them. */
  ruleOut(page: Page, site: Site, scenarios: readonly Scenario[]): void {
    const key = pageKey(page, site);
    const hits = scenarios.length > 0 ? this.#hits.get(key) : undefined;
    if (!hits) return;
    const numbers = new Set(scenarios.map((scenario) => this.#numbers.get(scenario)));
    const without = (list: readonly number[]) => list.filter((number) => !numbers.has(number));
    this.#hits.set(key, { ...hits, named: without(hits.named), explained: without(hits.explained) });
  }

  numberOf(scenario: Scenario): number {
    return this.#numbers.get(scenario) ?? -1;
  }

  scenarioOf(number: number): Scenario {
    return this.#scenarios[number] as Scenario;
  }
}

/** The pages that may name a scenario, and those that come near it. */
interface PagesByScenario {
  naming: Map<Scenario, Page[]>;
  near: Map<Scenario, { page: Page; held: number; size: number }[]>;
}

/** Finds the pages of one site. */
export class SiteSearch {
  readonly #site: Site;
  readonly #search: ScenarioSearch;
  #pages: PagesByScenario | null = null;

  constructor(site: Site, search: ScenarioSearch) {
    this.#site = site;
    this.#search = search;
  }

  /** The pages that may name a scenario, in site order. */
  naming(scenario: Scenario): readonly Page[] {
    this.#pages ??= this.#findPages();
    return this.#pages.naming.get(scenario) ?? [];
  }

  /** The pages that hold most of a scenario's words, those with most of them first, and of these the shorter ones. */
  near(scenario: Scenario): Page[] {
    this.#pages ??= this.#findPages();
    const near = this.#pages.near.get(scenario) ?? [];
    return near.toSorted((a, b) => b.held - a.held || a.size - b.size).map(({ page }) => page);
  }

  #findPages(): PagesByScenario {
    const pages: PagesByScenario = { naming: new Map(), near: new Map() };
    this.#site.expect(() => this.#site.pages);
    for (const page of this.#site.pages) {
      const { named, near, size } = this.#search.hitsOn(page, this.#site, true);
      for (const number of named) listAt(pages.naming, this.#search.scenarioOf(number)).push(page);
      for (const [number, held] of near ?? [])
        listAt(pages.near, this.#search.scenarioOf(number)).push({ page, held, size });
    }
    return pages;
  }

  /** The scenarios that a page may name. */
  namedOn(page: Page): Scenario[] {
    const { named } = this.#search.hitsOn(page, this.#site, false);
    return named.map((number) => this.#search.scenarioOf(number));
  }

  /** Whether all causes of a scenario may stand on a page that may name it. */
  mayExplain(page: Page, scenario: Scenario): boolean {
    return this.#search.hitsOn(page, this.#site, false).explained.includes(this.#search.numberOf(scenario));
  }
}

/** Any of several ways to say one thing, each the keys of words that must all be there. */
type Group = readonly (readonly string[])[];

/** One way to name a scenario: all groups must be there. */
interface Way {
  scenario: number;
  groups: readonly Group[];
}

/** An index of the words that near misses hold, by the first key of each choice. */
interface NearIndex {
  byKey: Map<string, { scenario: number; group: number; keys: readonly string[] }[]>;
  /** How many groups all scenarios have together: each has a number. */
  groups: number;
  /** By scenario: the least number of its groups that a near miss holds. */
  most: Uint16Array;
}

/** Finds the scenarios that a page's words may name. */
class ScenarioIndex {
  readonly #terms: readonly ScenarioTerms[];
  /** Scenarios that any page may name: no word of theirs is certain, as in `E_{number}`. */
  readonly #anywhere: number[] = [];
  /** By the first key of each choice of the group that is the rarest, as far as its words tell. */
  readonly #waysByKey = new Map<string, Way[]>();
  #near: NearIndex | null = null;

  /** @param terms of all scenarios, in registry order */
  constructor(terms: readonly ScenarioTerms[]) {
    this.#terms = terms;
    for (const [scenario, each] of terms.entries())
      for (const groups of waysToName(each)) this.#add({ scenario, groups });
  }

  #add(way: Way): void {
    if (way.groups.length === 0) {
      this.#anywhere.push(way.scenario);
      return;
    }
    const anchor = way.groups.reduce((a, b) => (shortest(b) > shortest(a) ? b : a));
    for (const keys of anchor) listAt(this.#waysByKey, keys[0] as string).push(way);
  }

  /** Finds the scenarios that a page with these words may name, and those of them that it may explain. */
  named(words: WordKeys): Pick<PageHits, 'named' | 'explained'> {
    const found = new Set(this.#anywhere);
    for (const word of words)
      for (const { scenario, groups } of this.#waysByKey.get(word) ?? [])
        if (!found.has(scenario) && holdsAll(words, groups)) found.add(scenario);
    const named = [...found].sort((a, b) => a - b);
    const causesOf = (number: number) => this.#terms[number]?.causes.flatMap(({ groups }) => groups.map(choices)) ?? [];
    return { named, explained: named.filter((number) => holdsAll(words, causesOf(number))) };
  }

  /** Finds the scenarios of whose words a page holds most, with how many. */
  near(words: WordKeys): [scenario: number, held: number][] {
    this.#near ??= indexNear(this.#terms);
    const { byKey, groups, most } = this.#near;
    const met = new Uint8Array(groups);
    const held = new Uint16Array(most.length);
    for (const word of words) {
      for (const { scenario, group, keys } of byKey.get(word) ?? []) {
        if (met[group] === 1 || (keys.length > 1 && !keys.every((key) => words.has(key)))) continue;
        met[group] = 1;
        held[scenario] = (held[scenario] as number) + 1;
      }
    }
    return Array.from(held.entries()).filter(([scenario, count]) => count >= (most[scenario] as number));
  }
}

function indexNear(terms: readonly ScenarioTerms[]): NearIndex {
  const index: NearIndex = { byKey: new Map(), groups: 0, most: new Uint16Array(terms.length) };
  for (const [scenario, { near }] of terms.entries()) {
    index.most[scenario] = Math.max(1, Math.ceil(NEAR_SHARE * near.length));
    for (const group of near) {
      for (const keys of choices(group))
        listAt(index.byKey, keys[0] as string).push({ scenario, group: index.groups, keys });
      index.groups += 1;
    }
  }
  return index;
}

function waysToName({ scenario, codes, symptoms }: ScenarioTerms): Group[][] {
  const keys = [['signpost', runKey(scenario.id)], ...codes.map(keysOfCode)];
  return [...keys.map((all) => all.map((key): Group => [[key]])), ...symptoms.map(({ groups }) => groups.map(choices))];
}

/**
 * The keys that a page must hold for a code to be found: its stems, and the longest run of word characters of an
 * identifier that begins and ends with one, since it is found as a whole word alone.
 */
function keysOfCode({ source, stems }: Code): string[] {
  if (isUnspaced(source)) return [...stems, UNSPACED];
  const isWhole = /^[\p{L}\p{N}][^\s{}]*$/u.test(source) && /[\p{L}\p{N}]$/u.test(source);
  const runs = isWhole ? wordsIn(source).flatMap(runsOf) : [];
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? stems : [...stems, runKey(longest)];
}

/** The sequences of a group's words, each also written as one. */
function choices({ sequences }: WordGroup): Group {
  return sequences.flatMap((words) => (words.length > 1 ? [words, [words.join('')]] : [words]));
}

/** Long words are rare ones. */
function shortest(group: Group): number {
  return Math.min(...group.map((keys) => keys[0]?.length ?? 0));
}

function holdsAll(words: WordKeys, groups: readonly Group[]): boolean {
  return groups.every((group) => holds(words, group));
}

function holds(words: WordKeys, group: Group): boolean {
  return group.some((keys) => keys.every((key) => words.has(key)));
}

function listAt<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
