import type { SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import { fileNameOf, pathUnder, withoutExtension } from '../repo-path.ts';
import { comparablePath, decodePercent, encodePath, joinRoute, withoutIndex } from '../routes.ts';
import type { TextBlob, Tree } from '../tree.ts';
import { outlineOf } from './file-outline.ts';
import type { Page } from './page.ts';
import type { PageFile } from './page-files.ts';

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
