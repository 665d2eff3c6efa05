import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import type { PageFacts } from '../markdown/page-facts.ts';
import { parsePage } from '../markdown/parse-page.ts';
import { RepoFiles } from '../repo-files.ts';
import { isPageFile } from '../repo-path.ts';
import { comparableRoute } from '../routes.ts';
import type { Blobs, Tree } from '../tree.ts';
import { assembleContent, type PartialSource } from './assemble-content.ts';
import type { Content, Page } from './page.ts';
import { findPartial } from './partial-files.ts';
import type { PublishedSite } from './published-site.ts';
import { type LinkSpace, resolveLink } from './resolve-link.ts';
import type { ModuleUse } from './shown-files.ts';
import type { FactsCache, Site, Target } from './site.ts';
import { SiteLayout } from './site-layout.ts';
import type { ListingsCache } from './site-listing.ts';

export interface BuildOptions {
  cache?: FactsCache | undefined;
  /** What is kept of sites that were built before. */
  listings?: ListingsCache | undefined;
  parse?: typeof parsePage;
  /** Is told of each page that is read, each time. */
  onRead?: ((content: Content) => void) | undefined;
}

/**
 * All pages at one commit. Load what `neededFiles` names first: a page whose blob is missing is an error. Only paths
 * and frontmatter are read here; a page is parsed when `read` asks for it, at most once by blob.
 */
export function buildSite(tree: Tree, blobs: Blobs, declared: readonly DocsRoot[], options: BuildOptions = {}): Site {
  return new BuiltSite(SiteLayout.of(new RepoFiles(tree, blobs), declared, options.listings), options);
}

class BuiltSite implements Site, LinkSpace {
  readonly roots: SiteRoot[];
  readonly tree: Tree;
  readonly pages: readonly Page[];
  readonly unsupported: Site['unsupported'];
  readonly #layout: SiteLayout;
  readonly #files: RepoFiles;
  /** For as long as somebody holds them: those of a large site do not fit into memory together. */
  readonly #contents = new Map<string, WeakRef<Content>>();
  readonly #facts: FactsCache;
  readonly #parse: typeof parsePage;
  readonly #onRead: BuildOptions['onRead'];

  constructor(
    layout: SiteLayout,
    { cache = new Map(), parse = parsePage, onRead }: BuildOptions,
    pages: readonly Page[] = layout.parts.pages,
  ) {
    this.#layout = layout;
    const { files, roots, unsupported } = layout.parts;
    this.#files = files;
    this.tree = files.tree;
    this.#facts = cache;
    this.#parse = parse;
    this.#onRead = onRead;
    this.roots = roots;
    this.pages = pages;
    this.unsupported = unsupported;
  }

  edited(tree: Tree, blobs: Blobs, paths: readonly string[], onRead?: BuildOptions['onRead']): Site | null {
    const layout = this.#layout.edited(tree, blobs, paths);
    return layout && new BuiltSite(layout, { cache: this.#facts, parse: this.#parse, onRead });
  }

  limitedTo(pages: readonly Page[]): Site {
    return new BuiltSite(this.#layout, { cache: this.#facts, parse: this.#parse }, pages);
  }

  pageAt(path: string): Page | undefined {
    return this.#layout.parts.byPath.get(path);
  }

  expect(pages: () => Iterable<Page>): void {
    this.#files.expect(() => Array.from(pages()).flatMap((page) => this.textsBehind(page)));
  }

  read(page: Page): Content {
    let content = this.#contents.get(page.path)?.deref();
    if (!content) {
      const root = this.roots[page.root] as SiteRoot;
      content = assembleContent(page, this.#factsOf(page.path, root) as PageFacts, {
        root,
        rules: rulesOf(root.framework),
        partial: (shown, from) => this.#partial(root, shown, from),
      });
      this.#contents.set(page.path, new WeakRef(content));
    }
    this.#onRead?.(content);
    return content;
  }

  isAlone(page: Page): boolean {
    return this.#layout.isAlone(page);
  }

  filesBehind(page: Page): ReadonlySet<string> {
    return this.#layout.filesBehind(page);
  }

  textsBehind(page: Page): readonly string[] {
    if (this.isAlone(page)) return [page.path];
    return [...this.filesBehind(page)].filter((path) => isPageFile(path) && this.#files.isText(path));
  }

  text(path: string): string | null {
    return this.#files.text(path);
  }

  resolve(url: string, from: Page): Target {
    return resolveLink(this, url, from);
  }

  pageByRoute(route: string): Page | undefined {
    for (const site of this.#layout.parts.sites) {
      const served = site.serve(comparableRoute(route));
      if ('page' in served && served.page) return served.page;
    }
    return undefined;
  }

  sitesFor(page: Page): PublishedSite[] {
    const { sites, siteOfRoot } = this.#layout.parts;
    const own = siteOfRoot[page.root] as PublishedSite;
    return [own, ...sites.filter((site) => site !== own)];
  }

  #partial(root: SiteRoot, shown: string | ModuleUse, from: string): ReturnType<PartialSource['partial']> {
    const path =
      typeof shown === 'string'
        ? findPartial(this.#files, root, shown, from)
        : this.#layout.parts.modules.follow(root, shown, from).partial;
    const facts = path === null ? null : this.#factsOf(path, root);
    return path === null || !facts ? null : { path, blob: this.tree.get(path)?.blob ?? '', facts };
  }

  /** Null where the file is not loaded or not text. */
  #factsOf(path: string, { framework }: SiteRoot): PageFacts | null {
    if (!this.#files.isText(path)) return null;
    if (/\.mdx$/i.test(path)) return this.#extract(path, 'mdx');
    const asMdx = rulesOf(framework).markdownIsMdx ? this.#extract(path, 'mdx') : null;
    // A site may be set to read such files as Markdown alone, so what MDX makes of them is no mistake.
    return asMdx?.problems.length === 0 ? asMdx : this.#extract(path, 'md');
  }

  #extract(path: string, syntax: PageFacts['syntax']): PageFacts {
    const key = `${syntax}:${this.tree.get(path)?.blob}`;
    let facts = this.#facts.get(key);
    if (!facts) {
      facts = this.#parse(this.#files.text(path) ?? '', syntax);
      this.#facts.set(key, facts);
    }
    return facts;
  }
}
