import type { Scenario } from '../registry/registry.ts';
import { codeKey, UNSPACED, type WordKeys } from './page-filter.ts';
import type { WordGroup } from './phrase.ts';
import { termsOf } from './scenario-terms.ts';
import { isUnspaced, wordsIn } from './terms.ts';

/** What the words of a page come to: numbers of scenarios, as they stand in the registry. */
export interface PageHits {
  /** Those that it may name. */
  named: readonly number[];
  /** Those among them of which all causes may stand there. */
  explained: readonly number[];
  /** Those of whose words it holds most, each followed by how many. */
  near: readonly number[];
}

/** A section is worth showing when it holds this share of the declared words. */
export const NEAR_SHARE = 0.7;

/** Any of several ways to say one thing, each the keys of words that must all be there. */
type Group = readonly (readonly string[])[];

/** One way to name a scenario: all groups must be there. */
interface Way {
  scenario: number;
  groups: readonly Group[];
}

/** Finds the scenarios that a page's words may name. */
export class ScenarioIndex {
  readonly #ways: Way[] = [];
  /** By the first key of each choice of the group that is the rarest, as far as its words tell. */
  readonly #waysByKey = new Map<string, Way[]>();
  readonly #causes: Group[][];
  readonly #near: Group[][];
  readonly #nearByKey = new Map<string, { scenario: number; group: number; keys: readonly string[] }[]>();

  constructor(scenarios: readonly Scenario[]) {
    for (const [number, scenario] of scenarios.entries()) {
      for (const groups of waysToName(scenario)) this.#add({ scenario: number, groups });
    }
    this.#causes = scenarios.map((scenario) => termsOf(scenario).causes.flatMap(({ groups }) => groups.map(choices)));
    this.#near = scenarios.map((scenario) => termsOf(scenario).near.map(choices));
    for (const [scenario, groups] of this.#near.entries()) {
      for (const [group, each] of groups.entries())
        for (const keys of each) listAt(this.#nearByKey, keys[0] as string).push({ scenario, group, keys });
    }
  }

  #add(way: Way): void {
    if (way.groups.length === 0) return;
    this.#ways.push(way);
    const anchor = way.groups.reduce((a, b) => (shortest(b) > shortest(a) ? b : a));
    for (const keys of anchor) listAt(this.#waysByKey, keys[0] as string).push(way);
  }

  hits(words: WordKeys): PageHits {
    const named = new Set<number>();
    for (const { scenario, groups } of this.#waysOn(words))
      if (!named.has(scenario) && holdsAll(words, groups)) named.add(scenario);
    const numbers = [...named].sort((a, b) => a - b);
    const explained = numbers.filter((number) => holdsAll(words, this.#causes[number] as Group[]));
    return { named: numbers, explained, near: this.#nearOn(words) };
  }

  *#waysOn(words: WordKeys): Iterable<Way> {
    if (this.#ways.length < words.size) yield* this.#ways;
    else for (const word of words) yield* this.#waysByKey.get(word) ?? [];
  }

  #nearOn(words: WordKeys): number[] {
    const held = new Map<number, Set<number>>();
    for (const word of words) {
      for (const { scenario, group, keys } of this.#nearByKey.get(word) ?? []) {
        if (keys.length > 1 && !keys.every((key) => words.has(key))) continue;
        const groups = held.get(scenario);
        if (groups) groups.add(group);
        else held.set(scenario, new Set([group]));
      }
    }
    return [...held].flatMap(([scenario, { size }]) =>
      size >= NEAR_SHARE * (this.#near[scenario] as Group[]).length ? [scenario, size] : [],
    );
  }
}

function waysToName(scenario: Scenario): Group[][] {
  const { codes, codeStems, symptoms } = termsOf(scenario);
  const claim = ['signpost', codeKey(scenario.id)];
  const keys = [claim, ...codes.map(({ source }, i) => keysOfCode(source, codeStems[i] as string[]))];
  return [...keys.map((all) => all.map((key): Group => [[key]])), ...symptoms.map(({ groups }) => groups.map(choices))];
}

/**
 * The stems of a code, without which it is not found; and for an identifier, of which nothing stands around it that makes
 * it longer, its longest run of word characters.
 */
function keysOfCode(source: string, stems: readonly string[]): string[] {
  if (isUnspaced(source)) return [...stems, UNSPACED];
  const isWhole = /^[\p{L}\p{N}][^\s{}]*$/u.test(source) && /[\p{L}\p{N}]$/u.test(source);
  const longest = isWhole ? wordsIn(source).reduce((a, b) => (b.length > a.length ? b : a), '') : '';
  return longest === '' ? [...stems] : [...stems, codeKey(longest)];
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
  return groups.every((group) => group.some((keys) => keys.every((key) => words.has(key))));
}

function listAt<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
