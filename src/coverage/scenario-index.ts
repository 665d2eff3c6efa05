import type { Scenario } from '../registry/registry.ts';
import type { WordGroup } from './phrase.ts';
import { termsOf } from './scenario-terms.ts';
import { isUnspaced, wordsIn } from './terms.ts';
import { runKey, runsOf, UNSPACED, type WordKeys } from './word-keys.ts';

/** What the words of a page come to: numbers of scenarios, as they stand in the registry. */
export interface PageHits {
  /** Those that it may name. */
  named: readonly number[];
  /** Those among them of which all causes may stand there. */
  explained: readonly number[];
  /** Those of whose words it holds most, with how many; null where nobody has asked so far. */
  near: readonly (readonly [scenario: number, held: number])[] | null;
  /** How many words it has: what is near stands closer together on a short page. */
  size: number;
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

/** The words of which near misses hold most, by the first key of each choice. */
interface NearIndex {
  byKey: Map<string, { scenario: number; group: number; keys: readonly string[] }[]>;
  /** How many groups all scenarios have together: each has a number. */
  groups: number;
  /** By scenario: how many of its groups are most of them. */
  most: Uint16Array;
}

/** Finds the scenarios that a page's words may name. */
export class ScenarioIndex {
  readonly #scenarios: readonly Scenario[];
  readonly #ways: Way[] = [];
  /** Scenarios that any page may name: no word of theirs is certain, as in `E_{number}`. */
  readonly #anywhere: number[] = [];
  /** By the first key of each choice of the group that is the rarest, as far as its words tell. */
  readonly #waysByKey = new Map<string, Way[]>();
  readonly #causes = new Map<number, Group[]>();
  #near: NearIndex | null = null;

  constructor(scenarios: readonly Scenario[]) {
    this.#scenarios = scenarios;
    for (const [number, scenario] of scenarios.entries()) {
      for (const groups of waysToName(scenario)) this.#add({ scenario: number, groups });
    }
  }

  #add(way: Way): void {
    if (way.groups.length === 0) {
      this.#anywhere.push(way.scenario);
      return;
    }
    this.#ways.push(way);
    const anchor = way.groups.reduce((a, b) => (shortest(b) > shortest(a) ? b : a));
    for (const keys of anchor) listAt(this.#waysByKey, keys[0] as string).push(way);
  }

  hits(words: WordKeys, withNear: boolean): PageHits {
    const named = new Set(this.#anywhere);
    for (const { scenario, groups } of this.#waysOn(words))
      if (!named.has(scenario) && holdsAll(words, groups)) named.add(scenario);
    const numbers = [...named].sort((a, b) => a - b);
    const explained = numbers.filter((number) => holdsAll(words, this.#causesOf(number)));
    return { named: numbers, explained, near: withNear ? this.#nearOn(words) : null, size: words.size };
  }

  *#waysOn(words: WordKeys): Iterable<Way> {
    if (this.#ways.length < words.size) yield* this.#ways;
    else for (const word of words) yield* this.#waysByKey.get(word) ?? [];
  }

  #causesOf(number: number): Group[] {
    let causes = this.#causes.get(number);
    if (!causes) {
      causes = termsOf(this.#scenarios[number] as Scenario).causes.flatMap(({ groups }) => groups.map(choices));
      this.#causes.set(number, causes);
    }
    return causes;
  }

  #nearOn(words: WordKeys): [number, number][] {
    this.#near ??= this.#indexNear();
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

  #indexNear(): NearIndex {
    const most = Uint16Array.from(this.#scenarios, mostOf);
    const near: NearIndex = { byKey: new Map(), groups: 0, most };
    for (const [scenario, each] of this.#scenarios.entries()) {
      for (const group of termsOf(each).near.map(choices)) {
        for (const keys of group) listAt(near.byKey, keys[0] as string).push({ scenario, group: near.groups, keys });
        near.groups += 1;
      }
    }
    return near;
  }
}

/** How many of a scenario's words a page holds; 0 where these are not most of them. */
export function heldOf(scenario: Scenario, words: WordKeys): number {
  const held = termsOf(scenario).near.filter((group) => holds(words, choices(group))).length;
  return held >= mostOf(scenario) ? held : 0;
}

function mostOf(scenario: Scenario): number {
  return Math.max(1, Math.ceil(NEAR_SHARE * termsOf(scenario).near.length));
}

function waysToName(scenario: Scenario): Group[][] {
  const { codes, codeStems, symptoms } = termsOf(scenario);
  const claim = ['signpost', runKey(scenario.id)];
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
  const runs = isWhole ? wordsIn(source).flatMap(runsOf) : [];
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? [...stems] : [...stems, runKey(longest)];
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

function listAt<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
