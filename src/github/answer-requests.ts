import { suggest } from '../registry/suggest.ts';
import type { Asked } from '../report/comment/asked-blocks.ts';
import type { Review } from '../review/review.ts';
import type { Requests } from './requests.ts';

/** What a review answers to requests: waivers that hold, explanations, and ids that its registry has not. */
export function answerRequests({ waivers, explain, help }: Requests, { scenarios, explanations }: Review): Asked {
  const ids = scenarios.map(({ scenario }) => scenario.id);
  const known = new Set(ids);
  const asked = new Set([...waivers.map(({ id }) => id), ...explain]);
  return {
    waivers: waivers.filter(({ id }) => known.has(id)),
    explanations,
    unknown: [...asked].filter((id) => !known.has(id)).map((id) => ({ id, near: suggest(id, ids) })),
    help,
  };
}
