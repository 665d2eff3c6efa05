import type { Blobs, BlobText, Tree } from '../docs/tree.ts';
import { openRepository, type Repository } from '../local-git/repository.ts';
import type { RegistryInput } from '../review/load-registry.ts';
import type { NeededOptions } from '../review/needed-for-review.ts';
import type { Snapshot } from '../review/snapshot.ts';
import type { Occasion } from './command.ts';

/** Opens the repository, lets `work` use it, and closes it whatever happens. */
export async function withRepository<T>(
  dir: string,
  { pathOf }: Occasion,
  work: (repository: Repository) => Promise<T>,
): Promise<T> {
  const repository = await openRepository(pathOf(dir));
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}

/** One snapshot with the blobs that judging it takes. */
export interface Revision {
  snapshot: Snapshot;
  blobs: Map<string, BlobText>;
}

export function readRevision(
  dir: string,
  revision: (repository: Repository) => string,
  registry: RegistryInput,
  occasion: Occasion,
): Promise<Revision> {
  return withRepository(dir, occasion, async (repository) => {
    const snapshot = await repository.snapshot(revision(repository));
    return { snapshot, blobs: await loadBlobs(repository, [snapshot], { registry }, occasion) };
  });
}

/** Reads the blobs that judging the snapshots takes: registry, config files of the site, pages. */
export async function loadBlobs(
  repository: Repository,
  snapshots: readonly Snapshot[],
  options: NeededOptions,
  { progress }: Occasion,
): Promise<Map<string, BlobText>> {
  const [{ neededForReview }, { decodeBlob }] = await Promise.all([
    import('../review/needed-for-review.ts'),
    import('../docs/decode-blob.ts'),
  ]);
  const blobs = new Map<string, BlobText>();
  const needed = (tree: Tree, known: Blobs) => neededForReview(tree, known, options);
  await repository.load(snapshots, needed, blobs, decodeBlob, (read, total) =>
    progress.show(`reading ${grouped(read)} of ${grouped(total)} files…`),
  );
  return blobs;
}

const grouped = (count: number): string => count.toLocaleString('en');
