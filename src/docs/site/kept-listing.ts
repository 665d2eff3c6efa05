import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import type { Frontmatter } from '../markdown/page-facts.ts';
import type { Tree } from '../tree.ts';
import type { Page } from './page.ts';
import type { PageFile } from './page-files.ts';
import type { SiteFiles } from './published-site.ts';
import type { Site } from './site.ts';
import type { Entry, SiteListing } from './site-listing.ts';

/** To be raised whenever the same files would be listed otherwise: what was kept before is then not used. */
export const LISTING_VERSION = 1;

/** A site's listing as it may be kept: plain JSON, in columns, because most of it follows from a page's route. */
export interface ListingRecord {
  roots: SiteRoot[];
  sites: SiteFiles[];
  notPages: Site['unsupported'];
  /** Files that may tell how the site is built. */
  configs: string[];
  /** Of the files at places of pages. */
  paths: string[];
  /** By index of a file: its docs root, and the folder of that root. */
  owners: [root: number, folder: number][];
  ownerOf: number[];
  routes: string[];
  titles: string[];
  /** What differs from a page that is judged, has its route for a name and URL, and of frontmatter a title. */
  odd: [index: number, differs: Odd][];
}

interface Odd {
  reason?: string;
  served?: boolean;
  name?: string;
  url?: string;
  hidden?: boolean;
  frontmatter?: Frontmatter;
  shortRoutes?: string[];
  behind?: string[];
}

/** Listings of trees that were met before. */
export interface ListingsCache {
  get(tree: Tree, declared: readonly DocsRoot[]): ListingRecord | undefined;
  set(tree: Tree, declared: readonly DocsRoot[], record: ListingRecord): void;
}

/** All files that building the site takes. */
export function* filesOf({ configs, paths, odd }: ListingRecord): Generator<string> {
  yield* configs;
  yield* paths;
  for (const [, { behind }] of odd) yield* behind ?? [];
}

/** The files that are pages. */
export function* pagesOf({ paths, odd }: ListingRecord): Generator<string> {
  const reasons = new Set(odd.flatMap(([at, { reason }]) => (reason === undefined ? [] : at)));
  for (const [at, path] of paths.entries()) if (!reasons.has(at)) yield path;
}

export function encodeListing(
  { roots, sites, notPages, entries, behind }: SiteListing,
  configs: readonly string[],
): ListingRecord {
  const owners = new Owners();
  const record: ListingRecord = {
    ...{ roots, sites, notPages, configs: [...configs], owners: owners.all },
    ...{ paths: [], ownerOf: [], routes: [], titles: [], odd: [] },
  };
  for (const [at, entry] of entries.entries()) {
    const { file } = entry;
    record.paths.push(file.path);
    record.ownerOf.push(owners.numberOf(file));
    record.routes.push('listed' in entry ? entry.listed.page.route : '');
    record.titles.push('listed' in entry ? entry.listed.page.title : '');
    const differs = oddnessOf(entry, behind?.get(file.path));
    if (Object.keys(differs).length > 0) record.odd.push([at, differs]);
  }
  return record;
}

class Owners {
  readonly all: [root: number, folder: number][] = [];
  readonly #numbers = new Map<PageFile['folder'], number>();

  numberOf({ rootIndex, root, folder }: PageFile): number {
    let number = this.#numbers.get(folder);
    if (number === undefined) {
      number = this.all.push([rootIndex, root.folders.indexOf(folder)]) - 1;
      this.#numbers.set(folder, number);
    }
    return number;
  }
}

function oddnessOf(entry: Entry, behind: ReadonlySet<string> | undefined): Odd {
  if ('reason' in entry) return { reason: entry.reason };
  const { page, judged, shortRoutes } = entry.listed;
  const differs: Odd = {};
  if (!judged) differs.served = true;
  if (page.name !== page.route.slice(1)) differs.name = page.name;
  if (page.url !== page.route) differs.url = page.url;
  if (page.hidden) differs.hidden = true;
  if (!isTitleAlone(page)) differs.frontmatter = page.frontmatter;
  if (shortRoutes.length > 0) differs.shortRoutes = shortRoutes;
  if (behind) differs.behind = [...behind];
  return differs;
}

function isTitleAlone({ title, frontmatter: { title: own, ...others } }: Page): boolean {
  return own === title && Object.values(others).every((value) => value === null || value === false);
}

const UNSET = { slug: null, permalink: null, id: null, draft: false, noindex: false, unlisted: false, hidden: false };

/** @param tree the one that was listed */
export function decodeListing(record: ListingRecord, tree: Tree): SiteListing {
  const { roots, sites, notPages } = record;
  const owners = record.owners.map(([rootIndex, folder]) => {
    const root = roots[rootIndex] as SiteRoot;
    return { root, rootIndex, folder: root.folders[folder] as PageFile['folder'] };
  });
  const odd = new Map(record.odd);
  const behind = new Map<string, ReadonlySet<string>>();
  const entries = record.paths.map((path, at): Entry => {
    const { root, rootIndex, folder } = owners[record.ownerOf[at] as number] as (typeof owners)[number];
    const file = { path, root, rootIndex, folder };
    const { reason, served = false, shortRoutes = [], behind: shown, ...differs } = odd.get(at) ?? {};
    if (reason !== undefined) return { file, reason };
    if (shown) behind.set(path, new Set(shown));
    const title = record.titles[at] as string;
    const route = record.routes[at] as string;
    const page: Page = {
      path,
      blob: tree.get(path)?.blob ?? '',
      name: differs.name ?? route.slice(1),
      route,
      url: differs.url ?? route,
      title,
      hidden: differs.hidden ?? false,
      root: rootIndex,
      frontmatter: differs.frontmatter ?? { title, ...UNSET },
    };
    return { file, listed: { page, judged: !served, shortRoutes } };
  });
  return { roots, sites, notPages, entries, behind };
}
