import type { PageBlobs } from '../cache/page-blobs.ts';
import type { PageCache } from '../cache/page-cache.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import { openRepository, type Repository } from '../local-git/repository.ts';
import { grouped } from '../report/words/sentence.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { Snapshot } from '../review/compare/snapshot.ts';
import type { NeededOptions } from '../review/needed-for-review.ts';
import { boundGarbage } from '../runtime/bound-garbage.ts';
import type { Occasion, OptionFacts } from './command.ts';

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

/** One snapshot with what judging it takes. */
export interface Revision {
  snapshot: Snapshot;
  blobs: Blobs;
  pages: PageCache;
}

export function readRevision(
  values: CachedValues,
  revision: (repository: Repository) => string,
  registry: RegistryInput,
  occasion: Occasion,
): Promise<Revision> {
  return withRepository(values.repo, occasion, async (repository) => {
    const snapshot = await repository.snapshot(revision(repository));
    return { snapshot, ...(await loadBlobs(repository, [snapshot], { registry }, values, occasion)) };
  });
}

/** A repository with more files may hold a site that is large enough to be sparing with memory. */
const MANY_FILES = 4_000;

/**
 * Reads what judging the snapshots takes and is not known of an earlier run: registry, config files of the site, pages.
 * @param snapshots the first is the one that the others are likely to differ little from
 */
export async function loadBlobs(
  repository: Repository,
  snapshots: readonly Snapshot[],
  options: NeededOptions,
  values: CachedValues,
  occasion: Occasion,
): Promise<{ blobs: PageBlobs; pages: PageCache }> {
  const [{ FROM_BASE, neededForReview }, { decodeBlob }, { blobs, pages }] = await Promise.all([
    import('../review/needed-for-review.ts'),
    import('../docs/decode-blob.ts'),
    openBlobs(repository, snapshots, values, occasion),
  ]);
  const registry = { ...(options.registry ?? FROM_BASE), memory: pages.registries };
  const [first] = snapshots.map(({ tree }) => tree);
  const needed = (tree: Tree, known: Blobs) => {
    const near = tree === first ? undefined : first;
    return neededForReview(tree, known, { ...options, registry, listings: pages.listings, near });
  };
  await repository.load(snapshots, needed, blobs, decodeBlob, (read, total) =>
    occasion.progress.show(`reading ${grouped(read)} of ${grouped(total)} files…`),
  );
  for (const { tree } of snapshots) blobs.remember(tree);
  return { blobs, pages };
}

/** No blob is read yet; those that an earlier run read are known. */
async function openBlobs(
  repository: Repository,
  snapshots: readonly Snapshot[],
  values: CachedValues,
  { cacheFolder }: Occasion,
): Promise<{ blobs: PageBlobs; pages: PageCache }> {
  const [{ decodeBlob }, { FEW_CHARACTERS, PageBlobs }, { PageCache }] = await Promise.all([
    import('../docs/decode-blob.ts'),
    import('../cache/page-blobs.ts'),
    import('../cache/page-cache.ts'),
  ]);
  const isLarge = snapshots.some(({ tree }) => tree.size > MANY_FILES);
  if (isLarge) boundGarbage();
  const pages = new PageCache(values.cache ? cacheFolder : null, repository.directory, repository.nameOf);
  const readTexts = (ids: readonly string[]) => {
    const texts = new Map<string, string>();
    repository.readNow(ids, (id, bytes) => {
      const blob = bytes === 'too large' ? null : decodeBlob(bytes);
      if (blob && 'text' in blob) texts.set(id, blob.text);
    });
    return texts;
  };
  return { blobs: new PageBlobs(pages, readTexts, isLarge ? FEW_CHARACTERS : undefined), pages };
}

/** The option of every command that reads pages. */
export interface CachedValues {
  repo: string;
  cache: boolean;
}

export const CACHE_OPTION: OptionFacts = {
  flags: '--no-cache',
  description: 'read every page anew, and keep nothing of it for later runs',
};
