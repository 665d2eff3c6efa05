import type { Page } from '../docs/page.ts';
import { namedFiles } from '../docs/partial-files.ts';
import { fileNameOf, isPageFile } from '../docs/repo-path.ts';
import type { Site } from '../docs/site.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import type { ChangedFiles } from './changed-files.ts';

/** One snapshot with its pages. */
export interface SiteAt {
  tree: Tree;
  site: Site;
}

/** A page whose content differs; null on the side where there is none. */
export interface PageChange {
  before: Page | null;
  after: Page | null;
}

/** What differs between two snapshots, as files and as pages. */
export interface Changes {
  files: ChangedFiles;
  /** Old path → new path, pages and partials. */
  moves: ReadonlyMap<string, string>;
  /** New path → old path. */
  former: ReadonlyMap<string, string>;
  pages: PageChange[];
}

/**
 * The pages whose own file or one of whose partials differs, deleted ones last; a page that only moved is not among
 * them. Only pages that may show a changed partial are read.
 */
export function changedPages(
  before: SiteAt,
  after: SiteAt,
  changes: Omit<Changes, 'pages'>,
  blobs: Blobs,
): PageChange[] {
  const mayShow = pagesThatMayShow(before, after, changes, blobs);
  const kept = new Set<string>();
  const pages: PageChange[] = [];
  for (const page of after.site.pages) {
    const old = before.site.pageAt(changes.former.get(page.path) ?? page.path) ?? null;
    if (old) kept.add(old.path);
    const same = old?.blob === page.blob && !(mayShow(page) && partialsDiffer(old, page, before.site, after.site));
    if (!same) pages.push({ before: old, after: page });
  }
  const gone = before.site.pages.filter((page) => !kept.has(page.path));
  return [...pages, ...gone.map((page) => ({ before: page, after: null }))];
}

function partialsDiffer(old: Page, page: Page, before: Site, after: Site): boolean {
  const blobsOf = (site: Site, at: Page) => site.read(at).partials.map((partial) => partial.blob);
  return blobsOf(before, old).join() !== blobsOf(after, page).join();
}

/** Whether a page names, itself or through a partial, a Markdown file that differs. */
function pagesThatMayShow(
  before: SiteAt,
  after: SiteAt,
  { files, former }: Omit<Changes, 'pages'>,
  blobs: Blobs,
): (page: Page) => boolean {
  const changed = [...files.modified, ...files.deleted, ...files.added.filter((path) => !isPureMove(path))];
  const names = changed.filter(isPageFile).map(fileNameOf);
  if (names.length === 0) return () => false;
  const showing = filesNaming(names, [before.tree, after.tree], blobs);
  return (page) => showing.has(page.path);

  function isPureMove(path: string): boolean {
    const old = former.get(path);
    return old !== undefined && before.tree.get(old)?.blob === after.tree.get(path)?.blob;
  }
}

/** The paths of all files that name one of the given file names, or a file that does. */
function filesNaming(names: readonly string[], trees: readonly Tree[], blobs: Blobs): ReadonlySet<string> {
  const namedBy = new Map<string, Set<string>>();
  for (const tree of trees) {
    for (const [path, file] of tree) {
      const blob = isPageFile(path) ? blobs.get(file.blob) : undefined;
      for (const specifier of blob ? namedFiles(blob) : []) add(namedBy, fileNameOf(specifier), path);
    }
  }
  const found = new Set<string>();
  const waiting = [...new Set(names)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const path of namedBy.get(name) ?? []) {
      if (found.has(path)) continue;
      found.add(path);
      waiting.push(fileNameOf(path));
    }
  }
  return found;
}

function add(map: Map<string, Set<string>>, key: string, path: string): void {
  const set = map.get(key);
  if (set) set.add(path);
  else map.set(key, new Set([path]));
}
