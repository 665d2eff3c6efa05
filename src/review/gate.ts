import type { Gap, ScenarioCoverage } from '../coverage/coverage.ts';
import { type Block, GRAVITIES, type Registry } from '../registry/registry.ts';
import { hadGap } from './compare/compare-coverage.ts';
import type { Scope } from './compare/scope.ts';

const SCOPES: readonly Scope[] = ['introduced', 'touched', 'nearby', 'elsewhere'];
const REACH: Record<Block, number> = { off: 0, introduced: 1, touched: 2, nearby: 3, all: 4 };

/** What decides whether a gap blocks, the same for every gap of a scenario. */
export interface GateQuestion {
  after: ScenarioCoverage;
  scope: Scope;
  gate: Registry['settings']['gate'];
  /** The scenario at the base branch's tip, where that is not the merge base: a stale branch is not to blame. */
  tip: ScenarioCoverage | null;
}

/**
 * Whether a gap keeps the pull request from passing.
 *
 * @param gap null stands for the lack of any section (`missing`)
 */
export function blocks(gap: Gap | null, { after, scope, gate, tip }: GateQuestion): boolean {
  const { scenario } = after;
  if (after.state === 'waived' || scenario.gate === 'watch') return false;
  if (GRAVITIES.indexOf(scenario.gravity) < GRAVITIES.indexOf(gate.from)) return false;
  if (!reaches(scope, gate)) return false;
  return scope === 'introduced' || tip === null || hadGap(tip, gap);
}

/** Whether a gap of this scope can block at all. */
export function reaches(scope: Scope, { block }: GateQuestion['gate']): boolean {
  return SCOPES.indexOf(scope) < REACH[block];
}
