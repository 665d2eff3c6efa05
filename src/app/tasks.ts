import type { SpokenComment } from '../github/answer-comment.ts';
import type { CheckSubject } from '../github/check-runs.ts';
import type { MergeGroup } from '../github/merge-queue.ts';
import type { PullRequest } from '../github/pull-request.ts';
import type { OwnerConcerned, Push } from '../github/pushed.ts';
import type { Repository } from '../github/repository.ts';
import type { Job, SharedFacts } from '../queue/job-queue.ts';

/** All kinds of work, as plain data: another process may be the one that does it. */
export type Task = PullRequestTask | GroupTask | CommentTask | SuiteTask | SharedHeadTask | PushTask | SweepTask;

export interface PullRequestTask {
  kind: 'pull request';
  repo: Repository;
  number: number;
  /** As an event or a sweep described it; null to look it up when the task's turn comes. */
  pull: PullRequest | null;
  /** Other open pull requests with the same head. */
  siblings: PullRequest[];
  /** Whether a sweep added it: an earlier process may have left a check run in progress, or may have completed it. */
  recovering: boolean;
  /** Whether it is skipped where this head was judged already. */
  once: boolean;
  /** When the owner's registry changed, if that is the reason: an older copy of it must not be used. */
  ownerChanged: number | null;
}

export interface GroupTask {
  kind: 'merge group';
  repo: Repository;
  head: string;
  headRef: string;
  /** Null where only its branch is known. */
  group: MergeGroup | null;
  recovering: boolean;
  /** Whether it is skipped where this head was judged already. */
  once: boolean;
}

export interface CommentTask {
  kind: 'comment';
  comment: SpokenComment;
  /** The pull request. */
  number: number;
  /** The comment is gone, or asks for nothing any more. */
  withdrawn: boolean;
}

export interface SuiteTask {
  kind: 'check suite';
  repo: Repository;
  head: string;
}

/** A pull request has left a head that others may have. */
export interface SharedHeadTask {
  kind: 'shared head';
  repo: Repository;
  head: string;
  number: number;
}

export interface PushTask {
  kind: 'push';
  push: Push;
  /** When its webhook came, in milliseconds since the epoch. */
  at: number;
  /** What is left to be judged; null before the first turn. */
  left: PullRequest[] | OwnerConcerned | null;
}

export interface SweepTask {
  kind: 'sweep';
  installation: number;
}

/** Judges a pull request in any case, as it is by then, unless `facts` say otherwise. */
export function pullRequestTask(
  { repo, number }: Pick<PullRequest, 'repo' | 'number'>,
  facts: Partial<PullRequestTask> = {},
): PullRequestTask {
  const plain = { pull: null, siblings: [], recovering: false, once: false, ownerChanged: null };
  return { kind: 'pull request', repo, number, ...plain, ...facts };
}

/** Judges a merge group of which only its branch is known in any case, unless `facts` say otherwise. */
export function groupTask(
  { repo, head, headRef }: Pick<MergeGroup, 'repo' | 'head' | 'headRef'>,
  facts: Partial<GroupTask> = {},
): GroupTask {
  return { kind: 'merge group', repo, head, headRef, group: null, recovering: false, once: false, ...facts };
}

/** Judges again what one check run of ours was about. */
export function subjectTask(repo: Repository, head: string, subject: CheckSubject): PullRequestTask | GroupTask {
  return 'pull' in subject
    ? pullRequestTask({ repo, number: subject.pull })
    : groupTask({ repo, head, headRef: subject.headRef });
}

export function jobOf(installation: number, task: Task): Job<Task> {
  // Somebody asked for it, or the registry changed: an earlier verdict does not count.
  const anew = 'once' in task && !task.once && !task.recovering;
  return { key: keyOf(task), owner: String(installation), version: versionOf(task), task, anew };
}

export function pullRequestKey({ repo, number }: Pick<PullRequest, 'repo' | 'number'>): string {
  return named(repo, number);
}

/** With its head: a group that was built anew may have the branch of one before, whose webhooks may come later. */
export function groupKey({ repo, headRef, head }: Pick<MergeGroup, 'repo' | 'headRef' | 'head'>): string {
  return named(repo, `${headRef} ${head}`);
}

function keyOf(task: Task): string {
  switch (task.kind) {
    case 'pull request':
      return pullRequestKey(task);
    case 'merge group':
      return groupKey(task);
    case 'comment':
      return named(task.comment.repo, `comment ${task.comment.id}`);
    case 'check suite':
      return named(task.repo, `suite ${task.head}`);
    case 'shared head':
      return named(task.repo, `head ${task.head}`);
    case 'push':
      return named(task.push.repo, `push ${task.push.touches}`);
    case 'sweep':
      return `sweep ${task.installation}`;
  }
}

function versionOf(task: Task): string | null {
  if (task.kind === 'pull request') return task.pull?.head.sha ?? null;
  return task.kind === 'merge group' ? task.head : null;
}

function named({ owner, name }: Repository, about: number | string): string {
  return `${owner}/${name} `.toLowerCase() + about;
}

/** Whether a head is known to be that of several pull requests. What is forgotten, the sweep sees. */
export async function isShared(facts: SharedFacts, repo: Repository, head: string): Promise<boolean> {
  return (await facts.get(`shared ${named(repo, head)}`)) !== null;
}

export function markShared(facts: SharedFacts, repo: Repository, head: string): Promise<void> {
  return facts.set(`shared ${named(repo, head)}`, 'yes');
}
