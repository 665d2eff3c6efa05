import type { RegistryFile } from '../registry/parse-registry.ts';
import type { Snapshots } from '../review/compare/snapshot.ts';
import type { Conversation } from './conversation.ts';
import { loadSnapshots } from './load-snapshots.ts';
import { findOrigins } from './merge-base.ts';
import type { Occasion } from './occasion.ts';
import { readOwnerDefaults } from './owner-defaults.ts';
import type { PullRequest } from './pull-request.ts';
import { RepositoryReader } from './repository-reader.ts';
import { Superseded, stopIfSuperseded } from './superseded.ts';

/** All that a review of a pull request is made of. */
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
  occasion: Occasion,
  asked: 'alone' | 'with siblings' = 'with siblings',
): Promise<PullRequestReading> {
  const { github } = occasion;
  const { repo, number, head } = pull;
  const reader = new RepositoryReader(github, repo, [number], asked === 'alone' ? null : head);
  const source = { github, repo, reader };
  const [origins, defaults] = await Promise.all([findOrigins(github, pull), readOwnerDefaults(repo, occasion)]);
  stopIfSuperseded(occasion);
  const snapshots = await loadSnapshots(source, pull.head.sha, origins, [fromBase(defaults)], occasion);
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
