import { isRefused } from './failure.ts';
import type { GitHub } from './installation-client.ts';
import { compareCommits, named, type Repository, type RepositoryPayload, repositoryOf } from './repository.ts';

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
interface MergeGroupPayload {
  merge_group: { head_sha: string; head_ref: string; base_sha: string; base_ref: string };
  repository: RepositoryPayload;
}

export function mergeGroupOf({ merge_group: group, repository }: MergeGroupPayload): MergeGroup {
  const { head_sha: head, base_sha: base, head_ref: headRef, base_ref: baseRef } = group;
  return { repo: repositoryOf(repository), head, base, headRef, baseRef };
}

/** "Merge pull request #12 from …", and "… (#12)" for a squashed one: so GitHub names the commits that it makes. */
const MERGED = /^Merge pull request #(\d{1,9})\b|\(#(\d{1,9})\)$/;

/**
 * Finds the numbers of the pull requests in a group: the last one from the name of its branch, the others from the
 * messages of the commits that the queue made. Only first parents count: a pull request's own commits could name any number.
 */
export async function numbersIn(group: MergeGroup, github: GitHub): Promise<number[]> {
  const compared = await compareCommits(github, group.repo, `${group.base}...${group.head}`, 100);
  const commits = new Map(compared.commits.map((commit) => [commit.sha, commit]));
  const [, last] = /\/pr-(\d{1,9})-[0-9a-f]+$/.exec(group.headRef) ?? [];
  const numbers = new Set(last === undefined ? [] : [Number(last)]);
  for (let at = commits.get(group.head); at && at.sha !== group.base; at = commits.get(at.parents[0]?.sha ?? '')) {
    const [, merged, squashed] = MERGED.exec(at.commit.message.split('\n')[0]!.trimEnd()) ?? [];
    if (merged ?? squashed) numbers.add(Number(merged ?? squashed));
  }
  return [...numbers];
}

/** A branch that a merge queue made, and the commit that is judged there. */
export interface QueueBranch {
  /** `refs/heads/gh-readonly-queue/main/pr-104-…`. */
  headRef: string;
  head: string;
}

/** The branch in the middle may hold slashes. The SHA at the end is not the one that the group starts from. */
const QUEUE_BRANCH = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/;

/** The branches of all merge groups that wait for checks, of whichever branch they go to. */
export async function listQueueBranches({ read }: GitHub, repo: Repository): Promise<QueueBranch[]> {
  const all = await read.paginate(read.rest.git.listMatchingRefs, { ...named(repo), ref: 'heads/gh-readonly-queue/' });
  return all
    .map(({ ref, object }) => ({ headRef: ref, head: object.sha }))
    .filter(({ headRef }) => QUEUE_BRANCH.test(headRef));
}

/**
 * Finds a merge group of which only the branch is known. The queue tells where it starts. Where the queue cannot be asked,
 * it starts where its branch left the base branch: before any group ahead of it, so that both are judged together.
 * @returns null for a branch that no queue made
 */
export async function findMergeGroup(
  github: GitHub,
  repo: Repository,
  { head, headRef }: QueueBranch,
): Promise<MergeGroup | null> {
  const [, branch] = QUEUE_BRANCH.exec(headRef) ?? [];
  if (branch === undefined) return null;
  const below = await readQueue(github, repo, branch);
  const others = below.size === 0 ? [] : await listQueueBranches(github, repo);
  const base =
    startOf(head, below, others) ?? (await compareCommits(github, repo, `${branch}...${head}`)).merge_base_commit.sha;
  return { repo, head, base, headRef, baseRef: `refs/heads/${branch}` };
}

/**
 * Finds the commit that a group starts from, as the webhook's `base_sha` would say. A queue lists pull requests, each on
 * top of the one before; a pull request without a branch of its own is in the group of a later one.
 */
function startOf(head: string, below: ReadonlyMap<string, string>, groups: readonly QueueBranch[]): string | undefined {
  const ends = new Set(groups.map((group) => group.head));
  let base = below.get(head);
  for (let left = below.size; base !== undefined && left > 0 && !ends.has(base) && below.has(base); left -= 1)
    base = below.get(base);
  return base;
}

interface QueueAnswer {
  repository: { mergeQueue: { entries: { nodes: (EntryAnswer | null)[] | null } | null } | null } | null;
}

interface EntryAnswer {
  headCommit: { oid: string } | null;
  baseCommit: { oid: string } | null;
}

const QUEUE = `query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: $branch) { entries(first: 100) { nodes { headCommit { oid } baseCommit { oid } } } }
  }
}`;

/**
 * The pull requests in a queue: the commit that merges each → the one below that. Empty where there is no queue, or where
 * GitHub does not let us ask.
 */
async function readQueue({ read }: GitHub, { owner, name }: Repository, branch: string): Promise<Map<string, string>> {
  const below = new Map<string, string>();
  try {
    const { repository } = await read.graphql<QueueAnswer>(QUEUE, { owner, name, branch });
    for (const entry of repository?.mergeQueue?.entries?.nodes ?? [])
      if (entry?.headCommit && entry.baseCommit) below.set(entry.headCommit.oid, entry.baseCommit.oid);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  return below;
}
