import type { Candidate, Coverage, NearMiss, Requirement, ScenarioCoverage } from '../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../coverage/judge.ts';
import { NearMisses, nearestBlock } from '../coverage/near-misses.ts';
import type { PageMemory } from '../coverage/page-memory.ts';
import { ScenarioSearch, type SiteSearch } from '../coverage/page-search.ts';
import { quoteOf } from '../coverage/quote.ts';
import { readContent } from '../coverage/reading.ts';
import { termsOf } from '../coverage/scenario-terms.ts';
import { type Cancelled, cancelledHits } from '../coverage/triggers.ts';
import type { Site } from '../docs/site/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { ReadSite } from './compare/read-sites.ts';
import type { Explanation, PartlyThere } from './explanation.ts';
import type { Head } from './suggest/propose-snippet.ts';
import { smallestChange } from './suggest/smallest-change.ts';

/** Where and by what a scenario is explained. */
export interface ExplainInput {
  head: Head;
  roots: ReadSite['roots'];
  registry: Registry;
  options: JudgeOptions;
  /** How the registry's other scenarios are judged already; needed where it has others. */
  judged?: Coverage;
  cache?: PageMemory | undefined;
}

/** So many of them tell enough. */
const MOST_CANCELLED = 5;

/**
 * Judges one scenario and tells why: every section that speaks of it, with what stands there and what does not, and the
 * smallest change that would cover it.
 * @param continued how it counts, where it was reworded and keeps its state
 */
export function explainScenario(input: ExplainInput, scenario: Scenario, continued?: ScenarioCoverage): Explanation {
  const { head, roots, registry, judged, cache } = input;
  const { site } = head;
  const settled = ({ id }: Scenario) => (id === scenario.id ? null : (judged?.get(id) ?? null));
  const search = new ScenarioSearch([scenario], cache?.hits([scenario]));
  const options = { ...input.options, inPassingToo: true, search, settled };
  const anew = judge(site, registry, options).get(scenario.id) as ScenarioCoverage;
  const coverage = continued ? { ...continued, candidates: anew.candidates } : anew;
  const isCovered = coverage.unwaived.state === 'covered';
  const misses = isCovered ? [] : new NearMisses(site, search.on(site)).of(scenario);
  const places = [...coverage.candidates.map(({ page }) => page.path), ...misses.map(({ path }) => path)];
  const ground = { head, roots, registry, today: options.today, cache, pages: new Set(places) };
  const cancelled = cancelledOn(site, scenario, search.on(site), coverage);
  const told = [...coverage.candidates, ...cancelled].map(({ section }) => section);
  return {
    coverage,
    partly: new Map(coverage.candidates.flatMap((candidate) => partlyThere(candidate, scenario, site))),
    nearMisses: misses.filter((miss) => !told.some((section) => isSame(section, miss))),
    cancelled,
    change: isCovered ? null : smallestChange(coverage, misses, ground),
  };
}

function isSame(a: Pick<NearMiss, 'path' | 'line'>, b: Pick<NearMiss, 'path' | 'line'>): boolean {
  return a.path === b.path && a.line === b.line;
}

function partlyThere(candidate: Candidate, scenario: Scenario, site: Site): [Requirement, PartlyThere][] {
  const blocks = candidate.unit?.blocks ?? [];
  return candidate.requirements.flatMap((requirement): [Requirement, PartlyThere][] => {
    const cause = termsOf(scenario).causes.find(({ source }) => source === requirement.term);
    if (requirement.kind !== 'cause' || requirement.match || !cause) return [];
    const nearest = nearestBlock(cause, blocks, readContent(site.read(candidate.page)));
    return nearest
      ? [[requirement, { quote: quoteOf(nearest), lacks: nearest.lacking.map(({ source }) => source) }]]
      : [];
  });
}

function cancelledOn(
  site: Site,
  scenario: Scenario,
  search: SiteSearch,
  { candidates }: ScenarioCoverage,
): Cancelled[] {
  const terms = termsOf(scenario);
  const hits = search.naming(scenario).flatMap((page) => cancelledHits(readContent(site.read(page)), terms));
  return hits
    .filter(({ section }) => !candidates.some((other) => isSame(other.section, section)))
    .slice(0, MOST_CANCELLED);
}
