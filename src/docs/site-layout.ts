import { rootsOf } from './docs-roots.ts';
import { outlineOf } from './file-outline.ts';
import type { SiteRoot } from './frameworks/framework.ts';
import { IndexModules } from './index-modules.ts';
import type { Page } from './page.ts';
import { type PageFile, pageFilesOf } from './page-files.ts';
import { listPage } from './page-list.ts';
import { groupBySite, PublishedSite } from './published-site.ts';
import { isConfigFile, RepoFiles } from './repo-files.ts';
import { isPageFile } from './repo-path.ts';
import { ShownFiles } from './shown-files.ts';
import type { DocsRoot, Site } from './site.ts';
import type { Blobs, BlobText, TextBlob, Tree } from './tree.ts';

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
  /** By page: the files behind it. */
  behind: Map<string, ReadonlySet<string>>;
}

/** How a site is laid out: all that paths, config files and outlines decide, whatever else its pages say. */
export class SiteLayout {
  readonly parts: Readonly<Parts>;

  private constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Only paths and frontmatter are read. */
  static of(files: RepoFiles, declared: readonly DocsRoot[]): SiteLayout {
    const modules = new IndexModules(files);
    const roots = rootsOf(files, declared);
    const sites = groupBySite(roots).map((group) => new PublishedSite(files, group));
    const { files: pageFiles, unsupported: notPages } = pageFilesOf(files, roots);
    const unsupported = [...notPages];
    const parts: Parts = {
      ...{ files, roots, modules, sites, unsupported, pages: [], byPath: new Map(), behind: new Map() },
      shown: new ShownFiles(files, modules),
      siteOfRoot: roots.map((root) => sites.find((site) => site.roots.includes(root)) as PublishedSite),
      pageFiles: new Map(pageFiles.map((file) => [file.path, file])),
    };
    for (const file of pageFiles) list(file, parts);
    unsupported.sort((a, b) => (a.path < b.path ? -1 : 1));
    return new SiteLayout(parts);
  }

  /** Its own file and every module and partial that a page may show something of. */
  filesBehind({ path, root }: Page): ReadonlySet<string> {
    const { behind, shown, roots } = this.parts;
    let reached = behind.get(path);
    if (!reached) {
      // Most pages: what is told as quickly as it is looked up need not be held for each of them.
      if (shown.isAlone(path)) return new Set([path]);
      const files = new Set<string>();
      shown.reach(roots[root] as SiteRoot, path, files);
      behind.set(path, files);
      reached = files;
    }
    return reached;
  }

  /**
   * The layout of a tree in which some files have other contents and nothing else differs; null where that may change
   * more than what pages say.
   */
  edited(tree: Tree, blobs: Blobs, paths: readonly string[]): SiteLayout | null {
    const { files } = this.parts;
    const now = RepoFiles.withPathsOf(files.tree, tree, blobs);
    if (!paths.every((path) => this.#keepsShape(path, files.blob(path), now.blob(path)))) return null;
    const replaced = new Map<Page, Page>();
    for (const path of paths) {
      const [page, file] = [this.parts.byPath.get(path), this.parts.pageFiles.get(path)];
      if (page && file) replaced.set(page, pageOf(file, now, this.parts).page);
    }
    if (replaced.size === 0) return new SiteLayout({ ...this.parts, files: now });
    const sites = this.parts.sites.map((site) => site.with(replaced));
    const byPath = new Map(this.parts.byPath);
    for (const page of replaced.values()) byPath.set(page.path, page);
    const siteOfRoot = this.parts.siteOfRoot.map((site) => sites[this.parts.sites.indexOf(site)] as PublishedSite);
    return new SiteLayout({ ...this.parts, files: now, sites, siteOfRoot, byPath, pages: [...byPath.values()] });
  }

  #keepsShape(path: string, before: BlobText | undefined, now: BlobText | undefined): boolean {
    if (!isPageFile(path)) return !isConfigFile(path) && !this.#isBehindAny(path);
    if (before === undefined && now === undefined) return !this.parts.pageFiles.has(path) && !this.#isBehindAny(path);
    return before !== undefined && now !== undefined && 'text' in before && 'text' in now && isAlike(before, now);
  }

  #isBehindAny(path: string): boolean {
    return this.parts.pages.some((page) => this.filesBehind(page).has(path));
  }
}

function list(file: PageFile, parts: Parts): void {
  const blob = parts.files.blob(file.path);
  if (!blob) throw new Error(`The blob of ${file.path} is not loaded`);
  if (!('text' in blob)) {
    parts.unsupported.push({ path: file.path, reason: blob.unreadable });
    return;
  }
  const { page, judged, shortRoutes } = pageOf(file, parts.files, parts);
  const site = parts.siteOfRoot[page.root] as PublishedSite;
  if (!judged) {
    site.addOther(page.route);
    return;
  }
  parts.pages.push(page);
  parts.byPath.set(page.path, page);
  site.add(page, shortRoutes);
}

function pageOf(file: PageFile, files: RepoFiles, { roots }: Pick<Parts, 'roots'>): ReturnType<typeof listPage> {
  return listPage(file, files.blob(file.path) as TextBlob, files.tree.get(file.path)?.blob ?? '', shapeOf(roots));
}

/** Whether a site cannot tell two files apart before it parses them. */
function isAlike(before: TextBlob, now: TextBlob): boolean {
  const [{ start: _, ...old }, { start: __, ...fresh }] = [outlineOf(before), outlineOf(now)];
  return JSON.stringify(old) === JSON.stringify(fresh);
}

const shapes = new Map<string, number>();
const shapesOfRoots = new WeakMap<readonly SiteRoot[], number>();

/** A number for each set of docs roots that this process has met. */
function shapeOf(roots: readonly SiteRoot[]): number {
  let shape = shapesOfRoots.get(roots);
  if (shape === undefined) {
    const key = JSON.stringify(roots);
    shape = shapes.get(key) ?? shapes.size;
    shapes.set(key, shape);
    shapesOfRoots.set(roots, shape);
  }
  return shape;
}
