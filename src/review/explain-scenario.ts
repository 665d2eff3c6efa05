import type { Candidate, NearMiss, Quote, Requirement, ScenarioCoverage } from '../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../coverage/judge.ts';
import type { PageMemory } from '../coverage/memory.ts';
import { NearMisses } from '../coverage/near-misses.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import { quoteOf } from '../coverage/quote.ts';
import { readContent } from '../coverage/reading.ts';
import { termsOf } from '../coverage/scenario-terms.ts';
import { type Cancelled, cancelledHits } from '../coverage/triggers.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { ReadSite } from './compare/read-sites.ts';
import { nearestCause } from './suggest/docs-step.ts';
import type { Head } from './suggest/page-lines.ts';
import { type SmallestChange, smallestChange } from './suggest/smallest-change.ts';

/** One scenario at one commit with everything that its state rests on: what `explain` tells of. */
export interface Explanation {
  coverage: ScenarioCoverage;
  /** For causes that a candidate lacks, what of them stands there. */
  partly: ReadonlyMap<Requirement, PartlyThere>;
  /** Sections that come near and of which nothing else is told. */
  nearMisses: NearMiss[];
  /** Words that would name it, but for a negation or an `except` phrase. */
  cancelled: Cancelled[];
  /** Null for a covered scenario, or one that counts on after it was reworded. */
  change: SmallestChange | null;
}

/** What of a lacking cause stands in a section: the sentence with those words, and the words that do not. */
export interface PartlyThere {
  quote: Quote;
  lacks: string[];
}

/** The docs, the registry and the day by which a scenario is explained. */
export interface ExplainInput {
  head: Head;
  roots: ReadSite['roots'];
  registry: Registry;
  options: JudgeOptions;
  cache?: PageMemory | undefined;
}

/** No more of them are shown. */
const MOST_CANCELLED = 5;

/**
 * Judges one scenario and tells why: every section that speaks of it, with what stands there and what does not, and the
 * smallest change that would cover it.
 * @param continued how it counts, where it was reworded and keeps its state
 */
export function explainScenario(input: ExplainInput, scenario: Scenario, continued?: ScenarioCoverage): Explanation {
  const { head, roots, cache } = input;
  const { site } = head;
  const registry = { ...input.registry, scenarios: [scenario] };
  const search = new ScenarioSearch([scenario], cache?.hits([scenario]));
  const options = { ...input.options, inPassingToo: true, search };
  const anew = judge(site, registry, options).get(scenario.id) as ScenarioCoverage;
  const coverage = continued ? { ...continued, candidates: anew.candidates } : anew;
  const isCovered = coverage.unwaived.state === 'covered';
  const misses = isCovered ? [] : new NearMisses(site, search.on(site)).of(scenario);
  const places = [...coverage.candidates.map(({ page }) => page.path), ...misses.map(({ path }) => path)];
  const ground = { head, roots, registry, today: options.today, cache, pages: new Set(places) };
  const named = search.on(site).naming(scenario);
  const terms = termsOf(scenario);
  const cancelled = named
    .flatMap((page) => cancelledHits(readContent(site.read(page)), terms))
    .filter((hit) => !coverage.candidates.some((candidate) => isSame(candidate.section, hit.section)))
    .slice(0, MOST_CANCELLED);
  const told = [...coverage.candidates, ...cancelled].map(({ section }) => section);
  return {
    coverage,
    partly: new Map(coverage.candidates.flatMap((candidate) => partlyThere(candidate, scenario, head))),
    nearMisses: misses.filter((miss) => !told.some((section) => isSame(section, miss))),
    cancelled,
    change: isCovered ? null : smallestChange(coverage, misses, ground),
  };
}

function isSame(a: Pick<NearMiss, 'path' | 'line'>, b: Pick<NearMiss, 'path' | 'line'>): boolean {
  return a.path === b.path && a.line === b.line;
}

function partlyThere(candidate: Candidate, scenario: Scenario, head: Head): [Requirement, PartlyThere][] {
  return candidate.requirements.flatMap((requirement): [Requirement, PartlyThere][] => {
    if (requirement.kind !== 'cause' || requirement.match) return [];
    const nearest = nearestCause(scenario, candidate, requirement.term, head);
    if (!nearest) return [];
    return [[requirement, { quote: quoteOf(nearest), lacks: nearest.lacking.map(({ source }) => source) }]];
  });
}
