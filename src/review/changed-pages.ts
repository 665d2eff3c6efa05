import type { Page } from '../docs/page.ts';
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

const PARTIAL_FILE = /\.(?:mdx?|markdown|mdoc)$/i;

/** Looking for more names than this in every page costs more than reading the pages. */
const MAX_NAMES = 30;

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

function pagesThatMayShow(
  before: SiteAt,
  after: SiteAt,
  { files, former }: Omit<Changes, 'pages'>,
  blobs: Blobs,
): (page: Page) => boolean {
  const changed = [...files.modified, ...files.deleted, ...files.added.filter((path) => !isPureMove(path))];
  const partials = changed.filter((path) => isPartial(path, before) || isPartial(path, after));
  if (partials.length === 0) return () => false;
  const textOf = (blob: string) => {
    const found = blobs.get(blob);
    return found && 'text' in found ? found.text : '';
  };
  const names = withImporters(new Set(partials.map(importName)), [before, after], textOf);
  if (names.size > MAX_NAMES) return () => true;
  return (page) => mentionsAny(textOf(page.blob), names);

  function isPureMove(path: string): boolean {
    const old = former.get(path);
    return old !== undefined && before.tree.get(old)?.blob === after.tree.get(path)?.blob;
  }
}

function isPartial(path: string, { tree, site }: SiteAt): boolean {
  return PARTIAL_FILE.test(path) && tree.has(path) && !site.pageAt(path);
}

/** What an import of the file must contain, whatever alias or relative path leads to it. */
function importName(path: string): string {
  const segments = path.replace(/\.[^./]+$/, '').split('/');
  const last = segments.pop() ?? '';
  return last === 'index' ? (segments.pop() ?? last) : last;
}

/** Partials may show partials: adds the names of those that may show one of the given names. */
function withImporters(names: Set<string>, sides: SiteAt[], textOf: (blob: string) => string): Set<string> {
  const others = new Map<string, string>();
  for (const side of sides) {
    for (const [path, file] of side.tree) if (isPartial(path, side)) others.set(path, textOf(file.blob));
  }
  for (let grown = true; grown && names.size <= MAX_NAMES; ) {
    grown = false;
    for (const [path, text] of others) {
      if (names.has(importName(path)) || !mentionsAny(text, names)) continue;
      names.add(importName(path));
      grown = true;
    }
  }
  return names;
}

function mentionsAny(text: string, names: ReadonlySet<string>): boolean {
  for (const name of names) if (text.includes(name)) return true;
  return false;
}
