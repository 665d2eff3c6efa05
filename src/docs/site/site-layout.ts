import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import { isConfigFile, type RepoFiles } from '../repo-files.ts';
import { isPageFile } from '../repo-path.ts';
import type { Blobs, TextBlob, Tree } from '../tree.ts';
import { namesIn } from './file-outline.ts';
import type { Page } from './page.ts';
import { groupBySite, PublishedSite, type SiteFiles } from './published-site.ts';
import { IndexModules, ShownFiles } from './shown-files.ts';
import type { Site } from './site.ts';
import type { PageFile } from './site-listing.ts';
import {
  decodeListing,
  type Entry,
  encodeListing,
  type ListingsCache,
  listPage,
  listSite,
  type SiteListing,
} from './site-listing.ts';

interface Parts {
  files: RepoFiles;
  roots: SiteRoot[];
  modules: IndexModules;
  shown: ShownFiles;
  pageFiles: ReadonlyMap<string, PageFile>;
  unsupported: Site['unsupported'];
  /** The published sites, and by index of a docs root the one it belongs to. */
  sites: PublishedSite[];
  siteOfRoot: PublishedSite[];
  pages: Page[];
  byPath: Map<string, Page>;
  /** The pages that show something of other files, where they are known. */
  known: SiteListing['behind'];
  /** By page: the files behind it. */
  behind: Map<string, ReadonlySet<string>>;
}

/** How a site is laid out: all that paths, config files and outlines decide, whatever else its pages say. */
export class SiteLayout {
  readonly parts: Readonly<Parts>;

  private constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Only paths and frontmatter are read, and not even these of a site that is kept. */
  static of(files: RepoFiles, declared: readonly DocsRoot[], kept?: ListingsCache): SiteLayout {
    const record = kept?.get(files.tree, declared);
    if (record) return SiteLayout.#ofListing(files, decodeListing(record, files.tree));
    const listing = listSite(files, declared);
    const layout = SiteLayout.#ofListing(files, listing);
    kept?.set(files.tree, declared, encodeListing({ ...listing, behind: layout.#behindAll() }, files.configs));
    return layout;
  }

  static #ofListing(files: RepoFiles, { roots, sites: told, entries, notPages, behind }: SiteListing): SiteLayout {
    const modules = new IndexModules(files);
    const sites = groupBySite(roots).map((group, at) => new PublishedSite(files, group, told[at] as SiteFiles));
    const unsupported = [...notPages];
    const parts: Parts = {
      ...{ files, roots, modules, sites, unsupported, pages: [], byPath: new Map(), behind: new Map() },
      shown: new ShownFiles(files, modules),
      siteOfRoot: roots.map((root) => sites.find((site) => site.roots.includes(root)) as PublishedSite),
      pageFiles: new Map(entries.map(({ file }) => [file.path, file])),
      known: behind,
    };
    for (const entry of entries) add(entry, parts);
    unsupported.sort((a, b) => (a.path < b.path ? -1 : 1));
    return new SiteLayout(parts);
  }

  /** Whether a page shows nothing of another file. */
  isAlone({ path }: Page): boolean {
    const { known, shown } = this.parts;
    return known ? !known.has(path) : shown.isAlone(path);
  }

  /** Its own file and every module and partial that a page may show something of. */
  filesBehind(page: Page): ReadonlySet<string> {
    const { behind, known } = this.parts;
    let reached = behind.get(page.path);
    if (!reached) {
      reached = known?.get(page.path) ?? this.#reach(page);
      behind.set(page.path, reached);
    }
    return reached;
  }

  #reach(page: Page): ReadonlySet<string> {
    const { shown, roots } = this.parts;
    if (this.isAlone(page)) return new Set([page.path]);
    const files = new Set<string>();
    shown.reach(roots[page.root] as SiteRoot, page.path, files);
    return files;
  }

  #behindAll(): ReadonlyMap<string, ReadonlySet<string>> {
    const pages = this.parts.pages.filter((page) => !this.isAlone(page));
    return new Map(pages.map((page) => [page.path, this.filesBehind(page)]));
  }

  /**
   * The layout of a tree in which some files have other contents and nothing else differs; null where that may change
   * more than what pages say.
   */
  edited(tree: Tree, blobs: Blobs, paths: readonly string[]): SiteLayout | null {
    const { files } = this.parts;
    const now = files.edited(tree, blobs);
    if (!paths.every((path) => this.#keepsShape(path, files, now))) return null;
    const replaced = new Map<Page, Page>();
    for (const path of paths) {
      const [page, file] = [this.parts.byPath.get(path), this.parts.pageFiles.get(path)];
      if (page && file) replaced.set(page, listPage(file, now.blob(path) as TextBlob, now.tree).page);
    }
    if (replaced.size === 0) return new SiteLayout({ ...this.parts, files: now });
    const sites = this.parts.sites.map((site) => site.with(replaced));
    const byPath = new Map(this.parts.byPath);
    for (const page of replaced.values()) byPath.set(page.path, page);
    const siteOfRoot = this.parts.siteOfRoot.map((site) => sites[this.parts.sites.indexOf(site)] as PublishedSite);
    return new SiteLayout({ ...this.parts, files: now, sites, siteOfRoot, byPath, pages: [...byPath.values()] });
  }

  #keepsShape(path: string, filesBefore: RepoFiles, filesNow: RepoFiles): boolean {
    const [before, now] = [filesBefore.blob(path), filesNow.blob(path)];
    if (!isPageFile(path)) return !isConfigFile(path) && !this.#isBehindAny(path);
    if (before === undefined && now === undefined) return !this.parts.pageFiles.has(path) && !this.#isBehindAny(path);
    if (!before || !now || !('text' in before) || !('text' in now) || namesIn(before) !== namesIn(now)) return false;
    const file = this.parts.pageFiles.get(path);
    return !file || placeOf(file, before, filesBefore.tree) === placeOf(file, now, filesNow.tree);
  }

  #isBehindAny(path: string): boolean {
    return this.parts.pages.some((page) =>
      this.isAlone(page) ? page.path === path : this.filesBehind(page).has(path),
    );
  }
}

/** Equal for two texts of a file by which it is served alike, whatever its title. */
function placeOf(file: PageFile, blob: TextBlob, tree: Tree): string {
  const { page, judged, shortRoutes } = listPage(file, blob, tree);
  return JSON.stringify([judged, page.route, shortRoutes]);
}

function add(entry: Entry, parts: Parts): void {
  if ('reason' in entry) {
    parts.unsupported.push({ path: entry.file.path, reason: entry.reason });
    return;
  }
  const { page, judged, shortRoutes } = entry.listed;
  const site = parts.siteOfRoot[page.root] as PublishedSite;
  if (!judged) {
    site.addOther(page.route);
    return;
  }
  parts.pages.push(page);
  parts.byPath.set(page.path, page);
  site.add(page, shortRoutes);
}
