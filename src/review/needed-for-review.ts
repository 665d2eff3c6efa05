import type { PageMemory } from '../coverage/memory.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { neededFiles, neededFilesSince } from '../docs/site/needed-files.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { loadRegistry, type RegistryInput } from './compare/load-registry.ts';

export interface NeededOptions {
  /** The tree whose registry judges this one; without it the tree's own registry does. */
  judgedBy?: Tree;
  /** Where the registry comes from; without it from the trees. */
  registry?: RegistryInput;
  /** Paths of further files that the caller reads. */
  also?: readonly string[];
  /** What is kept of sites that were built before, and of registries that were read. */
  memory?: Pick<PageMemory, 'listings' | 'registries'>;
  /** A tree that this one is likely to differ little from, of which what it needs is loaded as well. */
  near?: Tree | undefined;
}

const FROM_BASE: RegistryInput = { files: 'from-base', defaults: null };

/**
 * The ids of the blobs that a snapshot still needs before it can be reviewed, audited or checked: the registry's files
 * first, then pages under the docs roots that the registry declares, and what these name. Load them and ask again until
 * there are none.
 */
export function neededForReview(tree: Tree, blobs: Blobs, options: NeededOptions = {}): string[] {
  const input = options.registry ?? FROM_BASE;
  const trees = [...new Set([tree, options.judgedBy ?? tree])];
  const registries = trees.flatMap((at) => registryPaths(at.keys()).flatMap((path) => blobOf(path, at, blobs)));
  if (input.files === 'from-base' && registries.length > 0) return unique(registries);
  const { near, memory = {} } = options;
  const ofNear = near ? declaredRoots([near, options.judgedBy ?? near], blobs, options).map(keyOfRoots) : [];
  const needed = declaredRoots(trees, blobs, options).flatMap((roots) =>
    near && ofNear.includes(keyOfRoots(roots))
      ? neededFilesSince(near, tree, blobs, roots)
      : neededFiles(tree, blobs, roots, memory.listings),
  );
  return unique([...needed, ...(options.also ?? [])].flatMap((path) => blobOf(path, tree, blobs)));
}

/** The blob of a regular file that is not loaded yet; symlinks and submodules have none to load. */
function blobOf(path: string, tree: Tree, blobs: Blobs): string[] {
  const file = tree.get(path);
  return file?.mode.startsWith('100') && !blobs.has(file.blob) ? [file.blob] : [];
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/** A pull request may change the docs roots: those of both registries are then needed. */
function declaredRoots(
  trees: readonly Tree[],
  blobs: Blobs,
  { registry = FROM_BASE, memory }: NeededOptions,
): DocsRoot[][] {
  const loaded = trees.map((tree) => loadRegistry({ commit: '', tree }, blobs, registry, memory?.registries));
  const known = loaded.filter(({ state }) => state !== 'absent');
  const roots = (known.length > 0 ? known : loaded).map(({ registry }) => registry.settings.docs);
  return [...new Map(roots.map((each) => [keyOfRoots(each), each])).values()];
}

const keyOfRoots = (roots: readonly DocsRoot[]): string => JSON.stringify(roots);
