import type { Gap, ScenarioCoverage } from '../coverage/coverage.ts';
import { type Block, GRAVITIES, type Registry } from '../registry/registry.ts';
import { hadGap } from './compare/compare-coverage.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import type { Scope } from './compare/scope.ts';

const SCOPES: readonly Scope[] = ['introduced', 'touched', 'nearby', 'elsewhere'];
const REACH: Record<Block, number> = { off: 0, introduced: 1, touched: 2, nearby: 3, all: 4 };

/** Whether a gap of this scope can block at all. */
export function reaches(scope: Scope, { block }: Registry['settings']['gate']): boolean {
  return SCOPES.indexOf(scope) < REACH[block];
}

/**
 * Tells whether a gap keeps the pull request from passing; null stands for the lack of any section (`missing`).
 *
 * @param after the scenario whose gaps they are, at head
 */
export function gateFor(judgement: Judgement, after: ScenarioCoverage, scope: Scope): (gap: Gap | null) => boolean {
  const { gate } = judgement.registry.settings;
  const { id, gravity, gate: own } = after.scenario;
  const isFree = judgement.free || after.state === 'waived' || own === 'watch' || !reaches(scope, gate);
  if (isFree || GRAVITIES.indexOf(gravity) < GRAVITIES.indexOf(gate.from)) return () => false;
  // The base branch's tip may have mended the gap since: a stale branch is then not to blame for it.
  return (gap) => {
    const atTip = scope === 'introduced' ? undefined : judgement.tip()?.get(id);
    return atTip === undefined || hadGap(atTip, gap);
  };
}
