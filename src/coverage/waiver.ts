import type { Page } from '../docs/site/page.ts';
import { matchesPages } from '../docs/site/page-globs.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario, Waiver } from '../registry/registry.ts';
import type { Candidate, State } from './coverage.ts';

/** What a waiver is held against. */
export interface Judged {
  state: Exclude<State, 'waived'>;
  evidence: readonly Candidate[];
  site: Site;
  onPages(page: Page): boolean;
}

/** Whether a scenario is waived, on the pull request or by a registry entry that has not run out. */
export function isWaived(
  scenario: Scenario,
  options: { today: string; waived: ReadonlySet<string> },
  judged: Judged,
): boolean {
  if (options.waived.has(scenario.id)) return true;
  const { waive } = scenario;
  return waive !== null && isCurrent(waive, options.today) && coversPlaces(waive, scenario, judged);
}

/** `until` is inclusive; ISO dates compare as text. */
function isCurrent(waive: Waiver, today: string): boolean {
  return waive.until === null || today <= waive.until;
}

/** A waiver for some pages waives only what is judged on those pages. */
function coversPlaces(waive: Waiver, scenario: Scenario, judged: Judged): boolean {
  if (waive.pages.length === 0) return true;
  const inside = (page: Page) => matchesPages(page, waive.pages);
  if (judged.state !== 'missing') return judged.evidence.every((candidate) => inside(candidate.page));
  return scenario.pages.length > 0 && judged.site.pages.filter(judged.onPages).every(inside);
}
