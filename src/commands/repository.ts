import type { Cache } from '../cache/cache.ts';
import type { BlobTexts } from '../docs/site/blob-texts.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import { openRepository, type Repository } from '../local-git/repository.ts';
import { grouped } from '../report/words/sentence.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { Snapshot } from '../review/compare/snapshot.ts';
import type { NeededOptions } from '../review/needed-for-review.ts';
import { boundGarbage } from '../runtime/bound-garbage.ts';
import type { OptionFacts } from './command.ts';
import type { CommandContext } from './command-context.ts';

/** Opens the repository, lets `work` use it, and closes it whatever happens. */
export async function withRepository<T>(
  dir: string,
  { pathOf }: CommandContext,
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
  pages: Cache;
}

export function readRevision(
  values: CachedValues,
  revision: (repository: Repository) => string,
  registry: RegistryInput,
  context: CommandContext,
): Promise<Revision> {
  return withRepository(values.repo, context, async (repository) => {
    const snapshot = await repository.snapshot(revision(repository));
    return { snapshot, ...(await loadBlobs(repository, [snapshot], { registry }, values, context)) };
  });
}

/** In a repository with more files, few texts are held at once. */
const MANY_FILES = 4_000;
const FEW_CHARACTERS = 1024 * 1024;

/**
 * Reads what judging the snapshots takes and is not known of an earlier run: registry, config files of the site, pages.
 * @param snapshots the first is the one that the others are likely to differ little from
 */
export async function loadBlobs(
  repository: Repository,
  snapshots: readonly Snapshot[],
  options: NeededOptions,
  { cache }: CachedValues,
  { cacheFolder, progress }: CommandContext,
): Promise<{ blobs: BlobTexts; pages: Cache }> {
  const [{ neededForReview }, { decodeBlob }, { BlobTexts }, { Cache }] = await Promise.all([
    import('../review/needed-for-review.ts'),
    import('../docs/decode-blob.ts'),
    import('../docs/site/blob-texts.ts'),
    import('../cache/cache.ts'),
  ]);
  const isLarge = snapshots.some(({ tree }) => tree.size > MANY_FILES);
  if (isLarge) boundGarbage();
  const pages = new Cache(cache ? cacheFolder : null, (tree) => repository.nameOf(tree));
  const readTexts = (ids: readonly string[]) => {
    const texts = new Map<string, string>();
    repository.readNow(ids, (id, bytes) => {
      const blob = bytes === 'too large' ? null : decodeBlob(bytes);
      if (blob && 'text' in blob) texts.set(id, blob.text);
    });
    return texts;
  };
  const blobs = new BlobTexts(readTexts, isLarge ? FEW_CHARACTERS : undefined);
  const [first] = snapshots.map(({ tree }) => tree);
  const needed = (tree: Tree, known: Blobs) => {
    const near = tree === first ? undefined : first;
    return neededForReview(tree, known, { ...options, memory: pages, near });
  };
  await repository.load(snapshots, needed, blobs, decodeBlob, (read, total) =>
    progress.show(`reading ${grouped(read)} of ${grouped(total)} files…`),
  );
  return { blobs, pages };
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
