import { asTexts } from '../config-text.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isUnder, joinPath } from '../repo-path.ts';
import { joinRoute, withoutIndex } from '../routes.ts';
import { COMMON_RULES, type FoundRoot, type FrameworkRules, withoutGroups } from './framework.ts';

export const fumadocs: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) => [...projectsOf(files)].flatMap(([project, foundIn]) => findRoots(files, project, foundIn)),
  // The loader leaves out folders in parentheses.
  route: (path) => withoutIndex(withoutGroups(path)),
  staticFolders: () => ['public'],
  routedCode: ['app', 'src/app', 'src/routes', 'app/routes', 'pages', 'src/pages'],
};

/** Folder → the config file by which it is one; the source config comes before the manifest. */
function projectsOf(files: RepoFiles): Map<string, string> {
  const manifests = files.named(/^package\.json$/).filter((path) => {
    const manifest = files.config(path);
    return manifest.mentions('fumadocs-mdx') || manifest.mentions('fumadocs-core');
  });
  const projects = new Map<string, string>();
  for (const path of [...files.named(/^source\.config\./), ...manifests])
    if (!projects.has(folderOf(path))) projects.set(folderOf(path), path);
  return projects;
}

/** `dir` of each collection (`content/docs`) and `baseUrl` of each loader (`/docs`), paired in order. */
function findRoots(files: RepoFiles, project: string, foundIn: string): FoundRoot[] {
  const values = (name: RegExp, key: string) =>
    nearest(files, project, name).flatMap((path) => files.config(path).all(key));
  const texts = (name: RegExp, key: string) => asTexts(values(name, key));
  const folders = [...new Set([...texts(/^source\.config\./, 'dir'), 'content/docs'])];
  const routes = texts(/^source\.[cm]?[jt]sx?$/, 'baseUrl');
  return folders
    .map((folder, at) => ({
      root: joinPath(project, folder) ?? folder,
      route: joinRoute(routes[Math.min(at, routes.length - 1)] ?? '/docs'),
      framework: 'fumadocs' as const,
      project,
      foundIn,
      locales: values(/^i18n\./, 'languages').flatMap(asTexts),
      locale: texts(/^i18n\./, 'defaultLanguage')[0] ?? null,
    }))
    .filter(({ root }) => files.hasFolder(root));
}

/** Config files of this project, not those of a project inside it. */
function nearest(files: RepoFiles, project: string, name: RegExp): string[] {
  const inner = files
    .named(/^source\.config\./)
    .map(folderOf)
    .filter((folder) => folder !== project && isUnder(folder, project));
  return files.configsUnder(project, name).filter((path) => !inner.some((folder) => isUnder(path, folder)));
}
