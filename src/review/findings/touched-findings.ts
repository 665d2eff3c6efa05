import type { Candidate, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Judgement } from '../compare/judge-pull-request.ts';
import { isSameSection } from '../compare/section-changes.ts';
import type { ScenarioReview } from '../review.ts';
import type { Finding } from './finding.ts';
import { type SectionDoubts, sectionFindings, unneededWaiver, unreadableFindings } from './page-findings.ts';

/** What is said beside gaps, of nothing but what the pull request touched: none of it blocks. */
export function touchedFindings(judgement: Judgement, scenarios: readonly ScenarioReview[]): Finding[] {
  const { changes, content, after } = judgement;
  const concerns = ({ path }: { path: string }) => content.has(path);
  const problems = changes.pages.flatMap((change) => (change.after ? after.site.read(change.after).problems : []));
  const ofScenarios = scenarios.flatMap(({ before, after: now }) => [
    // What was settled for both sides stands on no page that changed.
    ...(before === now ? [] : sectionFindings(newSince(before, now, judgement))),
    ...waiverFindings(before, now, judgement),
  ]);
  return [...ofScenarios, ...unreadableFindings(problems.filter(concerns), after.site.unsupported.filter(concerns))];
}

/** Those doubts about a scenario's sections that the pull request brought. */
function newSince(before: ScenarioCoverage, now: ScenarioCoverage, { sections, content }: Judgement): SectionDoubts {
  return {
    scenario: now.scenario,
    duplicates: now.duplicates.filter((pair) => isNewPair(pair, before.duplicates)),
    conflicts: now.conflicts.filter((pair) => isNewPair(pair, before.conflicts)),
    unsureLinks: now.unsureLinks.filter(
      ({ url, evidence }) => content.has(evidence.path) && before.unsureLinks.every((link) => link.url !== url),
    ),
  };

  /** A pair that stood at the merge base already is not the pull request's doing, nor one of which it touched neither. */
  function isNewPair(pair: readonly Candidate[], old: readonly Candidate[][]): boolean {
    const changed = pair.map(({ section }) => sections.changeOf(section));
    const isFormer = ({ section }: Candidate, i: number) => {
      const former = changed[i]?.before ?? null;
      return former !== null && isSameSection(section, former);
    };
    return changed.some(({ kind }) => kind !== 'same') && !old.some((each) => each.every(isFormer));
  }
}

function waiverFindings(before: ScenarioCoverage, after: ScenarioCoverage, { options }: Judgement): Finding[] {
  if (after.state !== 'waived' || after.unwaived.state !== 'covered') return [];
  const isNews = options.waived.has(after.scenario.id) || before.unwaived.state !== 'covered';
  return isNews ? [unneededWaiver(after.scenario)] : [];
}
