import { askedBlocks } from '../report/asked-blocks.ts';
import { renderCheckRun } from '../report/check-run.ts';
import { renderComment } from '../report/comment.ts';
import { isWorthComment } from '../report/story.ts';
import { type ReviewInput, reviewDocs } from '../review/review-docs.ts';
import { type Answer, answerCheck, failed, type Outcome } from './answer-check.ts';
import { answerRequests } from './answer-requests.ts';
import type { Conversation } from './conversation.ts';
import { changedPaths } from './load-snapshots.ts';
import { type Occasion, today } from './occasion.ts';
import { mayWrite } from './permissions.ts';
import { type CommentDraft, ownComments, publishComment } from './publish-comment.ts';
import type { PullRequest } from './pull-request.ts';
import { fromBase, readPullRequest } from './read-pull-request.ts';
import { withImpact } from './registry-impact.ts';
import { type Requests, readRequests } from './requests.ts';
import { stopIfSuperseded } from './superseded.ts';

/**
 * Judges a pull request and tells it: the comment first, then the check run's verdict. A crash between the two leaves a
 * run in progress, which the next sweep finds; the other way round nothing would tell that a comment is missing.
 */
export async function reviewPullRequest(pull: PullRequest, occasion: Occasion): Promise<Outcome> {
  const target = { repo: pull.repo, head: pull.head.sha, externalId: `pr:${pull.number}`, detailsUrl: pull.url };
  const given = await answerCheck(target, occasion, async () => {
    const judged = await judge(pull, occasion);
    stopIfSuperseded(occasion);
    return tellComment(pull, judged, occasion);
  });
  if ('outcome' in given) return given.outcome;
  const { verdict, untold } = given.answer;
  return { verdict, ...(untold ?? { failure: null }) };
}

interface Judged extends Answer {
  conversation: Conversation;
  draft: CommentDraft;
}

interface Told extends Answer {
  /** Why the comment does not say it: no reason to withhold the verdict. */
  untold: ReturnType<typeof failed> | null;
}

async function tellComment(pull: PullRequest, judged: Judged, occasion: Occasion): Promise<Told> {
  const { conversation, draft, ...answer } = judged;
  try {
    const published = await publishComment(pull, conversation, draft, occasion);
    return { ...answer, detailsUrl: published?.url ?? null, untold: null };
  } catch (error) {
    return { ...answer, untold: failed(error, occasion.now()) };
  }
}

async function judge(pull: PullRequest, occasion: Occasion): Promise<Judged> {
  const { snapshots, conversation, defaults } = await readPullRequest(pull, occasion);
  const requests = await readRequests(conversation, (login) => mayWrite(login, pull.repo, occasion));
  const input: ReviewInput = {
    snapshots,
    registry: fromBase(defaults),
    today: today(occasion),
    waive: requests.waivers.map(({ id }) => id),
    direct: false,
    cache: occasion.memory.facts,
  };
  const review = await withImpact(reviewDocs(input), pull, input, occasion);
  const further = askedBlocks(answerRequests(requests, review));
  const about = { number: pull.number, branch: pull.head.ref, repoUrl: pull.repo.url, further };
  return {
    verdict: review.verdict,
    run: renderCheckRun(review, { ...about, files: changedPaths(snapshots) }),
    detailsUrl: ownComments(conversation, occasion.github.app)[0]?.url ?? null,
    conversation,
    draft: {
      body: renderComment(review, about),
      first: isAsked(requests) || (isWorthComment(review) && !conversation.isDraft) ? 'worth saying' : 'better unsaid',
    },
  };
}

/** Whoever asks gets an answer, whatever there is to say. */
function isAsked({ explain, help }: Requests): boolean {
  return explain.length > 0 || help !== null;
}
