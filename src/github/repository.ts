import type { GitHub } from './installation-client.ts';

/** A repository as every request names it. */
export interface Repository {
  owner: string;
  name: string;
  /** `https://github.com/owner/name`. */
  url: string;
}

/** The repository as Octokit's parameters. */
export function named({ owner, name }: Repository): { owner: string; repo: string } {
  return { owner, repo: name };
}

/** The part of a repository's description that is in every payload and answer. */
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
 * @param commits how many of the commits are listed that only HEAD has
 */
export async function compareCommits({ read }: GitHub, repo: Repository, basehead: string, commits = 1) {
  const asked = { ...named(repo), basehead, per_page: commits };
  return (await read.rest.repos.compareCommitsWithBasehead(asked)).data;
}
