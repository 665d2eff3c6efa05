import type { Blobs, Tree } from '../../docs/tree.ts';

export { type PageMemory, rememberPages, rememberStates, termsKey } from '../../coverage/memory.ts';
export type { HitsCache, PageHits } from '../../coverage/page-search.ts';
export type { Blobs, BlobText, Store, Tree, TreeFile } from '../../docs/tree.ts';

/** All files at one commit; `commit` is a full SHA, or `WORKTREE`. */
export interface Snapshot {
  commit: string;
  tree: Tree;
}

/** Snapshots that share their blobs. */
export interface Snapshots {
  blobs: Blobs;
  base: Snapshot;
  /** Null when base and head have no common history. */
  mergeBase: Snapshot | null;
  head: Snapshot;
}
