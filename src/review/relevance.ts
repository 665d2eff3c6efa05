import type { ScenarioReview } from './review.ts';

/**
 * Whether a scenario is worth telling the author of: it blocks, it has a gap that the change introduced or touched, or
 * it is in another state than before.
 *
 * @param blocking ids of the scenarios that block
 */
export function isRelevant({ scenario, scope, change }: ScenarioReview, blocking: ReadonlySet<string>): boolean {
  return blocking.has(scenario.id) || scope === 'introduced' || scope === 'touched' || change !== 'unchanged';
}
