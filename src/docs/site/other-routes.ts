import type { FrameworkRules, SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import { readFrontmatter } from '../markdown/frontmatter.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, isPageFile, joinPath, pathUnder } from '../repo-path.ts';
import { comparablePath, isUnderRoute } from '../routes.ts';

const CODE = /\.(?:astro|vue|svelte|html|mdx?|[jt]sx?)$/i;

/**
 * Routes that a framework's router takes from code files, `src/pages/pricing.astro` for instance, and globs of those
 * with parameters. A catch-all that shows a docs root itself is left out: it serves just that root's pages.
 */
export function routedCode(files: RepoFiles, roots: readonly SiteRoot[]): { routes: string[]; globs: string[] } {
  const routes: string[] = [];
  const globs: string[] = [];
  for (const folder of new Set(roots.flatMap(routedFolders))) {
    for (const path of files.under(folder)) {
      const route = routeOfCode(pathUnder(path, folder), /(?:^|\/)app$/.test(folder));
      if (route === null) continue;
      if (!route.includes('*')) routes.push(comparablePath(route));
      else if (!showsRoot(route, roots)) globs.push(route);
    }
  }
  return { routes, globs };
}

function routedFolders(root: SiteRoot): string[] {
  return rulesOf(root.framework).routedCode.map((folder) => joinPath(root.project, folder) as string);
}

/** In Next.js' `app` folder only `page` and `route` files have a route, that of their folder. */
function routeOfCode(path: string, isApp: boolean): string | null {
  const bare = path.replace(CODE, '');
  if (bare === path || /(?:^|\/)_/.test(path)) return null;
  if (isApp && !/^(?:page|route)$/.test(fileNameOf(bare))) return null;
  const segments = (isApp ? folderOf(bare) : bare).split('/').filter((segment) => !/^\([^)]*\)$/.test(segment));
  return `/${segments.map(asGlob).join('/')}`;
}

function asGlob(segment: string): string {
  if (!segment.includes('[')) return segment;
  return segment.includes('[...') ? '**' : '*';
}

function showsRoot(glob: string, roots: readonly SiteRoot[]): boolean {
  const fixed = comparablePath(glob.slice(0, glob.indexOf('*')));
  return roots.some((root) => isUnderRoute(comparablePath(root.route), fixed));
}

/** Routes of files that are served as they are, and of folders for which the framework makes a page. */
export function staticRoutes(files: RepoFiles, roots: readonly SiteRoot[]): ReadonlySet<string> {
  const routes = new Set<string>();
  for (const root of roots) {
    const rules = rulesOf(root.framework);
    for (const name of rules.staticFolders(root)) {
      const folder = joinPath(root.project, name) as string;
      for (const path of files.under(folder))
        if (!isPageFile(path)) routes.add(comparablePath(pathUnder(path, folder)));
    }
    if (rules.folderPages) addFolderRoutes(files, root, rules, routes);
  }
  return routes;
}

function addFolderRoutes(files: RepoFiles, root: SiteRoot, rules: FrameworkRules, routes: Set<string>): void {
  for (const { path: folder, route } of root.folders) {
    const inner = new Set(files.under(folder).map((path) => folderOf(pathUnder(path, folder))));
    for (const path of inner) {
      const below = rules.route(joinPath(path, 'index') as string, readFrontmatter(''), root);
      routes.add(comparablePath(`${route}/${below}`));
    }
  }
}
