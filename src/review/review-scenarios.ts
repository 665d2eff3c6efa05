import type { NearMiss, ScenarioCoverage } from '../coverage/coverage.ts';
import { NearMisses } from '../coverage/near-misses.ts';
import { lintRegistry } from '../registry/lint-registry.ts';
import { mistakeFindings } from './check-registry.ts';
import { compareCoverage } from './compare/compare-coverage.ts';
import { continueEvidence } from './compare/continuity.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import { scopeOf } from './compare/scope.ts';
import type { Finding } from './findings/finding.ts';
import { gapFindings } from './findings/gap-findings.ts';
import { touchedFindings } from './findings/page-findings.ts';
import { gateFor, reaches } from './gate.ts';
import type { ScenarioReview } from './review.ts';
import type { Head } from './suggest/page-lines.ts';
import { proposePage, proposePhrase } from './suggest/propose-phrase.ts';
import { proposeSnippet } from './suggest/propose-snippet.ts';

const NEAR_MISSES = 3;

/** A pull request that concerns more missing scenarios than this gets near misses for the first ones alone. */
const MAX_SEARCHES = 50;

/**
 * Compares every scenario before and after. Gaps elsewhere are counted, but make no finding unless they block.
 *
 * @param helps whether text to paste and sections that come near are looked for
 * @returns every scenario's review, in registry order, with all findings about the docs
 */
export function reviewScenarios(
  judgement: Judgement,
  helps = true,
): { scenarios: ScenarioReview[]; findings: Finding[] } {
  const { site } = judgement.after;
  const near = new NearMisses(site, judgement.options.search.on(site));
  let searches = 0;
  const search = (after: ScenarioCoverage): NearMiss[] => {
    if (!helps || after.state !== 'missing' || searches === MAX_SEARCHES) return [];
    searches += 1;
    return near.of(after.scenario, NEAR_MISSES);
  };
  const reviewed = judgement.registry.scenarios.map(({ id }) => reviewScenario(id, judgement, search, helps));
  const scenarios = reviewed.map(({ review }) => review);
  const findings = [...reviewed.flatMap((each) => each.findings), ...touchedFindings(judgement, scenarios)];
  return { scenarios, findings };
}

function reviewScenario(
  id: string,
  judgement: Judgement,
  search: (after: ScenarioCoverage) => NearMiss[],
  helps: boolean,
): { review: ScenarioReview; findings: Finding[] } {
  const before = judgement.coverageBefore.get(id) as ScenarioCoverage;
  const judged = judgement.coverageAfter.get(id) as ScenarioCoverage;
  const continued = continueEvidence(before, judged, judgement);
  const after = continued?.coverage ?? judged;
  const scope = scopeOf(before, after, judgement.sections);
  const isSilent = scope === null || (scope === 'elsewhere' && !reaches(scope, judgement.registry.settings.gate));
  const gaps = isSilent ? [] : gapFindings(after, judgement.after.site, gateFor(judgement, after, scope));
  const said = scope === 'elsewhere' ? gaps.filter((finding) => finding.blocking) : gaps;
  const isSaid = said.length > 0;
  const nearMisses = isSaid ? search(after) : [];
  return {
    review: {
      scenario: after.scenario,
      scope,
      change: compareCoverage(before, after),
      continued: continued !== null,
      before,
      after,
      snippet: isSaid && helps ? proposeSnippet(after, nearMisses, headOf(judgement)) : null,
      nearMisses,
    },
    findings: [
      ...said,
      ...(isSaid ? expiredWaiver(judgement, judged) : []),
      ...(continued?.reworded ? [proposePhrase(after.scenario, continued.section)] : []),
      ...(continued?.offPages ? [proposePage(after.scenario, continued.section)] : []),
    ],
  };
}

/** A waiver that ran out explains why a gap is suddenly spoken of. */
function expiredWaiver({ registry, options }: Judgement, { scenario }: ScenarioCoverage): Finding[] {
  if (!scenario.waive?.until) return [];
  const mistakes = lintRegistry({ ...registry, scenarios: [scenario] }, options.today);
  const expired = mistakes.filter(({ kind }) => kind === 'waiver-expired');
  return mistakeFindings(expired, () => false);
}

/** The head as snippets are written for it. */
export function headOf({ after, blobs, options }: Judgement): Head {
  return { tree: after.tree, site: after.site, blobs, before: options.before };
}
