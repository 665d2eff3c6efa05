import { rootsOf } from './docs-roots.ts';
import { IndexModules } from './index-modules.ts';
import { pageFilesOf } from './page-files.ts';
import { RepoFiles } from './repo-files.ts';
import { ShownFiles } from './shown-files.ts';
import type { DocsRoot } from './site.ts';
import type { Blobs, Tree } from './tree.ts';

/**
 * The files whose blobs must still be loaded before `buildSite` can run, in path order: config files first, then
 * pages, then the partials they name, the modules through which they import some, and what these name. Load them and ask again until nothing is needed.
 */
export function neededFiles(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[]): string[] {
  const files = new RepoFiles(tree, blobs);
  const configs = files.configs.filter((path) => !files.isLoaded(path));
  if (configs.length > 0) return configs.sort();
  const roots = rootsOf(files, declared);
  const shown = new ShownFiles(files, new IndexModules(files));
  const reached = new Set<string>();
  for (const { path, root } of pageFilesOf(files, roots).files)
    if (!shown.isAlone(path)) shown.reach(root, path, reached);
  return [...reached].filter((path) => !files.isLoaded(path)).sort();
}
