import type { Impact, Scenario } from '../../registry/registry.ts';
import { scrub } from '../../registry/scrub.ts';
import { LIST_ITEMS } from './limits.ts';
import { asSentence, capitalised, count } from './sentence.ts';

export interface WhyItMatters {
  /** "High gravity: 3 customers, in production, recurring." */
  gravity: string;
  audience: string | null;
  /** Customers' own words, scrubbed. */
  quotes: string[];
}

/** Whom a scenario hurts and how much, for the author who is asked to write about it. Not yet escaped. */
export function whyItMatters(scenario: Scenario, privateWords: readonly string[]): WhyItMatters {
  return {
    gravity: `${capitalised(scenario.gravity)} gravity${gravityReason(scenario)}`,
    audience: scenario.audience,
    quotes: scenario.quotes.slice(0, LIST_ITEMS).map((quote) => scrub(quote, privateWords)),
  };
}

function gravityReason({ impact, places }: Scenario): string {
  const given = Object.hasOwn(places, 'gravity');
  const known = impact === null ? [] : impactWords(impact);
  if (given)
    return known.length === 0 ? ', as the registry sets it.' : `, as the registry sets it (${known.join(', ')}).`;
  return known.length === 0 ? ': the registry gives no impact.' : `: ${asSentence(known.join(', '))}`;
}

function impactWords({ customers, environment, recurring }: Impact): string[] {
  return [
    ...(customers > 0 ? [count(customers, ['customer', 'customers'])] : []),
    ...(environment === null ? [] : [`in ${environment}`]),
    ...(recurring ? ['recurring'] : []),
  ];
}
