import type { Candidate, ScenarioCoverage } from '../../coverage/coverage.ts';
import { isTransparent } from '../../coverage/reading.ts';
import { type Section, withDescendants } from '../../docs/site/page.ts';
import { isWide, matchesPages } from '../../docs/site/page-globs.ts';
import type { Scenario } from '../../registry/registry.ts';
import { compareCoverage } from './compare-coverage.ts';
import { isSameSection, type SectionChanges } from './section-changes.ts';

/** How near a gap at head is to what the pull request did. */
export type Scope = 'introduced' | 'touched' | 'nearby' | 'elsewhere';

/** How near a scenario's gap at head is to what the pull request did; null where it has no gap. */
export function scopeOf(before: ScenarioCoverage, after: ScenarioCoverage, changes: SectionChanges): Scope | null {
  if (after.unwaived.state === 'covered') return null;
  // The same object for both sides means that no changed page names the scenario.
  if (before === after) return isByName(after, changes) ? 'nearby' : 'elsewhere';
  if (isIntroduced(before, after, changes)) return 'introduced';
  if (isEvidenceTouched(before, after, changes)) return 'touched';
  return isByName(after, changes) || isMentioned(before, after, changes) ? 'nearby' : 'elsewhere';
}

function isIntroduced(before: ScenarioCoverage, after: ScenarioCoverage, changes: SectionChanges): boolean {
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

/** True if the pull request changed, added or removed text of the evidence at head or at the merge base. */
function isEvidenceTouched(before: ScenarioCoverage, after: ScenarioCoverage, changes: SectionChanges): boolean {
  const isSame = (section: Section | null) => section !== null && changes.changeOf(section).kind === 'same';
  return !(
    evidenceSections(after).every(isSame) &&
    evidenceSections(before).every((section) => isSame(changes.successorOf(section)))
  );
}

/** The sections that a scenario's state rests on: those on its pages, and any section where none of these names it. */
function evidenceSections({ candidates }: ScenarioCoverage): Section[] {
  const naming = candidates.filter(({ level }) => level !== 'near');
  const onPages = naming.filter((candidate) => candidate.onPages);
  return (onPages.length > 0 ? onPages : naming).flatMap(sectionsOf);
}

/** What counts along with a section that names a failure: everything below a label that does, else its own prose. */
function sectionsOf({ section, trigger }: Candidate): Section[] {
  if (section.kind === 'row') return [section];
  if (trigger.where === 'label' || trigger.where === 'comment') return [...withDescendants(section)];
  return withProse(section);
}

/** List items and parts such as callouts and tabs are prose of the section that holds them. */
function withProse(section: Section): Section[] {
  const parts = section.children.filter((child) => child.kind === 'item' || isTransparent(child));
  return [section, ...parts.flatMap(withProse)];
}

/** A page that the scenario names says something else now. */
function isByName({ scenario }: ScenarioCoverage, changes: SectionChanges): boolean {
  const byName = scenario.pages.filter((glob) => !isWide(glob));
  const concerned = [...changes.changedPages()].filter((page) => byName.length > 0 && matchesPages(page, byName));
  return concerned.some((page) => changes.isReworded(page));
}

/** A page that names the failure says something else now, or running prose speaks of it anew. */
function isMentioned(before: ScenarioCoverage, after: ScenarioCoverage, changes: SectionChanges): boolean {
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
