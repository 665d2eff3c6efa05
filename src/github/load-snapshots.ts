import { changedFiles } from '../review/compare/changes.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { BlobText, Snapshots } from '../review/compare/snapshot.ts';
import { neededForReview } from '../review/needed-for-review.ts';
import { loadBlobs } from './load-blobs.ts';
import type { Origins } from './merge-base.ts';
import type { Occasion } from './occasion.ts';
import type { BlobSource } from './read-blobs.ts';
import { readTrees } from './snapshot-trees.ts';

/**
 * Reads what a review compares: the trees of base, merge base and head, and of their blobs those that matter.
 * @param head its full SHA
 * @param registries by which the snapshots will be judged
 */
export async function loadSnapshots(
  source: BlobSource,
  head: string,
  origins: Origins,
  registries: readonly RegistryInput[],
  occasion: Occasion,
): Promise<Snapshots> {
  const commits = [
    { commit: origins.base },
    { commit: origins.mergeBase ?? origins.base },
    { commit: head, name: origins.head },
  ];
  const trees = await readTrees(source, commits, registries[0]?.defaults ?? null, occasion);
  const [base, mergeBase, at] = commits.map(({ commit }, i) => ({ commit, tree: trees[i]! }));
  const blobs = new Map<string, BlobText>();
  const judgedBy = base!.tree;
  await loadBlobs(
    source,
    trees,
    (tree, known) => registries.flatMap((registry) => neededForReview(tree, known, { judgedBy, registry })),
    blobs,
    occasion,
  );
  return { blobs, base: base!, mergeBase: origins.mergeBase === null ? null : mergeBase!, head: at! };
}

/** The files that a change adds or modifies: lines of others cannot be annotated. */
export function changedPaths({ base, mergeBase, head }: Snapshots): ReadonlySet<string> {
  const { added, modified } = changedFiles((mergeBase ?? base).tree, head.tree);
  return new Set([...added, ...modified]);
}
