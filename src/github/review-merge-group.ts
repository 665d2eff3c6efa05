import { askedBlocks } from '../report/comment/asked-blocks.ts';
import { renderCheckRun } from '../report/comment/check-run.ts';
import { reviewDocs } from '../review/review-docs.ts';
import { type Answer, answerCheck, type Outcome } from './answer-check.ts';
import type { Conversation } from './conversation.ts';
import { type GitHubContext, stopIfSuperseded, today } from './github-context.ts';
import { changedPaths, loadSnapshots } from './load-snapshots.ts';
import { type MergeGroup, numbersIn } from './merge-queue.ts';
import { readOwnerDefaults } from './owner-defaults.ts';
import { mayWrite } from './permissions.ts';
import { fromBase } from './read-pull-request.ts';
import { RepositoryReader } from './repository-reader.ts';
import { answerRequests, type GivenWaiver, readRequests } from './requests.ts';

/** Judges what a merge queue is about to merge, by the registry of the commit that the group starts from. No comment. */
export async function reviewMergeGroup(group: MergeGroup, context: GitHubContext): Promise<Outcome> {
  const target = { repo: group.repo, head: group.head, externalId: `mg:${group.headRef}`, detailsUrl: null };
  const ended = await answerCheck(target, context, () => judge(group, context));
  return 'outcome' in ended ? ended.outcome : { verdict: ended.answer.verdict, failure: null };
}

async function judge(group: MergeGroup, context: GitHubContext): Promise<Answer> {
  const { github, memory } = context;
  const { repo, base, head } = group;
  const [numbers, defaults] = await Promise.all([numbersIn(group, github), readOwnerDefaults(repo, context)]);
  stopIfSuperseded(context);
  const reader = new RepositoryReader(github, repo, numbers);
  const registry = fromBase(defaults);
  const snapshots = await loadSnapshots(reader, head, { base, mergeBase: base, head }, [registry], context);
  const waivers = await waiversOf(group, await reader.conversations(), context);
  const waive = waivers.map(({ id }) => id);
  const review = reviewDocs({ snapshots, registry, today: today(context), waive, direct: true, cache: memory });
  const further = askedBlocks(answerRequests({ waivers, explain: [], help: null }, review));
  const run = renderCheckRun(review, { repoUrl: repo.url, files: changedPaths(snapshots), further });
  return { verdict: review.verdict, run, detailsUrl: null };
}

/** The waivers of every pull request in the group count. */
async function waiversOf(
  group: MergeGroup,
  conversations: ReadonlyMap<number, Conversation>,
  context: GitHubContext,
): Promise<GivenWaiver[]> {
  // The message of a commit alone does not prove that a pull request is in the group.
  const inGroup = [...conversations.values()].filter(
    ({ isOpen, base }) => isOpen && `refs/heads/${base}` === group.baseRef,
  );
  const allowed = (login: string) => mayWrite(login, group.repo, context);
  const all = await Promise.all(inGroup.map((conversation) => readRequests(conversation, allowed)));
  return all.flatMap(({ waivers }) => waivers);
}
