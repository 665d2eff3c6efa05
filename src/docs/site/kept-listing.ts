import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import type { Tree } from '../tree.ts';
import type { Page } from './page.ts';
import type { ListedPage } from './page-list.ts';
import type { SiteFiles } from './published-site.ts';
import type { Site } from './site.ts';
import type { SiteListing } from './site-listing.ts';

/** A site's listing as plain JSON. */
export interface ListingRecord {
  roots: SiteRoot[];
  sites: SiteFiles[];
  notPages: Site['unsupported'];
  /** Files that may tell how the site is built. */
  configs: string[];
  entries: KeptEntry[];
  /** By path of each page that may show something of other files: these. */
  behind: [path: string, files: string[]][];
}

/** A file at the place of a page, with the indexes of its docs root and of its folder there. */
interface KeptEntry {
  path: string;
  root: number;
  folder: number;
  reason?: string;
  listed?: Omit<ListedPage, 'page'> & { page: Omit<Page, 'blob'> };
}

/** Listings of trees that were met before. */
export interface ListingsCache {
  get(tree: Tree, declared: readonly DocsRoot[]): ListingRecord | undefined;
  set(tree: Tree, declared: readonly DocsRoot[], record: ListingRecord): void;
}

/** All files that building the site takes. */
export function filesOf({ configs, entries, behind }: ListingRecord): string[] {
  return [...new Set([...configs, ...entries.map(({ path }) => path), ...behind.flatMap(([, files]) => files)])];
}

/** The files that are known to be text. */
export function textsOf({ entries }: ListingRecord): string[] {
  return entries.flatMap(({ path, listed }) => (listed ? path : []));
}

export function encodeListing(
  { roots, sites, notPages, entries, behind }: SiteListing,
  configs: readonly string[],
): ListingRecord {
  const kept = entries.map(({ file: { path, rootIndex, root, folder }, ...what }) => {
    return { path, root: rootIndex, folder: root.folders.indexOf(folder), ...what };
  });
  const shown = Array.from(behind ?? [], ([path, files]): [string, string[]] => [path, [...files]]);
  return { roots, sites, notPages, configs: [...configs], entries: kept, behind: shown };
}

/** @param tree the one that was listed */
export function decodeListing({ roots, sites, notPages, entries, behind }: ListingRecord, tree: Tree): SiteListing {
  const decoded = entries.map(({ path, root: rootIndex, folder: folderIndex, reason, listed }) => {
    const root = roots[rootIndex] as SiteRoot;
    const file = { path, root, rootIndex, folder: root.folders[folderIndex] as SiteRoot['folders'][number] };
    if (!listed) return { file, reason: reason as string };
    return { file, listed: { ...listed, page: { ...listed.page, blob: tree.get(path)?.blob ?? '' } } };
  });
  return {
    roots,
    sites,
    notPages,
    entries: decoded,
    behind: new Map(behind.map(([path, files]) => [path, new Set(files)])),
  };
}
