import type { DocsRoot, PageFolder, SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import { compileGlob, type PathMatcher } from '../glob.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, isNeverRead, isPageFile, isUnder, pathUnder, withoutExtension } from '../repo-path.ts';
import { comparablePath, decodePercent, encodePath, joinRoute, withoutIndex } from '../routes.ts';
import type { TextBlob, Tree } from '../tree.ts';
import { rootsOf } from './docs-roots.ts';
import { outlineOf } from './file-outline.ts';
import type { Page } from './page.ts';
import { groupBySite, readSiteFiles, type SiteFiles } from './published-site.ts';
import type { Site } from './site.ts';

/** A file at the place of a page: the page that it is, or why it is none. */
export type Entry = { file: PageFile; listed: ListedPage } | { file: PageFile; reason: string };

/** What a site's config files, paths and outlines come to. */
export interface SiteListing {
  roots: SiteRoot[];
  /** Of each published site. */
  sites: SiteFiles[];
  /** In path order. */
  entries: Entry[];
  /** What lies among the pages but cannot be one, by its path alone. */
  notPages: Site['unsupported'];
  /**
   * By path of a page that may show something of other files: these, and its own; of the pages that are not named
   * nothing else is shown. Null where it has to be told from the pages.
   */
  behind: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Reads paths, config files and frontmatter alone. @throws where a page's blob is not loaded */
export function listSite(files: RepoFiles, declared: readonly DocsRoot[]): SiteListing {
  const roots = rootsOf(files, declared);
  const sites = groupBySite(roots).map((group) => readSiteFiles(files, group));
  const { files: pageFiles, unsupported } = pageFilesOf(files, roots);
  const entries = pageFiles.map((file) => entryOf(file, files));
  return { roots, sites, entries, notPages: [...unsupported], behind: null };
}

function entryOf(file: PageFile, files: RepoFiles): Entry {
  const blob = files.blob(file.path);
  if (!blob) throw new Error(`The blob of ${file.path} is not loaded`);
  return 'text' in blob ? { file, listed: listPage(file, blob, files.tree) } : { file, reason: blob.unreadable };
}

/** A file that is a page, by its path alone. */
export interface PageFile {
  path: string;
  root: SiteRoot;
  rootIndex: number;
  folder: PageFolder;
}

interface Owner extends Omit<PageFile, 'path'> {
  include: PathMatcher[];
  exclude: PathMatcher[];
}

const LINK_REASONS = new Map([
  ['120000', 'a symbolic link'],
  ['160000', 'a submodule'],
]);

interface PageFiles {
  files: readonly PageFile[];
  unsupported: readonly { path: string; reason: string }[];
}

/** The pages of all docs roots in path order, and what lies among them but cannot be one. */
export function pageFilesOf(files: RepoFiles, roots: readonly SiteRoot[]): PageFiles {
  const owners = ownersOf(roots);
  const pages: PageFile[] = [];
  const unsupported: PageFiles['unsupported'][number][] = [];
  for (const path of files.paths) {
    const owner = ownerOf(owners, path);
    if (!owner || !isIncluded(owner, path)) continue;
    if (isPageFile(path)) pages.push({ path, root: owner.root, rootIndex: owner.rootIndex, folder: owner.folder });
    else unsupported.push({ path, reason: 'neither Markdown nor MDX' });
  }
  for (const [path, { mode }] of files.tree) {
    const reason = LINK_REASONS.get(mode);
    const owner = reason === undefined || isNeverRead(path) ? undefined : ownerOf(owners, path);
    if (reason && owner && (mode === '160000' || isIncluded(owner, path))) unsupported.push({ path, reason });
  }
  return { files: pages, unsupported };
}

/** By folder; where two roots name the same folder, the first has it. */
function ownersOf(roots: readonly SiteRoot[]): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [rootIndex, root] of roots.entries()) {
    const include = root.include.map(compileGlob);
    const exclude = root.exclude.map(compileGlob);
    for (const folder of root.folders) {
      if (!owners.has(folder.path)) owners.set(folder.path, { root, rootIndex, folder, include, exclude });
    }
  }
  return owners;
}

/** The innermost folder that holds the file. */
function ownerOf(owners: ReadonlyMap<string, Owner>, path: string): Owner | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const owner = owners.get(folder);
    if (owner || folder === '') return owner;
  }
}

function isIncluded({ root, folder, include, exclude }: Owner, path: string): boolean {
  const inside = pathUnder(path, folder.path);
  if (!include.some((matches) => matches(inside)) || exclude.some((matches) => matches(inside))) return false;
  if (inside.startsWith('.vitepress/') || root.partials.some((partials) => isUnder(path, partials))) return false;
  return !rulesOf(root.framework).isPartial(inside);
}

/** A page with how it stands on its site. */
export interface ListedPage {
  page: Page;
  /** False for other locales and versions: these are served, but not judged. */
  judged: boolean;
  /** Routes without locale or version, by which links may mean it where no page has that very route. */
  shortRoutes: string[];
}

interface Place {
  /** Path under the page folder without extension or locale ending. */
  path: string;
  /** The same without the locale's folder. */
  bare: string;
  locale: string | null;
}

/** The page of a file by its path, its root's rules and its frontmatter; the body is not parsed. */
export function listPage(file: PageFile, blob: TextBlob, tree: Tree): ListedPage {
  const { root, folder } = file;
  const rules = rulesOf(root.framework);
  const { frontmatter, heading } = outlineOf(blob);
  const place = placeOf(withoutExtension(pathUnder(file.path, folder.path)), root);
  const isDefault = place.locale === null || place.locale === root.locale;
  const routeBelow = (under: string, path: string) => {
    const below = decodePercent(rules.route(path, frontmatter, root));
    return below.startsWith('/') ? joinRoute(below) : joinRoute(under, below);
  };
  const served = routeBelow(folder.route, rules.servesLocale || !isDefault ? place.path : place.bare);
  const isShort = place.bare === place.path && folder.route === root.route;
  const short = isShort || !isDefault ? [] : [folder.route, root.route].map((under) => routeBelow(under, place.bare));
  const name = withoutIndex(place.bare) || 'index';
  const page: Page = {
    path: file.path,
    blob: tree.get(file.path)?.blob ?? '',
    name,
    route: comparablePath(served),
    url: urlOf(served, root, /(?:^|\/)index$/i.test(place.bare)),
    title: frontmatter.title ?? heading ?? name,
    hidden: rules.isHidden(frontmatter),
    root: file.rootIndex,
    frontmatter,
  };
  return { page, judged: isDefault && isJudgedVersion(file), shortRoutes: short.map(comparablePath) };
}

/** `versions` names those judged; the current one alone where it names none. */
function isJudgedVersion({ root, folder }: PageFile): boolean {
  if (folder.version === null) return true;
  return root.versions.length > 0 ? root.versions.includes(folder.version) : folder.version === 'current';
}

/** Locales are the first folder (`ja/setup`) or the end of the file name (`setup.ja`). */
function placeOf(path: string, root: SiteRoot): Place {
  const first = path.split('/', 1)[0] as string;
  if (root.locales.includes(first)) return { path, bare: path.slice(first.length + 1) || 'index', locale: first };
  const name = fileNameOf(path);
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (ending === name || !root.locales.includes(ending)) return { path, bare: path, locale: null };
  const bare = path.slice(0, -ending.length - 1);
  return { path: ending === root.locale ? bare : joinRoute(ending, bare).slice(1), bare, locale: ending };
}

function urlOf(served: string, root: SiteRoot, isIndex: boolean): string {
  const base = root.site !== null && URL.canParse(root.site) ? new URL(root.site).pathname : '';
  const url = joinRoute(base, encodePath(served));
  if (root.urlEnding === '') return url;
  return isIndex ? url.replace(/\/?$/, '/') : url + root.urlEnding;
}

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
