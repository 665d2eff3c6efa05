import type { GitHub } from './installation-client.ts';
import { named, type Repository, type RepositoryPayload, repositoryOf } from './repository.ts';

/** The few facts of a pull request that a review takes. */
export interface PullRequest {
  repo: Repository;
  number: number;
  /** Its page at GitHub. */
  url: string;
  /** Its base branch, and the tip of that branch at the time of the event. */
  base: { ref: string; sha: string };
  head: { ref: string; sha: string };
  /** The head is in another repository, which may be gone; Signpost cannot read there. */
  isFork: boolean;
  isDraft: boolean;
  isOpen: boolean;
}

/** A pull request as webhooks and the REST interface tell of it. */
export interface PullRequestPayload {
  number: number;
  html_url: string;
  state: string;
  draft?: boolean | undefined;
  base: { ref: string; sha: string; repo: RepositoryPayload & { id: number } };
  /** Null for a fork that was deleted. */
  head: { ref: string; sha: string; repo: { id: number } | null };
}

/** Takes what is needed out of a payload; nothing else of it goes further. */
export function pullRequestOf({ number, html_url: url, state, draft, base, head }: PullRequestPayload): PullRequest {
  const branches = { base: { ref: base.ref, sha: base.sha }, head: { ref: head.ref, sha: head.sha } };
  const isFork = head.repo?.id !== base.repo.id;
  const repo = repositoryOf(base.repo);
  return { repo, number, url, ...branches, isFork, isDraft: draft === true, isOpen: state === 'open' };
}

/** Asks GitHub for a pull request of which only the number is known. */
export async function findPullRequest(github: GitHub, repo: Repository, number: number): Promise<PullRequest> {
  const { data } = await github.read.rest.pulls.get({ ...named(repo), pull_number: number });
  return pullRequestOf(data);
}

/** Lists open pull requests, those that changed last first; 100 unless told otherwise. @param only narrows the list */
export async function listOpen(
  { read }: GitHub,
  repo: Repository,
  only: { base?: string; per_page?: number } = {},
): Promise<PullRequest[]> {
  const order = { sort: 'updated', direction: 'desc' } as const;
  const { data } = await read.rest.pulls.list({ ...named(repo), state: 'open', ...order, per_page: 100, ...only });
  return data.map(pullRequestOf);
}
