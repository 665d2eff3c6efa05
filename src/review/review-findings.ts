import type { Candidate, ScenarioCoverage } from '../coverage/coverage.ts';
import type { Section } from '../docs/site/page.ts';
import type { SectionChange } from './compare/align-sections.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import { isSameSection } from './compare/section-changes.ts';
import type { Finding } from './findings/finding.ts';
import { pageFindings } from './findings/page-findings.ts';
import {
  conflictFindings,
  duplicateFindings,
  unneededWaiver,
  unsureLinkFindings,
} from './findings/section-findings.ts';
import type { ScenarioReview } from './review.ts';

/** What is said beside gaps, of nothing but what the pull request touched: none of it blocks. */
export function touchedFindings(judgement: Judgement, scenarios: readonly ScenarioReview[]): Finding[] {
  const { changes, content, after } = judgement;
  const concerns = (path: string) => content.has(path);
  const problems = changes.pages.flatMap((change) => (change.after ? after.site.read(change.after).problems : []));
  const ofSections = (before: ScenarioCoverage, now: ScenarioCoverage) => [
    ...duplicateFindings(now, isNewPair(before.duplicates, judgement)),
    ...conflictFindings(now, isNewPair(before.conflicts, judgement)),
    ...unsureLinkFindings(now, ({ url, evidence }) => concerns(evidence.path) && !wasUnsure(before, url)),
  ];
  const ofScenarios = scenarios.flatMap(({ before, after: now }) => [
    // What was settled for both sides stands on no page that changed.
    ...(before === now ? [] : ofSections(before, now)),
    ...waiverFindings(before, now, judgement),
  ]);
  return [...ofScenarios, ...pageFindings(after.site, problems, concerns)];
}

/** A pair that stood at the merge base already is not the pull request's doing, nor one of which it touched neither. */
function isNewPair(before: readonly [Candidate, Candidate][], { sections }: Judgement) {
  return (pair: readonly [Candidate, Candidate]): boolean => {
    const changes = pair.map((candidate) => sections.changeOf(candidate.section));
    if (changes.every((change) => change.kind === 'same')) return false;
    return !before.some((old) => old.every((candidate, i) => isFormer(candidate.section, changes[i] as SectionChange)));
  };
}

function wasUnsure(before: ScenarioCoverage, url: string): boolean {
  return before.unsureLinks.some((link) => link.url === url);
}

function isFormer(old: Section, { before }: SectionChange): boolean {
  return before !== null && isSameSection(old, before);
}

function waiverFindings(before: ScenarioCoverage, after: ScenarioCoverage, { options }: Judgement): Finding[] {
  if (after.state !== 'waived' || after.unwaived.state !== 'covered') return [];
  const isNews = options.waived.has(after.scenario.id) || before.unwaived.state !== 'covered';
  return isNews ? [unneededWaiver(after.scenario)] : [];
}
