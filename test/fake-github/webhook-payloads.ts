import { changedFiles } from './git-history.ts';
import { installationJson, type Json, nodeId, userJson, website } from './represent-people.ts';
import { issueJson, pullDetailsJson } from './represent-pull.ts';
import { repositoryJson } from './represent-repository.ts';
import { commentJson } from './represent-review.ts';
import type { Comment, Installation, Pull, Repository, World } from './state.ts';
import { findUser, fullName, isoSeconds } from './world.ts';

export interface WebhookEvent {
  /** As in X-GitHub-Event. */
  name: string;
  payload: Json & { action?: string };
  installationId: number | null;
  repositoryId: number | null;
}

export type PullAction =
  | 'opened'
  | 'reopened'
  | 'synchronize'
  | 'edited'
  | 'ready_for_review'
  | 'converted_to_draft'
  | 'closed';

export interface MergeGroup {
  repository: Repository;
  baseRef: string;
  /** The commit the group was built on. */
  baseSha: string;
  headRef: string;
  headSha: string;
}

const installationOf = (world: World, repository: Repository): Installation | undefined =>
  [...world.installations.values()].find((one) => one.repositories.has(repository));

/** A webhook of a repository; the installation is the one that has it. */
export function repositoryEvent(
  world: World,
  name: string,
  repository: Repository,
  payload: Json & { action?: string },
  sender = 'ann',
): WebhookEvent {
  const installation = installationOf(world, repository);
  const around = {
    repository: repositoryJson(world, repository),
    sender: userJson(world, findUser(world, sender)),
    ...(installation && { installation: { id: installation.id, node_id: nodeId('Installation', installation.id) } }),
  };
  return {
    name,
    payload: { ...payload, ...around },
    installationId: installation?.id ?? null,
    repositoryId: repository.id,
  };
}

/** `edited` tells of a changed base when the base was changed last, else of a changed title. */
export function pullRequestEvent(world: World, pull: Pull, action: PullAction): WebhookEvent {
  const { previous, base, head } = pull;
  const { baseRef: ref, baseSha: sha } = previous;
  const moved = { base: { ref: { from: ref }, sha: { from: sha } } };
  const changes = ref === undefined ? { title: { from: 'The title before' } } : moved;
  const pushed = { before: previous.headSha ?? head.sha, after: head.sha };
  const told = {
    action,
    number: pull.number,
    pull_request: pullDetailsJson(world, pull),
    ...(action === 'edited' && { changes }),
    ...(action === 'synchronize' && pushed),
  };
  return repositoryEvent(world, 'pull_request', base.repository, told, pull.author.login);
}

export function mergeGroupEvent(
  world: World,
  group: MergeGroup,
  reason?: 'merged' | 'invalidated' | 'dequeued',
): WebhookEvent {
  const { repository, headSha, headRef, baseSha, baseRef } = group;
  const commit = repository.git.commits.get(headSha);
  if (!commit) throw new Error(`no commit ${headSha}`);
  const headCommit = {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: isoSeconds(commit.time * 1_000),
    author: commit.author,
    committer: commit.author,
  };
  const merge_group = {
    head_sha: headSha,
    head_ref: headRef,
    base_sha: baseSha,
    base_ref: baseRef,
    head_commit: headCommit,
  };
  const told = reason ? { action: 'destroyed', reason, merge_group } : { action: 'checks_requested', merge_group };
  return repositoryEvent(world, 'merge_group', repository, told);
}

export type CommentAction = 'created' | 'deleted' | { editedFrom: string };

export function issueCommentEvent(
  world: World,
  pull: Pull,
  comment: Comment,
  action: CommentAction,
  sender = comment.user.login,
): WebhookEvent {
  const { repository } = pull.base;
  const told = {
    action: typeof action === 'string' ? action : 'edited',
    issue: issueJson(world, pull),
    comment: commentJson(world, repository, comment),
    ...(typeof action === 'object' && { changes: { body: { from: action.editedFrom } } }),
  };
  return repositoryEvent(world, 'issue_comment', repository, told, sender);
}

const NO_COMMIT = '0'.repeat(40);

/** A push of `after` on top of `before`, which is undefined for a new branch. */
export function pushEvent(
  world: World,
  repository: Repository,
  ref: string,
  before: string | undefined,
  after: string,
): WebhookEvent {
  const { git } = repository;
  const commit = git.commits.get(after);
  if (!commit) throw new Error(`no commit ${after}`);
  const changes = changedFiles(before ? git.filesOf(before) : new Map(), git.filesOf(after));
  const paths = (...statuses: string[]): string[] =>
    changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  const url = `${website}/${fullName(repository)}`;
  const head = {
    id: after,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: isoSeconds(commit.time * 1_000),
    url: `${url}/commit/${after}`,
    author: commit.author,
    committer: commit.author,
    added: paths('added', 'renamed'),
    removed: [...paths('removed'), ...changes.flatMap(({ previousPath }) => previousPath ?? [])],
    modified: paths('modified', 'changed'),
  };
  const told = {
    ref,
    before: before ?? NO_COMMIT,
    after,
    base_ref: null,
    created: before === undefined,
    deleted: false,
    forced: false,
    compare: `${url}/compare/${before ?? after}...${after}`,
    commits: [head],
    head_commit: head,
    pusher: { name: commit.author.name, email: commit.author.email },
  };
  const pushed = repositoryEvent(world, 'push', repository, told, commit.author.name);
  const { created_at, pushed_at, ...rest } = pushed.payload.repository as Json;
  const seconds = (date: unknown): number => Date.parse(String(date)) / 1_000;
  // Push payloads write the times of the repository as numbers.
  const repositoryInPush = { ...rest, created_at: seconds(created_at), pushed_at: seconds(pushed_at) };
  return { ...pushed, payload: { ...pushed.payload, repository: repositoryInPush } };
}

const brief = (one: Repository): Json => ({
  id: one.id,
  node_id: nodeId('Repository', one.id),
  name: one.name,
  full_name: fullName(one),
  private: one.private,
});

export function installationEvent(
  world: World,
  installation: Installation,
  action: 'created' | 'deleted',
): WebhookEvent {
  const payload = {
    action,
    installation: installationJson(world, installation),
    repositories: [...installation.repositories].map(brief),
    requester: null,
    sender: userJson(world, findUser(world, 'ann')),
  };
  return { name: 'installation', payload, installationId: installation.id, repositoryId: null };
}

export function installationRepositoriesEvent(
  world: World,
  installation: Installation,
  action: 'added' | 'removed',
  repositories: Repository[],
): WebhookEvent {
  const listed = (when: string): Json[] => (action === when ? repositories.map(brief) : []);
  const payload = {
    action,
    installation: installationJson(world, installation),
    repositories_added: listed('added'),
    repositories_removed: listed('removed'),
    repository_selection: 'selected',
    requester: null,
    sender: userJson(world, findUser(world, 'ann')),
  };
  return { name: 'installation_repositories', payload, installationId: installation.id, repositoryId: null };
}
