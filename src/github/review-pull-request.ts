import { renderSharedCheckRun, sharedBytes } from '../report/comment/check-run.ts';
import { CHECK_BYTES } from '../report/words/limits.ts';
import type { Verdict } from '../review/review.ts';
import { type Answer, answerCheck, failed, type Outcome } from './answer-check.ts';
import { externalIdOf } from './check-runs.ts';
import { ReadFailure } from './failure.ts';
import { type GitHubContext, Superseded, stopIfSuperseded, TakenOver } from './github-context.ts';
import { type PreparedAnswer, prepareAnswer } from './prepare-answer.ts';
import { publishComment } from './publish-comment.ts';
import type { PullRequest } from './pull-request.ts';
import { readPullRequest } from './read-pull-request.ts';

/** How the review of a pull request ended. */
interface PullRequestOutcome extends Outcome {
  /** Other open pull requests have the same head, so that its check run answers for them too. */
  isShared?: boolean;
}

/**
 * Judges a pull request and publishes the comment first, then the check run's verdict. A crash between the two leaves a
 * run in progress, which the next sweep finds; in the other order nothing would show that the comment is missing.
 * @param known other open pull requests with the same head, as far as the caller knows; GitHub may not name them all
 */
export async function reviewPullRequest(
  pull: PullRequest,
  context: GitHubContext,
  known: readonly PullRequest[] = [],
): Promise<PullRequestOutcome> {
  const externalId = externalIdOf([pull.number]);
  const about = [pull, ...known].map(({ number }) => number);
  const target = { repo: pull.repo, head: pull.head.sha, externalId, detailsUrl: pull.url, about };
  const ended = await answerCheck(target, context, () => judge(pull, known, context));
  if ('outcome' in ended) return ended.outcome;
  const { verdict, commentFailure, isShared } = ended.answer;
  return { verdict, ...(commentFailure ?? { failure: null }), ...(isShared ? { isShared } : {}) };
}

interface PullRequestAnswer extends Answer {
  /** Why the comment could not be published, which is no reason to withhold the verdict. */
  commentFailure: ReturnType<typeof failed> | null;
  isShared: boolean;
}

async function judge(
  pull: PullRequest,
  known: readonly PullRequest[],
  context: GitHubContext,
): Promise<PullRequestAnswer> {
  const reading = await readPullRequest(pull, context);
  const judged = await prepareAnswer(pull, reading, context);
  stopIfSuperseded(context);
  const { detailsUrl, commentFailure } = await tellComment(judged, context);
  const others = await judgeSiblings(pull, [...known, ...reading.siblings], context);
  return { ...answerTogether({ ...judged, detailsUrl }, others), commentFailure, isShared: others.length > 0 };
}

async function tellComment(
  { pull, conversation, draft, detailsUrl }: PreparedAnswer,
  context: GitHubContext,
): Promise<Pick<PullRequestAnswer, 'commentFailure'> & { detailsUrl: string }> {
  try {
    const published = await publishComment(pull, conversation, draft, context);
    return { detailsUrl: published?.url ?? pull.url, commentFailure: null };
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    return { detailsUrl, commentFailure: failed(error, context.now()) };
  }
}

/** A check run has no room to name more. */
const MOST_TOGETHER = 8;

/**
 * Judges the other open pull requests with the same head. A required check follows the newest run on a commit, whichever
 * pull request that was made for, so each run has to answer for all of them.
 * @param siblings as far as they are known, in any order; those that are named again count once
 */
async function judgeSiblings(
  pull: PullRequest,
  siblings: readonly PullRequest[],
  context: GitHubContext,
): Promise<PreparedAnswer[]> {
  const others = new Map(siblings.map((sibling) => [sibling.number, sibling]));
  others.delete(pull.number);
  if (others.size >= MOST_TOGETHER)
    throw new ReadFailure(
      `${others.size + 1} open pull requests have this commit as their head, and Signpost judges at most ${MOST_TOGETHER} together`,
      false,
    );
  const judged: PreparedAnswer[] = [];
  for (const sibling of [...others.values()].sort((a, b) => a.number - b.number)) {
    stopIfSuperseded(context);
    const each = await judgeSibling(sibling, context);
    if (each?.conversation.isOpen) judged.push(each);
  }
  return judged;
}

/** Null where it has another head or base by now: then a job of its own judges it, and makes a newer run. */
async function judgeSibling(sibling: PullRequest, context: GitHubContext): Promise<PreparedAnswer | null> {
  try {
    return await prepareAnswer(sibling, await readPullRequest(sibling, context, 'alone'), context);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    stopIfSuperseded(context);
    return null;
  }
}

/** The worst first. */
const VERDICTS: readonly Verdict[] = ['fail', 'not-judged', 'pass'];

/** One answer for all pull requests of a head. One that was closed meanwhile holds up no other. */
function answerTogether(own: PreparedAnswer, others: readonly PreparedAnswer[]): Answer {
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
