import type { RegistryFile } from '../registry/parse-registry.ts';
import type { BlobText, PageMemory, Store } from '../review/compare/snapshot.ts';
import type { SizedTree } from './read-tree.ts';

export { type HitsCache, type PageHits, rememberStates, termsKey } from '../review/compare/snapshot.ts';

/** An answer of GitHub's that may change, and when it was given, in milliseconds since the epoch. */
interface Dated<Value> {
  value: Value;
  at: number;
}

/** The owner's registry as GitHub last gave it; `etag` asks whether it changed at no cost. */
export interface OwnerFile {
  file: RegistryFile | null;
  etag: string | null;
}

/** Texts that several processes share. It never fails: what is not there is read from GitHub. */
export interface SharedBlobs {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, BlobText>>;
  write(id: string, blob: BlobText): void;
}

/**
 * All that outlives a review: what pages say, and what GitHub said. Trees, texts and facts are kept by git's own names
 * for content, so that they never grow stale and are shared by branches, pull requests and forks.
 */
export interface Memory extends PageMemory {
  /** By commit. */
  trees: Store<SizedTree>;
  /** By blob id. */
  texts: Store<BlobText>;
  /** By repository and login: whether that person may write. */
  permissions: Store<Dated<boolean>>;
  /** By owner. */
  owners: Store<Dated<OwnerFile>>;
  /** By repository, head and pull requests: whether a verdict was seen. */
  answers: Store<Dated<true>>;
  /** By blob id, where processes share what they read. */
  shared?: SharedBlobs | undefined;
}
