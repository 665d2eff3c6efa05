import { changedFiles, commitsBetween, linePatch, mergeBase, mergeFiles } from './git-history.ts';
import { type Json, nodeId, userJson, website } from './represent-people.ts';
import { repositoryJson, repositoryUrl } from './represent-repository.ts';
import type { Comment, Pull, Repository, User, World } from './state.ts';
import { fullName } from './world.ts';

export const pullUrl = (pull: Pull): string => `${website}/${fullName(pull.base.repository)}/pull/${pull.number}`;

/** The form of lists; `pullDetailsJson` adds what only a single pull request has. */
export function pullJson(world: World, pull: Pull): Json {
  const api = repositoryUrl(world, pull.base.repository);
  const page = pullUrl(pull);
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    url: `${api}/pulls/${pull.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...pullLinks(api, pull),
    _links: linksOf(api, pull),
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    body: pull.body,
    user: userJson(world, pull.author),
    draft: pull.draft,
    labels: [],
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    author_association: association(pull.base.repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    head: sideJson(world, pull.head.owner, pull.head.ref, pull.head.sha, pull.head.repository),
    base: sideJson(world, pull.base.repository.owner, pull.base.ref, pull.base.sha, pull.base.repository),
  };
}

export function pullDetailsJson(world: World, pull: Pull): Json {
  const { repository, sha } = pull.base;
  const files = pullFiles(pull);
  const counts = files.map(({ before, after }) =>
    linePatch(repository.git.blobs.get(before?.oid ?? ''), repository.git.blobs.get(after?.oid ?? '')),
  );
  const mergeable = pull.state === 'open' ? canMerge(pull) : null;
  return {
    ...pullJson(world, pull),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merged_by: pull.mergedBy && userJson(world, pull.mergedBy),
    comments: repository.comments.filter((comment) => comment.issue === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commitsBetween(repository.git, sha, pull.head.sha).length,
    additions: counts.reduce((sum, { additions }) => sum + additions, 0),
    deletions: counts.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: files.length,
  };
}

/** From the merge base, as GitHub's "three-dot" comparison. */
export function pullFiles({ base, head }: Pull) {
  const { git } = base.repository;
  const from = mergeBase(git, base.sha, head.sha);
  return changedFiles(from ? git.filesOf(from) : new Map(), git.filesOf(head.sha));
}

export function canMerge({ base, head }: Pull): boolean {
  const { git, refs } = base.repository;
  const ours = refs.get(`refs/heads/${base.ref}`) ?? base.sha;
  const from = mergeBase(git, ours, head.sha);
  if (!from) return false;
  return mergeFiles(git.filesOf(from), git.filesOf(ours), git.filesOf(head.sha)) !== undefined;
}

const pullLinks = (api: string, { number, head }: Pull): Json => ({
  issue_url: `${api}/issues/${number}`,
  comments_url: `${api}/issues/${number}/comments`,
  commits_url: `${api}/pulls/${number}/commits`,
  review_comments_url: `${api}/pulls/${number}/comments`,
  review_comment_url: `${api}/pulls/comments{/number}`,
  statuses_url: `${api}/statuses/${head.sha}`,
});

function linksOf(api: string, pull: Pull): Json {
  const links = pullLinks(api, pull);
  const pick = (name: string): Json => ({ href: links[`${name}_url`] });
  return {
    self: { href: `${api}/pulls/${pull.number}` },
    html: { href: pullUrl(pull) },
    issue: pick('issue'),
    comments: pick('comments'),
    commits: pick('commits'),
    statuses: pick('statuses'),
    review_comments: pick('review_comments'),
    review_comment: pick('review_comment'),
  };
}

const sideJson = (world: World, owner: User, ref: string, sha: string, repository: Repository | null): Json => ({
  label: `${owner.login}:${ref}`,
  ref,
  sha,
  user: userJson(world, owner),
  repo: repository && repositoryJson(world, repository),
});

export function association(repository: Repository, user: User): string {
  if (user.login === repository.owner.login) return 'OWNER';
  return repository.roles.has(user.login.toLowerCase()) ? 'COLLABORATOR' : 'NONE';
}

const REACTIONS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

export function reactionCounts(url: string, comment?: Comment): Json {
  const count = (content: string) => comment?.reactions.filter((one) => one.content === content).length ?? 0;
  return {
    url: `${url}/reactions`,
    total_count: comment?.reactions.length ?? 0,
    ...Object.fromEntries(REACTIONS.map((content) => [content, count(content)])),
  };
}

/** What `issue_comment` webhooks tell of the pull request: at GitHub, every pull request is an issue too. */
export function issueJson(world: World, pull: Pull): Json {
  const api = repositoryUrl(world, pull.base.repository);
  const url = `${api}/issues/${pull.number}`;
  const page = pullUrl(pull);
  const { merge_commit_sha: _, head, base, _links, ...shared } = pullJson(world, pull);
  const own = ['requested_reviewers', 'requested_teams', 'commits_url', 'review_comments_url', 'review_comment_url'];
  const issue = Object.entries(shared).filter(([key]) => ![...own, 'merged_at', 'statuses_url'].includes(key));
  return {
    ...Object.fromEntries(issue),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    events_url: `${url}/events`,
    comments: pull.base.repository.comments.filter((comment) => comment.issue === pull.number).length,
    reactions: reactionCounts(url),
    performed_via_github_app: null,
    timeline_url: `${url}/timeline`,
    state_reason: null,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt,
    },
  };
}
