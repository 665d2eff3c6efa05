import type { Candidate, ScenarioCoverage } from '../../coverage/coverage.ts';
import { isTransparent } from '../../coverage/reading.ts';
import { type Section, withDescendants } from '../../docs/site/page.ts';
import type { SectionChanges } from './section-changes.ts';

/** The sections that a scenario's state rests on: those on its pages, and any section where none of these names it. */
export function evidenceCandidates(coverage: ScenarioCoverage): Candidate[] {
  const naming = coverage.candidates.filter((candidate) => candidate.level !== 'near');
  const onPages = naming.filter((candidate) => candidate.onPages);
  return onPages.length > 0 ? onPages : naming;
}

/** What counts along with a section that names a failure: everything below a label that does, else its own prose. */
export function sectionsOf(candidate: Candidate): Section[] {
  const { section, trigger } = candidate;
  if (section.kind === 'row') return [section];
  if (trigger.where === 'label' || trigger.where === 'comment') return [...withDescendants(section)];
  return [...withProse(section)];
}

/** List items and parts such as callouts and tabs are prose of the section that holds them. */
function* withProse(section: Section): Generator<Section> {
  yield section;
  for (const child of section.children) if (child.kind === 'item' || isTransparent(child)) yield* withProse(child);
}

/** True if the pull request changed, added or removed text of the evidence at head or at the merge base. */
export function isEvidenceTouched(before: ScenarioCoverage, after: ScenarioCoverage, changes: SectionChanges): boolean {
  const atHead = evidenceCandidates(after).some((candidate) =>
    sectionsOf(candidate).some((section) => changes.changeOf(section).kind !== 'same'),
  );
  return atHead || evidenceCandidates(before).some((candidate) => sectionsOf(candidate).some(isGoneOrReworded));

  function isGoneOrReworded(section: Section): boolean {
    const successor = changes.successorOf(section);
    return successor === null || changes.changeOf(successor).kind !== 'same';
  }
}
