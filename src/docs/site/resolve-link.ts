import type { SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import { folderOf, isPageFile, isUnder, joinPath } from '../repo-path.ts';
import { comparablePath, comparableRoute, decodePercent, resolveRoute } from '../routes.ts';
import type { Tree } from '../tree.ts';
import type { Page } from './page.ts';
import { byAlias } from './partial-files.ts';
import { type NotOurs, type PublishedSite, type Served, splitFragment } from './published-site.ts';
import type { Target } from './site.ts';

/** What a link can be resolved against. */
export interface LinkSpace {
  tree: Tree;
  roots: readonly SiteRoot[];
  pageAt(path: string): Page | undefined;
  /** The page's own site first, then the others of this repository. */
  sitesFor(page: Page): readonly PublishedSite[];
}

/**
 * Where a link written on a page leads. Relative links are files where they name one, else routes, read with and
 * without a slash at the end of the page's own URL; queries are dropped.
 */
export function resolveLink(space: LinkSpace, url: string, from: Page): Target {
  const link = url.trim();
  const [before, fragment] = splitFragment(link);
  const anchor = anchorOf(fragment);
  const path = before.replace(/\?.*$/s, '');
  if (path === '') return { kind: 'page', page: from, route: from.route, anchor };
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) return resolveAbsolute(space, link, from, anchor);
  return path.startsWith('/') ? resolveRooted(space, path, from, anchor) : resolveRelative(space, path, from, anchor);
}

/** Decoded and lower case; browsers' text fragments (`#:~:text=`) are no anchors. */
function anchorOf(fragment: string | null): string | null {
  const name = (fragment ?? '').replace(/:~:.*$/s, '');
  return name === '' ? null : decodePercent(name).toLowerCase();
}

/** A URL of one of our sites is internal; any other is compared literally. */
function resolveAbsolute(space: LinkSpace, link: string, from: Page, anchor: string | null): Target {
  if (/^(?:https?:)?\/\//i.test(link)) {
    for (const site of space.sitesFor(from)) {
      const path = site.ownPath(splitFragment(link)[0]);
      if (path !== null)
        return targetOf(site, [comparableRoute(path)], anchor) ?? absent(site, [comparableRoute(path)], anchor, false);
    }
  }
  return { kind: 'outside', url: outsideUrl(link) };
}

/** Lower-case scheme and host, no default port, no trailing slash; everything else, the fragment too, is kept. */
export function outsideUrl(link: string): string {
  const absolute = link.startsWith('//') ? `https:${link}` : link;
  const [scheme] = absolute.split(':', 1) as [string];
  if (!/^https?$/i.test(scheme)) return scheme.toLowerCase() + absolute.slice(scheme.length);
  if (!URL.canParse(absolute)) return absolute;
  const { protocol, host, pathname, search, hash } = new URL(absolute);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}${search}${hash}`;
}

function resolveRooted(space: LinkSpace, path: string, from: Page, anchor: string | null): Target {
  const file = isPageFile(path) ? rootedFile(space, decodePercent(path), from) : undefined;
  if (file) return { kind: 'page', page: file, route: file.route, anchor };
  const sites = space.sitesFor(from);
  for (const site of sites) {
    const target = targetOf(site, site.readings(path), anchor);
    if (target) return target;
  }
  const [own] = sites as [PublishedSite];
  return absent(own, own.readings(path), anchor, space.tree.has(decodePercent(path).slice(1)));
}

/** `/setup.md` may count from the docs root (Docusaurus), the project or the repository (GitHub). */
function rootedFile(space: LinkSpace, path: string, from: Page): Page | undefined {
  const root = space.roots[from.root] as SiteRoot;
  const places = [root.root, root.project, ''].map((folder) => joinPath(folder, path));
  return firstPage(space, places);
}

function resolveRelative(space: LinkSpace, path: string, from: Page, anchor: string | null): Target {
  const decoded = decodePercent(path);
  const root = space.roots[from.root] as SiteRoot;
  const aliased = /^\.\.?(?:\/|$)/.test(decoded) ? null : byAlias(root.aliases, decoded);
  const place = joinPath(aliased ?? `${folderOf(from.path)}/${decoded}`);
  const file = isPageFile(decoded) ? firstPage(space, [place]) : undefined;
  if (file) return { kind: 'page', page: file, route: file.route, anchor };
  const [site] = space.sitesFor(from) as [PublishedSite];
  const below = comparablePath(resolveRoute(from.route, decoded));
  const beside = comparablePath(resolveRoute(folderOf(from.route), decoded));
  const named = firstPage(space, fileReadings(place))?.route;
  const readings = rulesOf(root.framework).slashed ? [below, named, beside] : [named, beside, below];
  const routes = readings.filter((route) => route !== undefined);
  const target = targetOf(site, routes, anchor);
  if (target) return target;
  const none = absent(site, routes, anchor, place !== null && space.tree.has(place));
  const isMissingPage = isPageFile(decoded) && place !== null && isUnder(place, root.root) && !space.tree.has(place);
  return isMissingPage ? { ...none, expected: true } : none;
}

/** Files that a link without extension may mean. */
function fileReadings(place: string | null): (string | null)[] {
  if (place === null) return [];
  const bare = place.replace(/\.html$/i, '');
  return ['.md', '.mdx', '/index.md', '/index.mdx', '/README.md'].map((ending) => joinPath(bare + ending));
}

function firstPage(space: LinkSpace, paths: readonly (string | null)[]): Page | undefined {
  return paths.flatMap((path) => (path === null ? [] : (space.pageAt(path) ?? [])))[0];
}

/** The first reading that leads to a page or away from the site. */
function targetOf(site: PublishedSite, routes: readonly string[], anchor: string | null): Target | null {
  for (const route of routes) {
    const served: Served = site.serve(route);
    if ('outside' in served) return { kind: 'outside', url: outsideUrl(served.outside) };
    if (!served.page) continue;
    const { page } = served;
    return { kind: 'page', page, route: page.route, anchor: anchorOf(served.anchor) ?? anchor };
  }
  return null;
}

/** Broken only if every reading of the link is a route that should be served; the first one's last hop is named. */
function absent(site: PublishedSite, routes: readonly string[], anchor: string | null, isFile: boolean) {
  const reached = routes.map((route) => (site.serve(route) as NotOurs).route);
  const expected = !isFile && reached.every((route) => site.expects(route));
  return { kind: 'absent' as const, route: reached[0] as string, anchor, expected };
}
