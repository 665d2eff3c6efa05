import { rootsOf } from './docs-roots.ts';
import type { SiteRoot } from './frameworks/framework.ts';
import { pageFilesOf } from './page-files.ts';
import { findPartial, namedFiles } from './partial-files.ts';
import { RepoFiles } from './repo-files.ts';
import type { DocsRoot } from './site.ts';
import type { Blobs, Tree } from './tree.ts';

/**
 * The files whose blobs must still be loaded before `buildSite` can run, in path order: config files first, then
 * pages, then the partials they name and those these name. Load them and ask again until nothing is needed.
 */
export function neededFiles(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[]): string[] {
  const files = new RepoFiles(tree, blobs);
  const configs = files.configs.filter((path) => !files.isLoaded(path));
  if (configs.length > 0) return configs.sort();
  const roots = rootsOf(files, declared);
  const reached = new Set<string>();
  for (const { path, root } of pageFilesOf(files, roots).files) reach(files, root, path, reached);
  return [...reached].filter((path) => !files.isLoaded(path)).sort();
}

function reach(files: RepoFiles, root: SiteRoot, start: string, reached: Set<string>): void {
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const blob = files.blob(path);
    if (!blob) continue;
    for (const name of namedFiles(blob)) {
      const partial = findPartial(files, root, name, path);
      if (partial !== null) waiting.push(partial);
    }
  }
}
