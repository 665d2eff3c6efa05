import type { Match, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Content } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import { type Finding, findingAt } from './finding.ts';
import { plainPhrase, quoted, sectionAt } from './wording.ts';

/** What is doubtful about a scenario's sections, whatever its state. */
export type SectionDoubts = Pick<ScenarioCoverage, 'scenario' | 'duplicates' | 'conflicts' | 'unsureLinks'>;

/** What is said of a scenario's sections beside its gaps; none of it blocks. */
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
