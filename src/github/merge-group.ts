import type { Conversation } from './conversation.ts';
import type { GitHub } from './installation-client.ts';
import { named, type Repository, type RepositoryPayload, repositoryOf } from './repository.ts';

/** Pull requests that a merge queue has put on top of each other, as one commit. */
export interface MergeGroup {
  repo: Repository;
  /** The commit that is judged, and the one that it starts from, as full SHAs. */
  head: string;
  base: string;
  /** `refs/heads/gh-readonly-queue/main/pr-104-…`. */
  headRef: string;
  /** `refs/heads/main`. */
  baseRef: string;
}

/** A merge group as its webhook tells of it. */
export interface MergeGroupPayload {
  merge_group: { head_sha: string; head_ref: string; base_sha: string; base_ref: string };
  repository: RepositoryPayload;
}

export function mergeGroupOf({ merge_group: group, repository }: MergeGroupPayload): MergeGroup {
  return {
    repo: repositoryOf(repository),
    head: group.head_sha,
    base: group.base_sha,
    headRef: group.head_ref,
    baseRef: group.base_ref,
  };
}

/** "Merge pull request #12 from …", and "… (#12)" for a squashed one: so GitHub names the commits that it makes. */
const MERGED = /^Merge pull request #(\d{1,9})\b|\(#(\d{1,9})\)$/;

/**
 * The numbers of the pull requests in a group: the last one from its branch, the others from the commits that the queue
 * made. Only those on the way of first parents count: a pull request's own commits could name any number.
 */
export async function numbersIn(group: MergeGroup, github: GitHub): Promise<number[]> {
  const { data } = await github.read.rest.repos.compareCommitsWithBasehead({
    ...named(group.repo),
    basehead: `${group.base}...${group.head}`,
    per_page: 100,
  });
  const commits = new Map(data.commits.map((commit) => [commit.sha, commit]));
  const numbers = new Set(last(group.headRef));
  for (let at = commits.get(group.head); at && at.sha !== group.base; at = commits.get(at.parents[0]?.sha ?? '')) {
    const [, merged, squashed] = MERGED.exec(at.commit.message.split('\n')[0]!.trimEnd()) ?? [];
    if (merged ?? squashed) numbers.add(Number(merged ?? squashed));
  }
  return [...numbers];
}

function last(headRef: string): number[] {
  const [, number] = /\/pr-(\d{1,9})-[0-9a-f]+$/.exec(headRef) ?? [];
  return number === undefined ? [] : [Number(number)];
}

/** Whether a pull request can be in a group at all: a commit's message alone is no proof. */
export function mayBeIn({ baseRef }: MergeGroup, { isOpen, base }: Conversation): boolean {
  return isOpen && `refs/heads/${base}` === baseRef;
}
