import { renderSharedCheckRun, sharedBytes } from '../report/comment/shared-check-run.ts';
import { CHECK_BYTES } from '../report/words/limits.ts';
import type { Verdict } from '../review/review.ts';
import type { Answer } from './answer-check.ts';
import { externalIdOf } from './check-subjects.ts';
import { ReadFailure } from './failure.ts';
import { type JudgedPullRequest, judgePullRequest } from './judge-pull-request.ts';
import type { Occasion } from './occasion.ts';
import type { PullRequest } from './pull-request.ts';
import { readPullRequest } from './read-pull-request.ts';
import { Superseded, stopIfSuperseded } from './superseded.ts';

/** More of them could not all be named within a check run's bytes, and nobody is known to have so many. */
const MOST_TOGETHER = 8;

/**
 * Judges the other open pull requests with the same head. A required check follows the newest run on a commit, whichever
 * pull request that was made for, so each run has to answer for all of them.
 * @param siblings as far as they are known, in any order; those that are named again count once
 */
export async function judgeSiblings(
  pull: PullRequest,
  siblings: readonly PullRequest[],
  occasion: Occasion,
): Promise<JudgedPullRequest[]> {
  const others = new Map(siblings.map((sibling) => [sibling.number, sibling]));
  others.delete(pull.number);
  if (others.size >= MOST_TOGETHER)
    throw new ReadFailure(
      `${others.size + 1} open pull requests have this commit as their head, and Signpost judges at most ${MOST_TOGETHER} together`,
      false,
    );
  const judged: JudgedPullRequest[] = [];
  for (const sibling of [...others.values()].sort((a, b) => a.number - b.number)) {
    stopIfSuperseded(occasion);
    const each = await judgeSibling(sibling, occasion);
    if (each?.conversation.isOpen) judged.push(each);
  }
  return judged;
}

/** Null where it has another head or base by now: then its own event judges it, and makes a newer run. */
async function judgeSibling(sibling: PullRequest, occasion: Occasion): Promise<JudgedPullRequest | null> {
  try {
    return await judgePullRequest(sibling, await readPullRequest(sibling, occasion, 'alone'), occasion);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    stopIfSuperseded(occasion);
    return null;
  }
}

/** The worst first. */
const VERDICTS: readonly Verdict[] = ['fail', 'not-judged', 'pass'];

/** One answer for all pull requests of a head. One that was closed meanwhile holds up no other. */
export function answerTogether(own: JudgedPullRequest, others: readonly JudgedPullRequest[]): Answer {
  const counted = own.conversation.isOpen || others.length === 0 ? [own, ...others] : others;
  const [worst = own] = counted.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const bytes = counted.length === 1 ? CHECK_BYTES : sharedBytes(counted.length);
  const parts = counted.map(({ pull, run }) => ({ ...pull, base: pull.base.ref, run: run(bytes) }));
  return {
    verdict: worst.verdict,
    run: parts.length === 1 ? parts[0]!.run : renderSharedCheckRun(parts),
    detailsUrl: worst.detailsUrl,
    externalId: externalIdOf(counted.map(({ pull }) => pull.number)),
  };
}
