import { unitOfLabel } from '../../../coverage/reading.ts';
import { namesFailure } from '../../../registry/lint-symptom.ts';
import { causeTexts } from './failure-explanation.ts';
import type { FailureSection } from './failure-sections.ts';

/** A section that says why, and where the fix is, is worth most. */
const CAUSE = /\b(?:causes?|because|due to|caused by|happens when|occurs when|means)\b/i;

/** What each further section of the same page loses, so that one long table does not fill the list. */
const SAME_PAGE = 0.5;
const SAME_CODE = 4;

/** Sections that tell of failures, most telling first. */
export function rankFailures(failures: readonly FailureSection[], known: ReadonlySet<string>): FailureSection[] {
  const byWorth = failures.map((failure) => ({ failure, worth: worthOf(failure, known) }));
  byWorth.sort((a, b) => b.worth - a.worth);
  const pages = new Map<string, number>();
  const codes = new Map<string, number>();
  for (const each of byWorth) {
    const { page, name } = each.failure;
    each.worth -= SAME_PAGE * countUp(pages, page.path);
    each.worth -= SAME_CODE * Math.max(0, ...name.codes.map((code) => countUp(codes, code)));
  }
  // The sort is stable, so that equal ones stay in site order.
  return byWorth.sort((a, b) => b.worth - a.worth).map(({ failure }) => failure);
}

/** How often it was met before. */
function countUp(counts: Map<string, number>, key: string): number {
  const before = counts.get(key) ?? 0;
  counts.set(key, before + 1);
  return before;
}

function worthOf(failure: FailureSection, known: ReadonlySet<string>): number {
  const { section, row, name, among, label } = failure;
  const blocks = row ? [row.block] : unitOfLabel(section).blocks;
  const says = (worth: number, holds: boolean) => (holds ? worth : 0);
  return (
    says(
      5,
      name.codes.some((code) => known.has(code)),
    ) +
    says(3, name.isSure) +
    says(1, name.codes.length > 0) +
    says(3, among === 'page') +
    says(2, among === 'section') +
    says(3, causeTexts(failure).length > 0) +
    says(2, section.kind === 'details' || section.kind === 'accordion') +
    says(1, section.kind === 'heading') +
    says(
      2,
      blocks.some(({ kind, text }) => (kind === 'prose' || kind === 'label') && CAUSE.test(text)),
    ) +
    says(
      2,
      blocks.some(({ links }) => links.some(({ url }) => /^[/.]/.test(url))),
    ) +
    says(1, label.split(/\s+/).some(namesFailure))
  );
}
