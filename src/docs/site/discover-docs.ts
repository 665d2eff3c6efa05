import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import { RepoFiles } from '../repo-files.ts';
import { folderOf, isPageFile, isUnder } from '../repo-path.ts';
import type { Blobs, Tree } from '../tree.ts';
import { inferAliases } from './aliases.ts';
import { buildSite } from './build-site.ts';
import type { Site } from './site.ts';

/** A docs root as it was found, with what its pages tell beyond config files. */
export interface DiscoveredRoot {
  root: SiteRoot;
  /** How many pages of it are judged. */
  pages: number;
  /** Folders outside of every docs root whose Markdown its pages show, in path order. */
  partials: string[];
  /** Import prefixes that no config file shows. */
  inferred: Record<string, string>;
}

/** More folders of partials than this are told by the folders that hold them. */
const MOST_FOLDERS = 6;

/**
 * The docs roots of a repository, largest first: those that are declared, else those that its config files show. Load
 * what `neededFiles` names first.
 */
export function discoverDocs(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[]): DiscoveredRoot[] {
  const files = new RepoFiles(tree, blobs);
  const site = buildSite(tree, blobs, declared);
  const roots = site.roots.map((root, index) => {
    const pages = site.pages.filter((page) => page.root === index);
    const paths = pages.map(({ path }) => path);
    const found = root as SiteRoot;
    const shown = new Set(pages.flatMap((page) => site.textsBehind(page).slice(1)));
    return {
      root: found,
      pages: pages.length,
      partials: fewFolders(outsideFolders(shown, site)),
      inferred: inferAliases(files, found, [...paths, ...shown]),
    };
  });
  return roots.sort((a, b) => b.pages - a.pages);
}

function outsideFolders(paths: Iterable<string>, site: Site): string[] {
  const roots = site.roots.flatMap((root) => (root as SiteRoot).folders.map(({ path }) => path));
  const isOutside = (folder: string) =>
    folder !== '' && !roots.some((root) => isUnder(folder, root) || isUnder(root, folder));
  return outermost([...paths].map(folderOf).filter(isOutside));
}

/** Without those that lie in another one, in path order. */
function outermost(folders: readonly string[]): string[] {
  const distinct = [...new Set(folders)].sort();
  return distinct.filter((folder) => !distinct.some((other) => other !== folder && isUnder(folder, other)));
}

function fewFolders(folders: string[]): string[] {
  let few = folders;
  while (few.length > MOST_FOLDERS) {
    const deepest = Math.max(...few.map((folder) => folder.split('/').length));
    if (deepest <= 2) break;
    few = outermost(few.map((folder) => folder.split('/', deepest - 1).join('/')));
  }
  return few;
}

/** Folders that may hold docs where no config file says so: those with the most Markdown, largest first. */
export function markdownFolders(tree: Tree, most: number): { folder: string; pages: number }[] {
  const counts = new Map<string, number>();
  for (const path of new RepoFiles(tree, new Map()).paths.filter(isPageFile)) {
    const [top, ...rest] = path.split('/');
    if (rest.length > 0) counts.set(top as string, (counts.get(top as string) ?? 0) + 1);
  }
  const folders = [...counts].map(([folder, pages]) => ({ folder, pages }));
  return folders.sort((a, b) => b.pages - a.pages || (a.folder < b.folder ? -1 : 1)).slice(0, most);
}
