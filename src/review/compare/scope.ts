import type { Candidate, ScenarioCoverage } from '../../coverage/coverage.ts';
import { isWide, matchesPages } from '../../docs/site/page-globs.ts';
import type { Scenario } from '../../registry/registry.ts';
import { compareCoverage } from './compare-coverage.ts';
import { isEvidenceTouched } from './evidence-sections.ts';

import { isSameSection, type SectionChanges } from './section-changes.ts';

/** How near a gap at head is to what the pull request did. */
export type Scope = 'introduced' | 'touched' | 'nearby' | 'elsewhere';

/** What a scope is worked out from. */
export interface ScopeInput {
  before: ScenarioCoverage;
  after: ScenarioCoverage;
  changes: SectionChanges;
}

/** How near a scenario's gap at head is to what the pull request did; null where it has no gap. */
export function scopeOf(input: ScopeInput): Scope | null {
  if (input.after.unwaived.state === 'covered') return null;
  // What was settled for both sides is named on no page that changed.
  if (input.before === input.after) return isByName(input) ? 'nearby' : 'elsewhere';
  if (isIntroduced(input)) return 'introduced';
  if (isEvidenceTouched(input.before, input.after, input.changes)) return 'touched';
  return isNearby(input) ? 'nearby' : 'elsewhere';
}

function isIntroduced({ before, after, changes }: ScopeInput): boolean {
  if (compareCoverage(before, after) === 'worsened') return true;
  return after.candidates.some((candidate) => isNewAndIncomplete(candidate, after.scenario, changes));
}

/** A new section on the scenario's pages or, where it has none, a new label or row that names it incompletely. */
function isNewAndIncomplete(candidate: Candidate, scenario: Scenario, changes: SectionChanges): boolean {
  if (candidate.level === 'near' || candidate.gaps.length === 0 || !candidate.onPages) return false;
  const { where } = candidate.trigger;
  if (scenario.pages.length === 0 && where !== 'label' && where !== 'row' && where !== 'comment') return false;
  return changes.changeOf(candidate.section).kind === 'new';
}

/** A page that the scenario names says something else now. */
function isByName({ after, changes }: Pick<ScopeInput, 'after' | 'changes'>): boolean {
  const byName = after.scenario.pages.filter((glob) => !isWide(glob));
  return (
    byName.length > 0 &&
    [...changes.changedPages()].some((page) => matchesPages(page, byName) && changes.isReworded(page))
  );
}

function isNearby({ before, after, changes }: ScopeInput): boolean {
  if (isByName({ after, changes })) return true;
  const naming = [...before.candidates, ...after.candidates].filter((candidate) => candidate.level !== 'near');
  if (naming.some((candidate) => changes.isReworded(candidate.page))) return true;
  return after.candidates.some((candidate) => mentionsAnew(candidate, before, changes));
}

/** Running prose that speaks of the failure and did not before, as a changelog does. */
function mentionsAnew(candidate: Candidate, before: ScenarioCoverage, changes: SectionChanges): boolean {
  const change = changes.changeOf(candidate.section);
  if (change.kind === 'same') return false;
  const old = change.before;
  return old === null || !before.candidates.some(({ section }) => isSameSection(section, old));
}
