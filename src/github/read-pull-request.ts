import type { RegistryFile } from '../registry/parse-registry.ts';
import type { Snapshots } from '../review/compare/snapshot.ts';
import type { Conversation } from './conversation.ts';
import { messageOf, statusOf } from './failure.ts';
import { type GitHubContext, Superseded, stopIfSuperseded } from './github-context.ts';
import type { GitHub } from './installation-client.ts';
import { loadSnapshots, type Origins } from './load-snapshots.ts';
import { readOwnerDefaults } from './owner-defaults.ts';
import type { PullRequest } from './pull-request.ts';
import { compareCommits } from './repository.ts';
import { RepositoryReader } from './repository-reader.ts';

/** All that a review of a pull request needs. */
export interface PullRequestReading {
  snapshots: Snapshots;
  conversation: Conversation;
  /** The owner's registry. */
  defaults: RegistryFile | null;
  /** Other open pull requests with the same head, where they were asked for. */
  siblings: PullRequest[];
}

/**
 * Reads a pull request: warm, with its base trees and the owner's registry remembered, in three requests.
 * @throws {Superseded} where its head has moved on, or it goes to another branch by now
 */
export async function readPullRequest(
  pull: PullRequest,
  context: GitHubContext,
  asked: 'alone' | 'with siblings' = 'with siblings',
): Promise<PullRequestReading> {
  const { github } = context;
  const { repo, number, head } = pull;
  const reader = new RepositoryReader(github, repo, [number], asked === 'alone' ? null : head);
  const [origins, defaults] = await Promise.all([findOrigins(github, pull), readOwnerDefaults(repo, context)]);
  stopIfSuperseded(context);
  const snapshots = await loadSnapshots(reader, pull.head.sha, origins, [fromBase(defaults)], context);
  const conversation = await reader.conversation(number);
  if (conversation.head !== pull.head.sha) throw new Superseded(conversation.head);
  if (conversation.base !== pull.base.ref) throw new Superseded(null);
  const siblings = (await reader.sharing()).filter((other) => other.number !== number);
  return { snapshots, conversation, defaults, siblings };
}

/** The registry of the base branch, over the owner's. */
export function fromBase(defaults: RegistryFile | null) {
  return { files: 'from-base' as const, defaults };
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
  const { base_commit, merge_base_commit } = await compareCommits(github, repo, `${base.ref}...${head}`);
  return { base: base_commit.sha, mergeBase: merge_base_commit.sha, head };
}
