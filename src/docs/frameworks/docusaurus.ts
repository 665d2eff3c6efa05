import {
  asList,
  asObject,
  asText,
  asTexts,
  type ConfigObject,
  type ConfigText,
  type ConfigValue,
} from '../config-text.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, joinPath } from '../repo-path.ts';
import { joinRoute, resolveRoute } from '../routes.ts';
import type { Frontmatter } from '../tree.ts';
import {
  COMMON_RULES,
  type FoundRoot,
  type FrameworkRules,
  hasUnderscore,
  type PageFolder,
  type SiteRoot,
  siteUrl,
} from './framework.ts';

export const docusaurus: FrameworkRules = {
  ...COMMON_RULES,
  markdownIsMdx: true,
  find: (files) => files.named(/^docusaurus\.config\./).flatMap((config) => findRoots(files, config)),
  route: routeOf,
  // The docs plugin's default `exclude`: files and folders that begin with an underscore.
  isPartial: (path) => hasUnderscore(path) || COMMON_RULES.isPartial(path),
  isHidden: (frontmatter) => COMMON_RULES.isHidden(frontmatter) || frontmatter.unlisted,
  staticFolders: () => ['static'],
  routedCode: ['src/pages'],
  folderPages: true,
};

function findRoots(files: RepoFiles, path: string): FoundRoot[] {
  const config = files.config(path);
  const site = siteUrl(asText(config.top('url')), asText(config.top('baseUrl')));
  return docsOptions(config).map((options) => {
    const root = joinPath(folderOf(path), asText(options.get('path')) ?? 'docs') ?? 'docs';
    const route = joinRoute(asText(options.get('routeBasePath')) ?? 'docs');
    return {
      root,
      route,
      site,
      framework: 'docusaurus',
      project: folderOf(path),
      foundIn: path,
      folders: versionFolders(files, folderOf(path), root, route, options),
      dropsNumbers: options.get('numberPrefixParser') !== false,
      aliases: { '@site/': `${folderOf(path)}/` },
      generated: ['category', 'tags', ...(route === '/' ? ['blog', 'search'] : [])].map(
        (made) => `${route === '/' ? '' : route}/${made}/**`,
      ),
    };
  });
}

/** The options of every docs plugin: the preset's `docs`, or its defaults, and further instances. */
function docsOptions(config: ConfigText): ConfigObject[] {
  const preset = config.all('docs').filter((value) => value === false || asObject(value));
  const others = config.all('plugins').flatMap(asList).flatMap(pluginOptions);
  const found = [...preset.flatMap((value) => asObject(value) ?? []), ...others];
  return found.length > 0 || preset.includes(false) ? found : [new Map()];
}

function pluginOptions(plugin: ConfigValue): ConfigObject[] {
  const [name, options] = asList(plugin);
  const isDocs = name === '@docusaurus/plugin-content-docs' || name === 'content-docs';
  return isDocs ? [asObject(options) ?? new Map()] : [];
}

/** Versions as the docs plugin keeps them: `versions.json` lists them newest first, the newest has no folder in its route. */
function versionFolders(
  files: RepoFiles,
  project: string,
  root: string,
  route: string,
  options: ConfigObject,
): PageFolder[] {
  const id = asText(options.get('id'));
  const prefix = id === null || id === 'default' ? '' : `${id}_`;
  const versions = asTexts(files.config(joinPath(project, `${prefix}versions.json`) as string).whole());
  const last = asText(options.get('lastVersion')) ?? versions[0] ?? 'current';
  const routeFor = (version: string) => {
    const given = asText(asObject(asObject(options.get('versions'))?.get(version))?.get('path'));
    return joinRoute(route, given ?? (version === last ? '' : version === 'current' ? 'next' : version));
  };
  const kept = versions.map((version) => ({
    path: joinPath(project, `${prefix}versioned_docs/version-${version}`) as string,
    route: routeFor(version),
    version,
  }));
  return [{ path: root, route: routeFor('current'), version: 'current' }, ...kept];
}

/** As `getSlug` of the docs plugin: slug, else id, else file name, all relative to the folder without numbers. */
function routeOf(path: string, { slug, id }: Frontmatter, root: SiteRoot): string {
  const strip = root.dropsNumbers ? withoutNumber : (name: string) => name;
  const folders = folderOf(path).split('/').filter(Boolean);
  const folder = folders.map(strip).join('/');
  if (slug !== null) return (slug.startsWith('/') ? slug : resolveRoute(folder, slug)).slice(1);
  const name = fileNameOf(path);
  if (id === null && isCategoryIndex(name, folders.at(-1))) return folder;
  return resolveRoute(folder, id ?? strip(name)).slice(1);
}

function isCategoryIndex(name: string, folder: string | undefined): boolean {
  return ['index', 'readme', folder?.toLowerCase()].includes(name.toLowerCase());
}

/** `01-intro` → `intro`, but dates and versions such as `2021-11-foo` or `7.0-foo` keep their numbers. */
function withoutNumber(name: string): string {
  if (/^(?:\d{2}|\d{4})[-_.]\d{2}(?:[-_.](?:\d{2}|\d{4}))?/.test(name) || /^\d+[-_.]\d+/.test(name)) return name;
  return /^\d+\s*[-_.]+\s*([^-_.\s].*)$/.exec(name)?.[1] ?? name;
}
