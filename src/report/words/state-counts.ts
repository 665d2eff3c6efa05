import type { State } from '../../coverage/coverage.ts';
import type { StateCounts } from '../../review/replay/replay.ts';

/** In the order in which tables and charts show them. */
export const STATES = ['covered', 'partial', 'missing', 'waived'] as const satisfies readonly State[];

/** Whether a scenario in this state has a gap that somebody should close. */
export function isOpen(state: State | null): boolean {
  return state === 'missing' || state === 'partial';
}

/** How many of the states there are of each. */
export function countStates(states: Iterable<State>): StateCounts {
  const counts = { covered: 0, partial: 0, missing: 0, waived: 0 };
  for (const state of states) counts[state] += 1;
  return counts;
}

/** How many scenarios must be covered: all but the waived ones. */
export function required({ covered, partial, missing }: Omit<StateCounts, 'waived'>): number {
  return covered + partial + missing;
}

/** The share of the required scenarios that is covered, rounded down so that 100 means all; null for none required. */
export function percentCovered(counts: StateCounts): number | null {
  const all = required(counts);
  return all === 0 ? null : Math.floor((counts.covered * 100) / all);
}
