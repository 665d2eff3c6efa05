import type { SiteRoot } from '../frameworks/framework.ts';
import { compileGlob, type PathMatcher } from '../glob.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf } from '../repo-path.ts';
import { comparablePath, comparableRoute, isUnderRoute } from '../routes.ts';
import { basePath } from './docs-roots.ts';
import { routedCode, staticRoutes } from './other-routes.ts';
import type { Page } from './page.ts';
import type { Redirect } from './redirect-formats.ts';
import { Redirects, readRedirects } from './redirects.ts';

/** Browsers and hosts give up sooner. */
const MAX_HOPS = 12;

export type Served = { page: Page; anchor: string | null } | NotOurs | { outside: string };

/** No page of ours: the last route that redirects led to. */
export interface NotOurs {
  page: null;
  route: string;
  anchor: string | null;
}

/** What files beside its pages tell of a published site; plain JSON. */
export interface SiteFiles {
  /** Routes of code files, and globs of those with parameters. */
  routes: string[];
  globs: string[];
  redirects: Redirect[];
}

export function readSiteFiles(files: RepoFiles, roots: readonly SiteRoot[]): SiteFiles {
  const projects = [...new Set(roots.map(({ project }) => project))];
  return { ...routedCode(files, roots), redirects: readRedirects(files, projects) };
}

/** The routes of one published site: one or more docs roots that share an origin or a project. */
export class PublishedSite {
  readonly roots: readonly SiteRoot[];
  readonly #origins: { host: string; base: string }[];
  readonly #pages = new Map<string, Page>();
  readonly #shortRoutes = new Map<string, Page>();
  /** Routes that exist without being pages that are judged. */
  readonly #others: Set<string>;
  readonly #generated: PathMatcher[];
  readonly #redirects: Redirects;
  readonly #served = new Map<string, Served>();
  readonly #files: RepoFiles;
  readonly #told: SiteFiles;
  #static: ReadonlySet<string> | null = null;

  constructor(files: RepoFiles, roots: readonly SiteRoot[], told: SiteFiles) {
    this.#files = files;
    this.#told = told;
    this.roots = roots;
    const sites = roots.flatMap(({ site }) => (site !== null && URL.canParse(site) ? [site] : []));
    this.#origins = sites.map((site) => ({ host: new URL(site).host, base: basePath(site) }));
    this.#others = new Set(told.routes);
    const generated = [...roots.flatMap((root) => root.generated), ...told.globs];
    this.#generated = generated.map((glob) => compileGlob(glob.toLowerCase()));
    this.#redirects = new Redirects(told.redirects, (url) => this.ownPath(url));
  }

  /** The same site with other pages in the places of some, at the same routes. */
  with(replaced: ReadonlyMap<Page, Page>): PublishedSite {
    const site = new PublishedSite(this.#files, this.roots, this.#told);
    site.#static = this.#static;
    for (const route of this.#others) site.#others.add(route);
    for (const [route, page] of this.#pages) site.#pages.set(route, replaced.get(page) ?? page);
    for (const [route, page] of this.#shortRoutes) site.#shortRoutes.set(route, replaced.get(page) ?? page);
    return site;
  }

  /** A folder's index page comes before a README that is served there, too. */
  add(page: Page, shortRoutes: readonly string[]): void {
    const before = this.#pages.get(page.route);
    if (!before || (isReadme(before) && !isReadme(page))) this.#pages.set(page.route, page);
    for (const route of shortRoutes) if (!this.#shortRoutes.has(route)) this.#shortRoutes.set(route, page);
  }

  /** A route that is served, though its page is not judged. */
  addOther(route: string): void {
    this.#others.add(route);
  }

  /** The path of a URL on this site, base path dropped; null on another site. Paths without origin are taken as they are. */
  ownPath(url: string): string | null {
    if (!/^(?:https?:)?\/\//i.test(url)) return url;
    const absolute = url.startsWith('//') ? `https:${url}` : url;
    if (!URL.canParse(absolute)) return null;
    const { host, pathname } = new URL(absolute);
    const origin = this.#origins.find((one) => one.host === host && isUnderRoute(pathname, one.base || '/'));
    return origin ? pathname.slice(origin.base.length) || '/' : null;
  }

  /** Readings of an absolute path: below the base path, then as it stands. */
  readings(path: string): string[] {
    const bases = this.#origins.map(({ base }) => base).filter((base) => base !== '' && isUnderRoute(path, base));
    return [...new Set([...bases.map((base) => path.slice(base.length) || '/'), path])].map(comparableRoute);
  }

  /** What is served at a comparable route, redirects followed. */
  serve(route: string): Served {
    let served = this.#served.get(route);
    if (!served) {
      served = this.#follow(route);
      this.#served.set(route, served);
    }
    return served;
  }

  #follow(start: string): Served {
    let route = start;
    let anchor: string | null = null;
    const seen = new Set<string>();
    for (let hop = 0; hop < MAX_HOPS && !seen.has(route); hop++) {
      seen.add(route);
      const page = this.#pages.get(route);
      const target = this.#redirects.target(route, page !== undefined);
      const [path, fragment] = splitFragment(target ?? '');
      const own = target === null ? null : this.ownPath(path);
      if (target !== null && own === null) return { outside: target };
      const next = own === null ? route : (this.readings(own)[0] as string);
      if (next === route) {
        const shown = page ?? this.#shortRoutes.get(route);
        return shown ? { page: shown, anchor } : { page: null, route, anchor };
      }
      route = next;
      anchor = fragment ?? anchor;
    }
    return { page: null, route, anchor };
  }

  /** True where one of our docs roots should serve the route and nothing else explains it. */
  expects(route: string): boolean {
    if (route === '/' || /\.[a-z][a-z0-9]{0,9}$/.test(route.slice(route.lastIndexOf('/')))) return false;
    const ours = this.roots.some((root) => root.routeKnown && isUnderRoute(route, comparablePath(root.route)));
    if (!ours || this.#others.has(route) || this.#generated.some((matches) => matches(route))) return false;
    this.#static ??= staticRoutes(this.#files, this.roots);
    return !this.#static.has(route);
  }
}

function isReadme(page: Page): boolean {
  return /^readme\./i.test(fileNameOf(page.path));
}

export function splitFragment(url: string): [path: string, fragment: string | null] {
  const hash = url.indexOf('#');
  return hash < 0 ? [url, null] : [url.slice(0, hash), url.slice(hash + 1)];
}

/** Docs roots of one origin make one site; where no origin is known, those of one project. */
export function groupBySite(roots: readonly SiteRoot[]): SiteRoot[][] {
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
