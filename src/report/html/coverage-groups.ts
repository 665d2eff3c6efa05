import type { ScenarioCoverage, State } from '../../coverage/coverage.ts';
import { GRAVITIES, type Gravity } from '../../registry/registry.ts';

export type StateCounts = Record<State, number>;

/** Scenarios that belong together, counted by state. */
export interface CoverageGroup {
  name: string;
  counts: StateCounts;
}

export function required({ covered, partial, missing }: StateCounts): number {
  return covered + partial + missing;
}

/** Rounded down, so that 100 means all; null where nothing is required. */
export function percentCovered(counts: StateCounts): number | null {
  const all = required(counts);
  return all === 0 ? null : Math.floor((counts.covered * 100) / all);
}

/** The gravest first; gravities without a scenario are left out. */
export function byGravity(scenarios: readonly ScenarioCoverage[]): (CoverageGroup & { name: Gravity })[] {
  const groups = grouped(scenarios, ({ scenario }) => [scenario.gravity]);
  return GRAVITIES.toReversed().flatMap((gravity) => {
    const counts = groups.get(gravity);
    return counts ? [{ name: gravity, counts }] : [];
  });
}

export const ANYWHERE = 'anywhere in the docs';
export const NOBODY = 'nobody';

/** By the first folder of where readers look, else of where evidence stands; a scenario counts in each of its parts. */
export function byPart(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  return mostToDoFirst(grouped(scenarios, (coverage) => firstFolders(placesOf(coverage))));
}

/** By the page where readers look, else by that of the best evidence; a scenario counts on each of its pages. */
export function byPage(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  return mostToDoFirst(grouped(scenarios, (coverage) => orAnywhere(placesOf(coverage))));
}

/** Empty where no scenario has an owner. */
export function byOwner(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  if (scenarios.every(({ scenario }) => scenario.owner === null)) return [];
  return mostToDoFirst(grouped(scenarios, ({ scenario }) => [scenario.owner ?? NOBODY]));
}

function placesOf({ scenario, evidence }: ScenarioCoverage): string[] {
  const declared = scenario.pages.map((page) => page.replace(/^\/+/, '').replace(/(?:\/index)?(?:\.mdx?)?\/?$/, ''));
  if (declared.length > 0) return declared;
  return evidence.slice(0, 1).map(({ route }) => decoded(route).replace(/^\/+|\/+$/g, ''));
}

function firstFolders(places: readonly string[]): string[] {
  return orAnywhere(places.map((place) => place.split('/')[0] as string).filter((folder) => !folder.includes('*')));
}

function orAnywhere(names: readonly string[]): string[] {
  const known = names.filter((name) => name !== '' && !/^\*+(?:\/\*+)*$/.test(name));
  return known.length === 0 ? [ANYWHERE] : known;
}

function decoded(route: string): string {
  try {
    return decodeURIComponent(route);
  } catch {
    return route;
  }
}

function grouped(
  scenarios: readonly ScenarioCoverage[],
  namesOf: (coverage: ScenarioCoverage) => readonly string[],
): Map<string, StateCounts> {
  const groups = new Map<string, StateCounts>();
  for (const coverage of scenarios) {
    for (const name of new Set(namesOf(coverage))) {
      const counts = groups.get(name) ?? { covered: 0, partial: 0, missing: 0, waived: 0 };
      counts[coverage.state] += 1;
      groups.set(name, counts);
    }
  }
  return groups;
}

function mostToDoFirst(groups: ReadonlyMap<string, StateCounts>): CoverageGroup[] {
  const open = ({ missing, partial }: StateCounts) => missing + partial;
  return [...groups]
    .map(([name, counts]) => ({ name, counts }))
    .sort((a, b) => open(b.counts) - open(a.counts) || (a.name < b.name ? -1 : 1));
}
