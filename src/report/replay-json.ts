import type { CoveragePoint, Replay, ReplayedMerge, ReplayedScenario, StateCounts } from '../review/replay/replay.ts';
import type { Milliseconds } from '../review/review.ts';
import { findingFields, millisecondFields, VERSION, written } from './json.ts';

/** The whole replay as versioned JSON, written out field by field as in `json.ts`. */
export function renderReplayJson(replay: Replay, milliseconds: Milliseconds): string {
  const { range, registry, gate, totals } = replay;
  return written({
    version: VERSION,
    kind: 'replay',
    range: { from: range.from, to: range.to },
    registry: { source: registry.source, commit: registry.commit },
    gate: { block: gate.block, from: gate.from },
    totals: {
      merges: totals.merges,
      judged: totals.judged,
      notJudged: totals.notJudged,
      quiet: totals.quiet,
      commented: totals.commented,
      failed: totals.failed,
      findings: totals.findings,
      byKind: totals.byKind,
    },
    merges: replay.merges.map(mergeFields),
    scenarios: replay.scenarios.map(scenarioFields),
    coverage: replay.coverage.map(pointFields),
    milliseconds: millisecondFields(milliseconds),
  });
}

function mergeFields(merge: ReplayedMerge) {
  const { commit, parent, head, date, title, pullRequest, verdict, reason, commented, changedPages, blocking } = merge;
  return {
    commit,
    parent,
    head,
    date,
    title,
    pullRequest,
    verdict,
    reason,
    commented,
    changedPages,
    blocking,
    findings: merge.findings.map(findingFields),
    changes: merge.changes.map(({ id, change, before, after }) => ({ id, change, before, after })),
  };
}

function scenarioFields(scenario: ReplayedScenario): ReplayedScenario {
  const { id, title, gravity, findings, blocked, worsened, improved, firstState, lastState } = scenario;
  return { id, title, gravity, findings, blocked, worsened, improved, firstState, lastState };
}

function pointFields({ commit, date, counts, byGravity }: CoveragePoint): CoveragePoint {
  const { high, medium, low } = byGravity;
  const gravities = { high: stateFields(high), medium: stateFields(medium), low: stateFields(low) };
  return { commit, date, counts: stateFields(counts), byGravity: gravities };
}

function stateFields({ covered, partial, missing, waived }: StateCounts): StateCounts {
  return { covered, partial, missing, waived };
}
