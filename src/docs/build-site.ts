import { assembleContent, type PartialSource } from './assemble-content.ts';
import { rootsOf } from './docs-roots.ts';
import { outlineOf } from './file-outline.ts';
import type { SiteRoot } from './frameworks/framework.ts';
import { rulesOf } from './frameworks/frameworks.ts';
import { IndexModules, type ModuleUse } from './index-modules.ts';
import type { Content, Page } from './page.ts';
import type { PageFacts } from './page-facts.ts';
import { pageFilesOf } from './page-files.ts';
import { listPage } from './page-list.ts';
import { parsePage } from './parse-page.ts';
import { findPartial } from './partial-files.ts';
import { PublishedSite } from './published-site.ts';
import { type LineRange, mergeLines } from './regions.ts';
import { RepoFiles } from './repo-files.ts';
import { isPageFile } from './repo-path.ts';
import { type LinkSpace, resolveLink } from './resolve-link.ts';
import { comparableRoute } from './routes.ts';
import { ShownFiles } from './shown-files.ts';
import type { DocsRoot, FactsCache, RawText, Site, Target } from './site.ts';
import type { Blobs, Tree } from './tree.ts';

export interface BuildOptions {
  cache?: FactsCache;
  parse?: typeof parsePage;
}

/**
 * All pages at one commit. Load what `neededFiles` names first: a page whose blob is missing is an error. Only paths
 * and frontmatter are read here; a page is parsed when `read` asks for it, at most once by blob.
 */
export function buildSite(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[], options: BuildOptions = {}): Site {
  return new BuiltSite(new RepoFiles(tree, blobs), declared, options);
}

class BuiltSite implements Site, LinkSpace {
  readonly roots: SiteRoot[];
  readonly tree: Tree;
  readonly pages: Page[] = [];
  readonly unsupported: Site['unsupported'];
  readonly #files: RepoFiles;
  readonly #modules: IndexModules;
  readonly #shown: ShownFiles;
  readonly #byPath = new Map<string, Page>();
  /** The published sites, and by index of a docs root the one it belongs to. */
  readonly #sites: PublishedSite[];
  readonly #siteOfRoot: PublishedSite[];
  /** Equal for sites with the same docs roots. */
  readonly #shape: number;
  readonly #contents = new Map<string, Content>();
  readonly #texts = new Map<string, readonly string[]>();
  readonly #facts: FactsCache;
  readonly #parse: typeof parsePage;

  constructor(files: RepoFiles, declared: readonly DocsRoot[], { cache = new Map(), parse = parsePage }: BuildOptions) {
    this.#files = files;
    this.#modules = new IndexModules(files);
    this.#shown = new ShownFiles(files, this.#modules);
    this.tree = files.tree;
    this.#facts = cache;
    this.#parse = parse;
    this.roots = rootsOf(files, declared);
    this.#shape = shapeOf(this.roots);
    this.#sites = groupBySite(this.roots).map((roots) => new PublishedSite(files, roots));
    this.#siteOfRoot = this.roots.map((root) => this.#sites.find(({ roots }) => roots.includes(root)) as PublishedSite);
    const { files: pageFiles, unsupported } = pageFilesOf(files, this.roots);
    this.unsupported = [...unsupported];
    for (const file of pageFiles) this.#list(file);
    this.unsupported.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #list(file: Parameters<typeof listPage>[0]): void {
    const blob = this.#files.blob(file.path);
    if (!blob) throw new Error(`The blob of ${file.path} is not loaded`);
    if (!('text' in blob)) {
      this.unsupported.push({ path: file.path, reason: blob.unreadable });
      return;
    }
    const { page, judged, shortRoutes } = listPage(file, blob, this.tree.get(file.path)?.blob ?? '', this.#shape);
    const site = this.#siteOfRoot[page.root] as PublishedSite;
    if (judged) {
      this.pages.push(page);
      this.#byPath.set(page.path, page);
      site.add(page, shortRoutes);
    } else site.addOther(page.route);
  }

  pageAt(path: string): Page | undefined {
    return this.#byPath.get(path);
  }

  read(page: Page): Content {
    return this.#readAs(page.path, page, undefined);
  }

  readLines(page: Page, lines: readonly LineRange[]): Content {
    const whole = this.#contents.get(page.path);
    if (whole || this.textsBehind(page).length > 1) return whole ?? this.read(page);
    const merged = mergeLines(lines);
    return this.#readAs(`${page.path} ${keyOfLines(merged)}`, page, merged);
  }

  #readAs(key: string, page: Page, lines: readonly LineRange[] | undefined): Content {
    let content = this.#contents.get(key);
    if (!content) {
      const root = this.roots[page.root] as SiteRoot;
      content = assembleContent(page, this.#factsOf(page.path, root, lines) as PageFacts, {
        root,
        rules: rulesOf(root.framework),
        partial: (shown, from) => this.#partial(root, shown, from),
      });
      this.#contents.set(key, content);
    }
    return content;
  }

  filesBehind(page: Page): ReadonlySet<string> {
    const reached = new Set<string>();
    if (this.#shown.isAlone(page.path)) return reached.add(page.path);
    this.#shown.reach(this.roots[page.root] as SiteRoot, page.path, reached);
    return reached;
  }

  textsBehind(page: Page): readonly string[] {
    let paths = this.#texts.get(page.path);
    if (!paths) {
      paths = [...this.filesBehind(page)].filter((path) => isPageFile(path) && this.#files.isText(path));
      this.#texts.set(page.path, paths);
    }
    return paths;
  }

  textKey(path: string): string {
    return `${syntaxOf(path)}:${this.tree.get(path)?.blob}`;
  }

  rawText(path: string): RawText | null {
    const blob = this.#files.blob(path);
    if (!blob || !('text' in blob)) return null;
    const { start, frontmatter } = outlineOf(blob);
    return { text: blob.text, start, title: frontmatter.title, syntax: syntaxOf(path) };
  }

  resolve(url: string, from: Page): Target {
    return resolveLink(this, url, from);
  }

  pageByRoute(route: string): Page | undefined {
    for (const site of this.#sites) {
      const served = site.serve(comparableRoute(route));
      if ('page' in served && served.page) return served.page;
    }
    return undefined;
  }

  sitesFor(page: Page): PublishedSite[] {
    const own = this.#siteOfRoot[page.root] as PublishedSite;
    return [own, ...this.#sites.filter((site) => site !== own)];
  }

  #partial(root: SiteRoot, shown: string | ModuleUse, from: string): ReturnType<PartialSource['partial']> {
    const path =
      typeof shown === 'string'
        ? findPartial(this.#files, root, shown, from)
        : this.#modules.follow(root, shown, from).partial;
    const facts = path === null ? null : this.#factsOf(path, root);
    return path === null || !facts ? null : { path, blob: this.tree.get(path)?.blob ?? '', facts };
  }

  /** Null where the file is not loaded or not text. */
  #factsOf(path: string, { framework }: SiteRoot, lines?: readonly LineRange[]): PageFacts | null {
    if (!this.#files.isText(path)) return null;
    if (syntaxOf(path) === 'mdx') return this.#extract(path, 'mdx', lines);
    const asMdx = rulesOf(framework).markdownIsMdx ? this.#extract(path, 'mdx', lines) : null;
    // A site may be set to read such files as Markdown alone, so what MDX makes of them is no mistake.
    return asMdx?.problems.length === 0 ? asMdx : this.#extract(path, 'md', lines);
  }

  #extract(path: string, syntax: PageFacts['syntax'], lines?: readonly LineRange[]): PageFacts {
    const whole = `${syntax}:${this.tree.get(path)?.blob}`;
    const key = lines ? `${whole}:${keyOfLines(lines)}` : whole;
    let facts = this.#facts.get(key) ?? (lines && this.#facts.get(whole));
    if (!facts) {
      facts = this.#parse(this.#files.text(path) ?? '', syntax, lines);
      this.#facts.set(key, facts);
    }
    return facts;
  }
}

function keyOfLines(lines: readonly LineRange[]): string {
  return lines.map(({ line, endLine }) => `${line}-${endLine}`).join(',');
}

const shapes = new Map<string, number>();

/** A number for each set of docs roots that this process has met. */
function shapeOf(roots: readonly SiteRoot[]): number {
  const key = JSON.stringify(roots);
  const shape = shapes.get(key) ?? shapes.size;
  shapes.set(key, shape);
  return shape;
}

function syntaxOf(path: string): PageFacts['syntax'] {
  return /\.mdx$/i.test(path) ? 'mdx' : 'md';
}

/** Docs roots of one origin make one site; where no origin is known, those of one project. */
function groupBySite(roots: readonly SiteRoot[]): SiteRoot[][] {
  const origins = new Map(roots.flatMap(({ site, project }) => (originOf(site) ? [[project, originOf(site)]] : [])));
  const groups = new Map<string, SiteRoot[]>();
  for (const root of roots) {
    const key = originOf(root.site) ?? origins.get(root.project) ?? `project ${root.project}`;
    groups.set(key, [...(groups.get(key) ?? []), root]);
  }
  return [...groups.values()];
}

function originOf(site: string | null): string | null {
  return site !== null && URL.canParse(site) ? new URL(site).host : null;
}
