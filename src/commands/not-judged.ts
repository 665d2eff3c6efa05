import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import { GitFailure } from '../local-git/git.ts';
import type { Audit, Review } from '../review/review.ts';
import type { CommonValues, Outcome } from './command.ts';

/** Whoever reads JSON gets JSON also where git could not answer; in other formats the failure goes on. */
export async function orNotJudged(
  { format }: CommonValues,
  work: () => Promise<Outcome>,
  tell: (reason: string) => Outcome['text'],
): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitFailure) || format !== 'json') throw error;
    return { text: tell(`${error.message} ${error.advice}`), exitCode: 2 };
  }
}

const NOTHING = {
  registry: { source: '', commit: null },
  settings: { docs: [], private: [], preview: null, gate: { block: 'introduced', from: 'low' } },
  synonyms: SYNONYMS_VERSION,
  verdict: 'not-judged',
  scenarios: [],
  findings: [],
  counts: { covered: 0, partial: 0, missing: 0, waived: 0, pages: 0, changedPages: 0, parsedPages: 0 },
} satisfies Partial<Review>;

/** @param revisions as they were typed where git does not know them */
export function unjudgedReview(revisions: { base: string; head: string }, reason: string): Review {
  return { ...NOTHING, ...revisions, mergeBase: null, reason, preview: null, explanations: [] };
}

export function unjudgedAudit(rev: string, reason: string): Audit {
  return { ...NOTHING, roots: [], rev, reason };
}
