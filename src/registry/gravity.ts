import type { Gravity, Impact } from './registry.ts';

/**
 * How much a failure hurts, from what is known of its impact: high with three or more customers, or in
 * production and recurring; medium with two customers, or in production, or recurring; else low.
 */
export function gravityOf(impact: Impact | null): Gravity {
  if (!impact) return 'low';
  const production = impact.environment?.toLowerCase() === 'production';
  if (impact.customers >= 3 || (production && impact.recurring)) return 'high';
  if (impact.customers === 2 || production || impact.recurring) return 'medium';
  return 'low';
}
