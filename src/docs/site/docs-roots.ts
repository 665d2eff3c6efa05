import type { DocsRoot, FoundRoot, SiteRoot } from '../frameworks/framework.ts';
import { FRAMEWORKS, rulesOf } from '../frameworks/frameworks.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isPageFile, isUnder, joinPath } from '../repo-path.ts';
import { joinRoute } from '../routes.ts';
import { pathAliases } from './aliases.ts';

const DEFAULT_INCLUDE = ['**/*.{md,mdx}'];

/**
 * The declared docs roots, completed with what config files show (a field that is null or empty and the
 * route `/` count as not declared); without declared ones those that config files show, and else `docs` or the whole repository.
 * Reads only config files; one that is not loaded counts as empty.
 */
export function rootsOf(files: RepoFiles, declared: readonly DocsRoot[]): SiteRoot[] {
  const found = foundRoots(files);
  if (declared.length > 0) return declared.map((root) => declaredRoot(files, root, found));
  const roots = found.length > 0 ? found : rulesOf('plain').find(files);
  return roots.map((root) => withDefaults(files, root));
}

/** One root for each folder; a folder without pages is none, whatever a config file says. */
function foundRoots(files: RepoFiles): FoundRoot[] {
  const roots = new Map<string, FoundRoot>();
  const { plain: _plain, ...frameworks } = FRAMEWORKS;
  for (const root of Object.values(frameworks).flatMap((rules) => rules.find(files))) {
    const folders = root.folders?.map(({ path }) => path) ?? [root.root];
    if (!roots.has(root.root) && folders.some((path) => files.under(path).some(isPageFile))) roots.set(root.root, root);
  }
  return [...roots.values()];
}

function withDefaults(files: RepoFiles, found: FoundRoot): SiteRoot {
  return {
    include: DEFAULT_INCLUDE,
    exclude: [],
    partials: [],
    foundIn: null,
    site: null,
    locale: null,
    versions: [],
    generated: [],
    locales: [],
    folders: [{ path: found.root, route: found.route, version: null }],
    urlEnding: '',
    rewrites: [],
    dropsNumbers: true,
    routeKnown: found.framework !== 'plain',
    ...found,
    aliases: { ...pathAliases(files, found.project), ...found.aliases },
  };
}

function declaredRoot(files: RepoFiles, declared: DocsRoot, found: readonly FoundRoot[]): SiteRoot {
  const path = joinPath(declared.root) ?? declared.root;
  const fitting = found.filter(({ framework }) => declared.framework === null || framework === declared.framework);
  const same = fitting.find(({ root }) => root === path);
  const around = same ?? enclosing(fitting, path);
  const { include: _include, folders: _folders, route: _route, ...shared } = around ?? projectOf(files, path);
  const base = withDefaults(files, {
    ...(same ?? shared),
    framework: declared.framework ?? around?.framework ?? 'plain',
    root: path,
    route: routeOf(declared, same),
  });
  return withLocales(files, {
    ...base,
    routeKnown: true,
    include: isDeclared(declared.include) ? declared.include : base.include,
    exclude: [...base.exclude, ...declared.exclude],
    partials: declared.partials.map((folder) => joinPath(folder) ?? folder),
    aliases: { ...base.aliases, ...declared.aliases },
    site: declared.site ?? base.site,
    locale: declared.locale ?? base.locale,
    versions: declared.versions,
    generated: [...base.generated, ...declared.generated],
    folders: movedFolders(base, same),
  });
}

function isDeclared(include: readonly string[]): boolean {
  return include.length > 0 && include.join() !== DEFAULT_INCLUDE.join();
}

/** The route as declared, where `/` leaves it to the config files; one that repeats the base path of `site` is taken without it, as routes are compared. */
function routeOf(declared: DocsRoot, found: FoundRoot | undefined): string {
  const route = joinRoute(declared.route);
  if (route === '/') return found?.route ?? '/';
  const base = basePath(declared.site);
  return base !== '' && isUnder(route, base) ? joinRoute(route.slice(base.length)) : route;
}

/** The path of a site's URL without trailing slash, '' at the origin itself. */
export function basePath(site: string | null): string {
  if (site === null || !URL.canParse(site)) return '';
  return new URL(site).pathname.replace(/\/+$/, '');
}

/** Version folders keep their place under a route that is declared otherwise than found. */
function movedFolders(root: SiteRoot, found: FoundRoot | undefined): SiteRoot['folders'] {
  if (!found?.folders || root.route === found.route) return root.folders;
  const under = found.route === '/' ? '' : found.route;
  return found.folders.map((folder) => ({ ...folder, route: joinRoute(root.route, folder.route.slice(under.length)) }));
}

function enclosing(found: readonly FoundRoot[], path: string): FoundRoot | undefined {
  const around = found.filter(({ root, project }) => isUnder(path, root) || isUnder(path, project));
  return around.sort((a, b) => b.project.length - a.project.length)[0];
}

function projectOf(files: RepoFiles, path: string): FoundRoot {
  const manifests = files.named(/^package\.json$/).map(folderOf);
  const around = manifests.filter((folder) => isUnder(path, folder)).sort((a, b) => b.length - a.length);
  return { root: path, route: '/', framework: 'plain', project: around[0] ?? '' };
}

/** A declared locale that is a folder tells that its neighbours named like languages are locales, too. */
function withLocales(files: RepoFiles, root: SiteRoot): SiteRoot {
  const { locale, locales } = root;
  const under = (name: string) => joinPath(root.root, name) as string;
  if (locale === null || locales.includes(locale) || !files.hasFolder(under(locale))) return root;
  const start = under('').length;
  const names = new Set(
    files.under(root.root).map((path) => path.slice(start).replace(/^\//, '').split('/')[0] as string),
  );
  const languages = [...names].filter(
    (name) => /^[a-z]{2}(?:-[a-z0-9]{2,8})*$/i.test(name) && files.hasFolder(under(name)),
  );
  return { ...root, locales: [...new Set([...locales, locale, ...languages])] };
}
