import type { State } from '../../coverage/coverage.ts';
import { GRAVITIES } from '../../registry/registry.ts';
import type { Audit } from '../../review/review.ts';

const RANK: readonly State[] = ['missing', 'partial', 'waived', 'covered'];

/** An audit's scenarios: gaps before the rest, the gravest first; then by state. */
export function gravestFirst({ scenarios }: Audit): Audit['scenarios'] {
  return scenarios.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ coverage: { scenario, state } }: Audit['scenarios'][number]): number {
  const gap = state === 'missing' || state === 'partial' ? 0 : 100;
  return gap + (GRAVITIES.length - GRAVITIES.indexOf(scenario.gravity)) * 10 + RANK.indexOf(state);
}
