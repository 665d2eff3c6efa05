import type { ScenarioCoverage, State } from '../coverage/coverage.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import type { ReadSite } from './compare/read-sites.ts';
import type { Counts, ScenarioReview } from './review.ts';

/** Counts a review's scenarios as they stand at head; null where nothing was judged. */
export function countReview(scenarios: readonly ScenarioReview[], judgement: Judgement | null): Counts {
  const coverage = scenarios.map(({ after }) => after);
  return countStates(coverage, judgement?.after ?? null, judgement?.changes.pages.length ?? 0);
}

/** Counts scenarios by state, and pages; `at` is null where nothing was judged. */
export function countStates(scenarios: Iterable<ScenarioCoverage>, at: ReadSite | null, changedPages: number): Counts {
  const states: Record<State, number> = { covered: 0, partial: 0, missing: 0, waived: 0 };
  for (const { state } of scenarios) states[state] += 1;
  return { ...states, pages: at?.site.pages.length ?? 0, changedPages, parsedPages: at?.parsedPages() ?? 0 };
}
