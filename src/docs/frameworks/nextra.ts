import { asObject, asText, asTexts } from '../config-text.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isPageFile, joinPath } from '../repo-path.ts';
import { withoutIndex } from '../routes.ts';
import { COMMON_RULES, type FoundRoot, type FrameworkRules, hasUnderscore, withoutGroups } from './framework.ts';

export const nextra: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) =>
    files
      .named(/^package\.json$/)
      .filter((path) => files.config(path).mentions('nextra'))
      .flatMap((path) => findRoots(files, path)),
  route: (path, _frontmatter, { root }) => {
    const visible = withoutGroups(path);
    return isAppRouter(root) ? visible.replace(/(?:^|\/)page$/, '') : withoutIndex(visible);
  },
  isPartial: (path) => hasUnderscore(path) || COMMON_RULES.isPartial(path),
  staticFolders: () => ['public'],
  routedCode: ['app', 'src/app', 'pages', 'src/pages'],
};

function isAppRouter(root: string): boolean {
  return /(?:^|\/)app$/.test(root);
}

/** `content` (Nextra 4), the `pages` router, and `page.mdx` files of the `app` router, each also below `src`. */
function findRoots(files: RepoFiles, foundIn: string): FoundRoot[] {
  const project = folderOf(foundIn);
  const shared = { project, foundIn, framework: 'nextra' as const, ...localesOf(files, project), site: null };
  const source = files.hasFolder(joinPath(project, 'src') as string) ? ['', 'src'] : [''];
  const at = (name: string) => source.map((folder) => joinPath(project, folder, name) as string);
  const roots: FoundRoot[] = [
    ...at('content').map((root) => ({ ...shared, root, route: contentRoute(files, at('app')) })),
    ...at('pages').map((root) => ({ ...shared, root, route: '/' })),
    ...at('app').map((root) => ({ ...shared, root, route: '/', include: ['**/page.{md,mdx}'] })),
  ];
  return roots.filter(({ root, include }) =>
    files.under(root).some((path) => (include ? /\/page\.mdx?$/.test(path) : isPageFile(path))),
  );
}

/** The folder of the app router that holds the catch-all page, `app/docs/[[...mdxPath]]/page.jsx`. */
function contentRoute(files: RepoFiles, apps: string[]): string {
  for (const app of apps) {
    const found = files.under(app).find((path) => /\/\[\[?\.\.\.\w+\]\]?\/page\.[jt]sx?$/.test(path));
    if (found) return routeOfFolder(folderOf(folderOf(found)).slice(app.length));
  }
  return '/';
}

/** Groups `(docs)` and parameters such as `[lang]` are no part of a route. */
function routeOfFolder(folder: string): string {
  return `/${folder
    .split('/')
    .filter((segment) => segment !== '' && !/^[([]/.test(segment))
    .join('/')}`;
}

function localesOf(files: RepoFiles, project: string): Pick<FoundRoot, 'locales' | 'locale'> {
  const [config] = files.configsUnder(project, /^next\.config\./);
  const i18n = config === undefined ? null : asObject(files.config(config).top('i18n'));
  return { locales: asTexts(i18n?.get('locales')), locale: asText(i18n?.get('defaultLocale')) };
}
