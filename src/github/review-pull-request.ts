import { type Answer, answerCheck, failed, type Outcome } from './answer-check.ts';
import { externalIdOf } from './check-subjects.ts';
import { type JudgedPullRequest, judgePullRequest } from './judge-pull-request.ts';
import type { Occasion } from './occasion.ts';
import { publishComment } from './publish-comment.ts';
import type { PullRequest } from './pull-request.ts';
import { readPullRequest } from './read-pull-request.ts';
import { answerTogether, judgeSiblings } from './shared-head.ts';
import { stopIfSuperseded, TakenOver } from './superseded.ts';

/** How the review of a pull request ended. */
export interface PullRequestOutcome extends Outcome {
  /** Other open pull requests have the same head, so that its check run answers for them too. */
  isShared?: boolean;
}

/**
 * Judges a pull request and tells it: the comment first, then the check run's verdict. A crash between the two leaves a
 * run in progress, which the next sweep finds; the other way round nothing would tell that a comment is missing.
 * @param known other open pull requests with the same head, as far as the caller knows; GitHub may not name them all
 */
export async function reviewPullRequest(
  pull: PullRequest,
  occasion: Occasion,
  known: readonly PullRequest[] = [],
): Promise<PullRequestOutcome> {
  const externalId = externalIdOf([pull.number]);
  const about = [pull, ...known].map(({ number }) => number);
  const target = { repo: pull.repo, head: pull.head.sha, externalId, detailsUrl: pull.url, about };
  const given = await answerCheck(target, occasion, () => judge(pull, known, occasion));
  if ('outcome' in given) return given.outcome;
  const { verdict, untold, isShared } = given.answer;
  return { verdict, ...(untold ?? { failure: null }), ...(isShared ? { isShared } : {}) };
}

interface Told extends Answer {
  /** Why the comment does not say it: no reason to withhold the verdict. */
  untold: ReturnType<typeof failed> | null;
  isShared: boolean;
}

async function judge(pull: PullRequest, known: readonly PullRequest[], occasion: Occasion): Promise<Told> {
  const reading = await readPullRequest(pull, occasion);
  const judged = await judgePullRequest(pull, reading, occasion);
  stopIfSuperseded(occasion);
  const { detailsUrl, untold } = await tellComment(judged, occasion);
  const others = await judgeSiblings(pull, [...known, ...reading.siblings], occasion);
  return { ...answerTogether({ ...judged, detailsUrl }, others), untold, isShared: others.length > 0 };
}

async function tellComment(
  { pull, conversation, draft, detailsUrl }: JudgedPullRequest,
  occasion: Occasion,
): Promise<Pick<Told, 'untold'> & { detailsUrl: string }> {
  try {
    const published = await publishComment(pull, conversation, draft, occasion);
    return { detailsUrl: published?.url ?? pull.url, untold: null };
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    return { detailsUrl, untold: failed(error, occasion.now()) };
  }
}
