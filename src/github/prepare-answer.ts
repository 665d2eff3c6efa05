import { askedBlocks } from '../report/comment/asked-blocks.ts';
import { type CheckRun, renderCheckRun } from '../report/comment/check-run.ts';
import { renderComment } from '../report/comment/comment.ts';
import { isWorthComment } from '../report/words/story.ts';
import type { Verdict } from '../review/review.ts';
import { type ReviewInput, reviewDocs } from '../review/review-docs.ts';
import type { Conversation } from './conversation.ts';
import { type GitHubContext, today } from './github-context.ts';
import { changedPaths } from './load-snapshots.ts';
import { mayWrite } from './permissions.ts';
import { type CommentDraft, ownComments } from './publish-comment.ts';
import type { PullRequest } from './pull-request.ts';
import { fromBase, type PullRequestReading } from './read-pull-request.ts';
import { withImpact } from './registry-impact.ts';
import { answerRequests, readRequests } from './requests.ts';

/** A pull request with its verdict, and what there is to say of it. */
export interface PreparedAnswer {
  pull: PullRequest;
  verdict: Verdict;
  conversation: Conversation;
  /** Where people read more. */
  detailsUrl: string;
  draft: CommentDraft;
  /** Renders the check run. @param bytes that its summary, and its text, may take */
  run(bytes: number): CheckRun;
}

/** Judges what was read of a pull request, by the registry of its base and what its conversation asks for. */
export async function prepareAnswer(
  pull: PullRequest,
  { snapshots, conversation, defaults }: PullRequestReading,
  context: GitHubContext,
): Promise<PreparedAnswer> {
  const requests = await readRequests(conversation, (login) => mayWrite(login, pull.repo, context));
  const input: ReviewInput = {
    snapshots,
    registry: fromBase(defaults),
    today: today(context),
    waive: requests.waivers.map(({ id }) => id),
    direct: false,
    cache: context.memory,
  };
  const review = await withImpact(reviewDocs({ ...input, explain: requests.explain }), pull, input, context);
  const further = askedBlocks(answerRequests(requests, review));
  const about = { number: pull.number, branch: pull.head.ref, repoUrl: pull.repo.url, further };
  // Somebody who asked for something gets an answer, also where a comment is not worth it otherwise.
  const isAsked = requests.explain.length > 0 || requests.help !== null;
  return {
    pull,
    verdict: review.verdict,
    conversation,
    detailsUrl: ownComments(conversation, context.github.app)[0]?.url ?? pull.url,
    draft: {
      body: renderComment(review, about),
      first: isAsked || (isWorthComment(review) && !conversation.isDraft) ? 'worth saying' : 'better unsaid',
    },
    run: (bytes) => renderCheckRun(review, { ...about, files: changedPaths(snapshots), bytes }),
  };
}
