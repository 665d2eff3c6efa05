import type { Section } from '../docs/site/page.ts';
import type { Candidate } from './coverage.ts';

/**
 * Pairs of visible sections of one page that both document a scenario by their own label, neither inside the other,
 * neither a row nor in sibling tabs.
 */
export function findDuplicates(candidates: readonly Candidate[]): [Candidate, Candidate][] {
  const titled = candidates.filter(
    (candidate) => candidate.level === 'documents' && !candidate.hidden && !candidate.through && isOwnLabel(candidate),
  );
  const pairs: [Candidate, Candidate][] = [];
  for (const [i, second] of titled.entries()) {
    const first = titled
      .slice(0, i)
      .find((other) => other.page === second.page && areApart(other.section, second.section));
    if (first) pairs.push(inReadingOrder(first, second));
  }
  return pairs;
}

function isOwnLabel(candidate: Candidate): boolean {
  return candidate.trigger.where === 'label' && candidate.section.kind !== 'row';
}

function inReadingOrder(a: Candidate, b: Candidate): [Candidate, Candidate] {
  return a.section.index < b.section.index ? [a, b] : [b, a];
}

function areApart(a: Section, b: Section): boolean {
  return !isInside(a, b) && !isInside(b, a) && !areInSiblingTabs(a, b);
}

function isInside(inner: Section, outer: Section): boolean {
  return ancestors(inner).includes(outer);
}

function ancestors(section: Section): Section[] {
  const found: Section[] = [];
  for (let at: Section | null = section; at; at = at.parent) found.push(at);
  return found;
}

function areInSiblingTabs(a: Section, b: Section): boolean {
  const tabs = ancestors(a).filter((section) => section.kind === 'tab');
  return ancestors(b).some(
    (other) => other.kind === 'tab' && tabs.some((tab) => tab !== other && tab.parent === other.parent),
  );
}

/** A section that documents a scenario beside one on its pages that names it and says what must not be said. */
export function findConflicts(candidates: readonly Candidate[]): [Candidate, Candidate][] {
  const documents = candidates.find((candidate) => candidate.level === 'documents' && candidate.forbidden.length === 0);
  if (!documents) return [];
  const saying = candidates.filter(
    (candidate) => candidate.onPages && candidate.level !== 'near' && candidate.forbidden.length > 0,
  );
  return saying.map((candidate) => [documents, candidate]);
}
