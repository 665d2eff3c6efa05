import { neededFiles } from '../docs/needed-files.ts';
import type { DocsRoot } from '../docs/site.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { loadRegistry, type RegistryInput } from './load-registry.ts';

export interface NeededOptions {
  /** The tree whose registry judges this one; without it the tree's own registry does. */
  judgedBy?: Tree;
  /** Where the registry comes from; without it from the trees. */
  registry?: RegistryInput;
  /** Paths of further files that the caller reads. */
  also?: readonly string[];
}

export const FROM_BASE: RegistryInput = { files: 'from-base', defaults: null };

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
  const loaded = trees.map((at) => loadRegistry({ commit: '', tree: at }, blobs, input));
  const known = loaded.filter(({ state }) => state !== 'absent');
  const declared = distinctRoots((known.length > 0 ? known : loaded).map(({ registry }) => registry.settings.docs));
  const needed = declared.flatMap((roots) => neededFiles(tree, blobs, roots));
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
function distinctRoots(roots: readonly DocsRoot[][]): DocsRoot[][] {
  return [...new Map(roots.map((each) => [JSON.stringify(each), each])).values()];
}
