import type { ScenarioCoverage } from '../../coverage/coverage.ts';
import { GRAVITIES } from '../../registry/registry.ts';
import type { StateCounts } from '../../review/replay/replay.ts';
import { decoded } from '../words/github-links.ts';
import { groupBy } from '../words/group-by.ts';
import { count } from '../words/sentence.ts';
import { countStates, percentCovered, STATES } from '../words/state-counts.ts';
import { coverageBar, stateMark } from './coverage-charts.ts';
import { type Html, html, NOTHING } from './escape-html.ts';

/** Scenarios that belong together, counted by state. */
export interface CoverageGroup {
  name: string;
  counts: StateCounts;
}

/** The gravest first; gravities without a scenario are left out. */
export function byGravity(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  const groups = countedBy(scenarios, ({ scenario }) => [scenario.gravity]);
  return GRAVITIES.toReversed().flatMap((gravity) => groups.filter(({ name }) => name === gravity));
}

const ANYWHERE = 'anywhere in the docs';
const NOBODY = 'nobody';

/** By the first folder of where readers look, else of where evidence stands; a scenario counts in each of its parts. */
export function byPart(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  return mostToDoFirst(countedBy(scenarios, (coverage) => firstFolders(placesOf(coverage))));
}

/** By the page where readers look, else by that of the best evidence; a scenario counts on each of its pages. */
export function byPage(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  return mostToDoFirst(countedBy(scenarios, (coverage) => orAnywhere(placesOf(coverage))));
}

/** Empty where no scenario has an owner. */
export function byOwner(scenarios: readonly ScenarioCoverage[]): CoverageGroup[] {
  if (scenarios.every(({ scenario }) => scenario.owner === null)) return [];
  return mostToDoFirst(countedBy(scenarios, ({ scenario }) => [scenario.owner ?? NOBODY]));
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

type Names = (coverage: ScenarioCoverage) => readonly string[];

/** Counts scenarios by state under each of their names. */
function countedBy(scenarios: readonly ScenarioCoverage[], namesOf: Names): CoverageGroup[] {
  const named = scenarios.flatMap((coverage) =>
    Array.from(new Set(namesOf(coverage)), (name) => ({ name, state: coverage.state })),
  );
  const groups = groupBy(named, ({ name }) => name);
  return Array.from(groups, ([name, each]) => ({ name, counts: countStates(each.map(({ state }) => state)) }));
}

function mostToDoFirst(groups: readonly CoverageGroup[]): CoverageGroup[] {
  const open = ({ counts }: CoverageGroup) => counts.missing + counts.partial;
  return groups.toSorted((a, b) => open(b) - open(a) || (a.name < b.name ? -1 : 1));
}

/**
 * Scenarios by state in each group, with a bar where there is room for one.
 * @param of the first column's heading
 * @param limit of rows that are shown; the others are counted below
 */
export function coverageTable(groups: readonly CoverageGroup[], of: string, caption: string, limit?: number): Html {
  const shown = groups.slice(0, limit);
  const rest = groups.length - shown.length;
  return html`<table class="counts">
<caption>${caption}</caption>
<thead><tr><th scope="col">${of}</th>${STATES.map((state) => html`<th scope="col" class="number"><span class="state ${state}">${stateMark(state)}<span class="word">${state}</span></span></th>`)}<th scope="col" class="number">share</th><td class="room"></td></tr></thead>
<tbody>${shown.map(row)}</tbody>
</table>
${rest > 0 ? html`<p class="note">${count(rest, ['further row', 'further rows'])} with no more to do than these; every scenario stands below.</p>` : NOTHING}`;
}

function row({ name, counts }: CoverageGroup): Html {
  const percent = percentCovered(counts);
  return html`<tr><th scope="row" dir="auto">${name}</th>${STATES.map((state) => countCell(counts[state]))}<td class="number">${percent === null ? '–' : `${percent} %`}</td><td class="room">${coverageBar(counts)}</td></tr>
`;
}

/** A cell with a number; a zero is faint. */
export function countCell(n: number): Html {
  return html`<td class="number ${n === 0 ? 'none' : 'some'}">${n}</td>`;
}
