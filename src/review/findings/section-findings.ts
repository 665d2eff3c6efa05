import type { Candidate, Evidence, Match, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Scenario } from '../../registry/registry.ts';
import type { Finding } from './finding.ts';
import { FINDING_KINDS, type FindingKind } from './finding.ts';
import { plainPhrase, quoted, sectionAt } from './wording.ts';

/** Whether a pair of sections is to be spoken of. */
export type ConcernsPair = (pair: readonly [Candidate, Candidate]) => boolean;

/** Sections of one page that document the same failure twice, placed at the second. */
export function duplicateFindings(coverage: ScenarioCoverage, concerns: ConcernsPair): Finding[] {
  return coverage.duplicates.filter(concerns).map(([first, second]) => {
    const message = `${quoted(second.evidence.label)} documents the same failure as ${sectionAt(first.evidence)}.`;
    const { advice } = FINDING_KINDS['duplicate-section'];
    return sectionFinding('duplicate-section', coverage.scenario, second.evidence, message, advice);
  });
}

/** Sections that say what the registry rules out while another documents the failure, placed at the words. */
export function conflictFindings(coverage: ScenarioCoverage, concerns: ConcernsPair): Finding[] {
  return coverage.conflicts.filter(concerns).map(([documents, saying]) => {
    const words = saying.forbidden[0] as Match;
    const said = `“${plainPhrase(words.term)}”`;
    const message = `${quoted(saying.evidence.label)} says ${said}, but ${sectionAt(documents.evidence)} documents the failure.`;
    const { advice } = FINDING_KINDS['conflicting-sections'];
    return sectionFinding('conflicting-sections', coverage.scenario, words, message, advice);
  });
}

/** Links to the fix whose page exists but whose anchor could not be confirmed. */
export function unsureLinkFindings(
  coverage: ScenarioCoverage,
  concerns: (link: ScenarioCoverage['unsureLinks'][number]) => boolean,
): Finding[] {
  const seen = new Set<string>();
  return coverage.unsureLinks.flatMap((link) => {
    const { url, evidence } = link;
    if (seen.has(url) || !concerns(link)) return [];
    seen.add(url);
    const message = `The link to ${url} in ${sectionAt(evidence)} could not be confirmed.`;
    const advice = `Check that ${url} leads to the fix; a component there or a later build may make its target.`;
    return [sectionFinding('registry-warning', coverage.scenario, evidence, message, advice)];
  });
}

/** Tells that a waiver can go because its scenario is covered. */
export function unneededWaiver(scenario: Scenario): Finding {
  const place = scenario.places.waive ?? scenario.place;
  const message = `${scenario.title}: the docs cover it, so its waiver is no longer needed.`;
  return sectionFinding('waiver-unneeded', scenario, place, message, FINDING_KINDS['waiver-unneeded'].advice);
}

export function sectionFinding(
  kind: FindingKind,
  scenario: Scenario,
  { path, line }: Pick<Evidence, 'path' | 'line'>,
  message: string,
  advice: string,
): Finding {
  const { severity } = FINDING_KINDS[kind];
  return {
    kind,
    scenario: scenario.id,
    severity,
    blocking: false,
    path,
    line,
    endLine: line,
    column: null,
    message,
    advice,
  };
}
