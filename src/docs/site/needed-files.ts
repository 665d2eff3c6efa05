import type { DocsRoot } from '../frameworks/framework.ts';
import { isConfigFile, RepoFiles } from '../repo-files.ts';
import { isPageFile } from '../repo-path.ts';
import { type Blobs, changedFiles, type Tree, type TreeFile } from '../tree.ts';
import { rootsOf } from './docs-roots.ts';
import { namesIn } from './file-outline.ts';
import { IndexModules, isModuleFile, ShownFiles } from './shown-files.ts';
import { filesOf, type ListingsCache, pageFilesOf, textsOf } from './site-listing.ts';

/**
 * The files whose blobs must still be loaded before `buildSite` can run, in path order: config files first, then
 * pages, then the partials they name, the modules through which they import some, and what these name. Load them and ask again until nothing is needed.
 * @param kept sites of which all this is known
 */
export function neededFiles(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[], kept?: ListingsCache): string[] {
  const files = new RepoFiles(tree, blobs);
  const record = kept?.get(tree, declared);
  if (record) {
    const paths = filesOf(record);
    blobs.readLater?.(textsOf(record).map((path) => tree.get(path)?.blob ?? ''));
    return paths.filter((path) => !files.isLoaded(path)).sort();
  }
  const configs = files.configs.filter((path) => !files.isLoaded(path));
  if (configs.length > 0) return configs.sort();
  const roots = rootsOf(files, declared);
  const shown = new ShownFiles(files, new IndexModules(files));
  const reached = new Set<string>();
  for (const { path, root } of pageFilesOf(files, roots).files)
    if (!shown.isAlone(path)) shown.reach(root, path, reached);
  return [...reached].filter((path) => !files.isLoaded(path)).sort();
}

/**
 * The same for a tree close to one that has all it needs: a page with other text needs nothing more as long as it names
 * the same files. Page files that differ are needed wherever they stand.
 */
export function neededFilesSince(before: Tree, tree: Tree, blobs: Blobs, declared: readonly DocsRoot[]): string[] {
  const { added, deleted, modified } = changedFiles(before, tree);
  const unread = [...added, ...modified].filter((path) => isPageFile(path) && isAbsent(tree.get(path), blobs));
  if (unread.length > 0) return unread.sort();
  const isAlike =
    added.length + deleted.length === 0 && modified.every((path) => namesTheSame(path, before, tree, blobs));
  return isAlike ? [] : neededFiles(tree, blobs, declared);
}

function isAbsent(file: TreeFile | undefined, blobs: Blobs): boolean {
  return file?.mode.startsWith('100') === true && !blobs.has(file.blob);
}

/** Neither a config file nor code with other contents; and of a page those that it names. */
function namesTheSame(path: string, before: Tree, tree: Tree, blobs: Blobs): boolean {
  const [old, file] = [before.get(path), tree.get(path)];
  if (old?.mode !== file?.mode) return false;
  if (!isPageFile(path)) return !isConfigFile(path) && !isModuleFile(path);
  const [then, now] = [blobs.get(old?.blob ?? ''), blobs.get(file?.blob ?? '')];
  return then && now && 'text' in then && 'text' in now ? namesIn(then) === namesIn(now) : false;
}
