import type { Candidate, Match, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Content } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import type { Judgement } from '../compare/judge-pull-request.ts';
import { isSameSection } from '../compare/section-changes.ts';
import { type Finding, findingAt } from './finding.ts';
import { plainPhrase, quoted, sectionAt } from './wording.ts';

/**
 * The findings beside gaps, of nothing but what the pull request touched. None of them blocks.
 *
 * @param scenarios how each stood at the merge base and stands at head
 */
export function touchedFindings(
  judgement: Judgement,
  scenarios: readonly Record<'before' | 'after', ScenarioCoverage>[],
): Finding[] {
  const { changes, content, after } = judgement;
  const concerns = ({ path }: { path: string }) => content.has(path);
  const problems = changes.pages.flatMap((change) => (change.after ? after.site.read(change.after).problems : []));
  const ofScenarios = scenarios.flatMap(({ before, after: now }) => [
    // The same object for both sides means that no changed page names the scenario.
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

  /** A pair is new if the pull request touched one of the two, and they were no pair at the merge base. */
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

/** What is doubtful about a scenario's sections, whatever its state. */
type SectionDoubts = Pick<ScenarioCoverage, 'scenario' | 'duplicates' | 'conflicts' | 'unsureLinks'>;

/** Findings about a scenario's sections beside its gaps. None of them blocks. */
export function sectionFindings({ scenario, duplicates, conflicts, unsureLinks }: SectionDoubts): Finding[] {
  const links = unsureLinks.filter(({ url }, at) => unsureLinks.findIndex((other) => other.url === url) === at);
  return [
    ...duplicates.map(([first, second]) => {
      const message = `${quoted(second.evidence.label)} documents the same failure as ${sectionAt(first.evidence)}.`;
      return findingAt('duplicate-section', scenario, second.evidence, message);
    }),
    ...conflicts.map(([documents, saying]) => {
      const words = saying.forbidden[0] as Match;
      const said = `“${plainPhrase(words.term)}”`;
      const message = `${quoted(saying.evidence.label)} says ${said}, but ${sectionAt(documents.evidence)} documents the failure.`;
      return findingAt('conflicting-sections', scenario, words, message);
    }),
    ...links.map(({ url, evidence }) => {
      const message = `The link to ${url} in ${sectionAt(evidence)} could not be confirmed.`;
      const advice = `Check that ${url} leads to the fix; a component there or a later build may make its target.`;
      return findingAt('registry-warning', scenario, evidence, message, advice);
    }),
  ];
}

/** Tells that a waiver can go because its scenario is covered. */
export function unneededWaiver(scenario: Scenario): Finding {
  const place = scenario.places.waive ?? scenario.place;
  const message = `${scenario.title}: the docs cover it, so its waiver is no longer needed.`;
  return findingAt('waiver-unneeded', scenario, place, message);
}

/**
 * What cannot be read: syntax errors of pages and partials, one finding for each file however many pages show it, and
 * files under a docs root that are no pages.
 */
export function unreadableFindings(problems: Content['problems'], unsupported: Site['unsupported']): Finding[] {
  const first = problems.filter(({ path }, at) => problems.findIndex((other) => other.path === path) === at);
  return [
    ...first.map(({ path, line, column, message }) => ({
      ...findingAt('unparsable-page', null, { path, line }, `${path} was read as plain Markdown: ${message}`),
      column,
    })),
    ...unsupported.map(({ path, reason }) =>
      findingAt('unsupported-file', null, { path, line: 1 }, `${path} was not read as a page: ${reason}.`),
    ),
  ];
}
