import type { Page } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { ChangedFiles, Tree } from '../../docs/tree.ts';

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
export function changedPages(before: SiteAt, after: SiteAt, changes: Omit<Changes, 'pages'>): PageChange[] {
  const { added, deleted, modified } = changes.files;
  const files = new Set([...added, ...deleted, ...modified]);
  const kept = new Set<string>();
  const pages: PageChange[] = [];
  for (const page of after.site.pages) {
    const old = before.site.pageAt(changes.former.get(page.path) ?? page.path) ?? null;
    if (old) kept.add(old.path);
    const same = old?.blob === page.blob && !showsOther(old, page);
    if (!same) pages.push({ before: old, after: page });
  }
  const gone = before.site.pages.filter((page) => !kept.has(page.path));
  return [...pages, ...gone.map((page) => ({ before: page, after: null }))];

  function showsOther(old: Page, page: Page): boolean {
    if (before.site.isAlone(old) && after.site.isAlone(page)) return false;
    const mayShow = isBehind(files, before.site, old) || isBehind(files, after.site, page);
    return mayShow && partialsOf(old, before.site) !== partialsOf(page, after.site);
  }
}

function partialsOf(page: Page, site: Site): string {
  const { partials } = site.read(page);
  return partials.map(({ blob }) => blob).join();
}

/** Whether one of the files is the page's own or that of a partial or module behind it. */
function isBehind(files: ReadonlySet<string>, site: Site, page: Page): boolean {
  return files.size > 0 && [...site.filesBehind(page)].some((path) => files.has(path));
}
