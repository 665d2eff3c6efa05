import { messageOf, statusOf } from './failure.ts';
import type { GitHub } from './installation-client.ts';
import type { PullRequest } from './pull-request.ts';
import { named } from './repository.ts';

/** Where a pull request starts from, as full SHAs. */
export interface Origins {
  /** The tip of the branch that it goes to, now. */
  base: string;
  /** Null where base and head have no common history. */
  mergeBase: string | null;
  /** By what name GitHub knows the head in this repository. */
  head: string;
}

/**
 * Compares a pull request's head with the tip of its base branch. A fork's commits are known by their SHA in the
 * repository that it came from; where they are not, by the pull request's own reference.
 */
export async function findOrigins(github: GitHub, pull: PullRequest): Promise<Origins> {
  try {
    return await compare(github, pull, pull.head.sha);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    if (/no common ancestor/i.test(messageOf(error)))
      return { base: pull.base.sha, mergeBase: null, head: pull.head.sha };
    if (!pull.isFork) throw error;
    return compare(github, pull, `refs/pull/${pull.number}/head`);
  }
}

async function compare(github: GitHub, { repo, base }: PullRequest, head: string): Promise<Origins> {
  const { data } = await github.read.rest.repos.compareCommitsWithBasehead({
    ...named(repo),
    basehead: `${base.ref}...${head}`,
    per_page: 1,
  });
  return { base: data.base_commit.sha, mergeBase: data.merge_base_commit.sha, head };
}
