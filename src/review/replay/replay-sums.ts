import type { Coverage, State } from '../../coverage/coverage.ts';
import type { Gravity, Scenario } from '../../registry/registry.ts';
import type { CoveragePoint, Replay, ReplayedMerge, ReplayedScenario, ReplayTotals, StateCounts } from './replay.ts';

/** What all merges of a replay come to, by scenario and in all. */
export function sumUp(
  scenarios: readonly Scenario[],
  merges: readonly ReplayedMerge[],
  coverage: { first: Coverage | null; last: Coverage | null },
): Pick<Replay, 'scenarios' | 'totals'> {
  return { scenarios: sumScenarios(scenarios, merges, coverage), totals: sumMerges(merges) };
}

/** One point of the curve. */
export function countCoverage(
  coverage: Coverage,
  { commit, date }: Pick<ReplayedMerge, 'commit' | 'date'>,
): CoveragePoint {
  const counts = noStates();
  const byGravity: Record<Gravity, StateCounts> = { high: noStates(), medium: noStates(), low: noStates() };
  for (const { state, scenario } of coverage.values()) {
    counts[state] += 1;
    byGravity[scenario.gravity][state] += 1;
  }
  return { commit, date, counts, byGravity };
}

const noStates = (): Record<State, number> => ({ covered: 0, partial: 0, missing: 0, waived: 0 });

function sumMerges(merges: readonly ReplayedMerge[]): ReplayTotals {
  const totals: ReplayTotals = {
    ...{ merges: merges.length, judged: 0, notJudged: 0, quiet: 0, commented: 0, failed: 0, findings: 0, byKind: {} },
  };
  for (const { verdict, commented, findings } of merges) {
    totals[verdict === 'not-judged' ? 'notJudged' : 'judged'] += 1;
    if (verdict === 'fail') totals.failed += 1;
    else if (verdict === 'pass') totals[commented ? 'commented' : 'quiet'] += 1;
    totals.findings += findings.length;
    for (const { kind } of findings) totals.byKind[kind] = (totals.byKind[kind] ?? 0) + 1;
  }
  return totals;
}

function sumScenarios(
  scenarios: readonly Scenario[],
  merges: readonly ReplayedMerge[],
  { first, last }: { first: Coverage | null; last: Coverage | null },
): ReplayedScenario[] {
  const sums = new Map<string, ReplayedScenario>();
  for (const { id, title, gravity } of scenarios) {
    const states = { firstState: first?.get(id)?.state ?? null, lastState: last?.get(id)?.state ?? null };
    sums.set(id, { id, title, gravity, findings: 0, blocked: 0, worsened: 0, improved: 0, ...states });
  }
  for (const { findings, changes } of merges) {
    for (const { scenario } of findings) add(sums, scenario, 'findings');
    const blocking = findings.flatMap((finding) => (finding.blocking ? [finding.scenario] : []));
    for (const id of new Set(blocking)) add(sums, id, 'blocked');
    for (const { id, change } of changes) add(sums, id, change);
  }
  return [...sums.values()].sort((a, b) => b.blocked - a.blocked || b.findings - a.findings || noise(b) - noise(a));
}

function add(
  sums: ReadonlyMap<string, ReplayedScenario>,
  id: string | null,
  field: 'findings' | 'blocked' | 'worsened' | 'improved',
): void {
  const sum = sums.get(id ?? '');
  if (sum) sum[field] += 1;
}

const noise = ({ worsened, improved }: ReplayedScenario): number => worsened + improved;
