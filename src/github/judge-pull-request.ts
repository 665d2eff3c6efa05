import { askedBlocks } from '../report/comment/asked-blocks.ts';
import { type CheckRun, renderCheckRun } from '../report/comment/check-run.ts';
import { renderComment } from '../report/comment/comment.ts';
import { isWorthComment } from '../report/words/story.ts';
import type { Verdict } from '../review/review.ts';
import { type ReviewInput, reviewDocs } from '../review/review-docs.ts';
import { answerRequests } from './answer-requests.ts';
import type { Conversation } from './conversation.ts';
import { changedPaths } from './load-snapshots.ts';
import { type Occasion, today } from './occasion.ts';
import { mayWrite } from './permissions.ts';
import { type CommentDraft, ownComments } from './publish-comment.ts';
import type { PullRequest } from './pull-request.ts';
import { fromBase, type PullRequestReading } from './read-pull-request.ts';
import { withImpact } from './registry-impact.ts';
import { type Requests, readRequests } from './requests.ts';

/** A pull request with its verdict, and what there is to say of it. */
export interface JudgedPullRequest {
  pull: PullRequest;
  verdict: Verdict;
  conversation: Conversation;
  /** Where people read more. */
  detailsUrl: string;
  draft: CommentDraft;
  /** What the check run says, within so many bytes of summary and of text. */
  run(bytes: number): CheckRun;
}

/** Judges what was read of a pull request, by the registry of its base and what its conversation asks for. */
export async function judgePullRequest(
  pull: PullRequest,
  { snapshots, conversation, defaults }: PullRequestReading,
  occasion: Occasion,
): Promise<JudgedPullRequest> {
  const requests = await readRequests(conversation, (login) => mayWrite(login, pull.repo, occasion));
  const input: ReviewInput = {
    snapshots,
    registry: fromBase(defaults),
    today: today(occasion),
    waive: requests.waivers.map(({ id }) => id),
    direct: false,
    cache: occasion.memory,
  };
  const review = await withImpact(reviewDocs({ ...input, explain: requests.explain }), pull, input, occasion);
  const further = askedBlocks(answerRequests(requests, review));
  const about = { number: pull.number, branch: pull.head.ref, repoUrl: pull.repo.url, further };
  return {
    pull,
    verdict: review.verdict,
    conversation,
    detailsUrl: ownComments(conversation, occasion.github.app)[0]?.url ?? pull.url,
    draft: {
      body: renderComment(review, about),
      first: isAsked(requests) || (isWorthComment(review) && !conversation.isDraft) ? 'worth saying' : 'better unsaid',
    },
    run: (bytes) => renderCheckRun(review, { ...about, files: changedPaths(snapshots), bytes }),
  };
}

/** Whoever asks gets an answer, whatever there is to say. */
function isAsked({ explain, help }: Requests): boolean {
  return explain.length > 0 || help !== null;
}
