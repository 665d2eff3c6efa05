import type { GitHub } from './installation-client.ts';

/** A repository as every request names it. */
export interface Repository {
  owner: string;
  name: string;
  /** `https://github.com/owner/name`. */
  url: string;
}

/** How Octokit takes it. */
export function named({ owner, name }: Repository): { owner: string; repo: string } {
  return { owner, repo: name };
}

/** A repository as every payload and answer tells of it. */
export interface RepositoryPayload {
  /** `owner/name`. */
  full_name: string;
  html_url: string;
}

export function repositoryOf({ full_name, html_url: url }: RepositoryPayload): Repository {
  const [owner = '', name = ''] = full_name.split('/');
  return { owner, name, url };
}

/**
 * How a branch or commit differs from another one.
 * @param basehead `BASE...HEAD`
 * @param commits of those that only HEAD has, so many are named
 */
export async function compareCommits({ read }: GitHub, repo: Repository, basehead: string, commits = 1) {
  const asked = { ...named(repo), basehead, per_page: commits };
  return (await read.rest.repos.compareCommitsWithBasehead(asked)).data;
}
