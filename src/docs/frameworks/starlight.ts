import { asObject, asText, asTexts, type ConfigText } from '../config-text.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isPageFile, joinPath } from '../repo-path.ts';
import { slugSegments, withoutIndex } from '../routes.ts';
import { COMMON_RULES, type FoundRoot, type FrameworkRules, hasUnderscore, siteUrl } from './framework.ts';

/** Starlight, and other Astro sites that keep docs in a content collection. */
export const starlight: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) => files.named(/^astro\.config\./).flatMap((config) => findRoots(files, config)),
  // Astro's glob loader: a frontmatter slug replaces the id, else every path segment is slugged.
  route: (path, { slug: given }) => (given === null ? withoutIndex(slugSegments(path)) : given.replace(/^\/+/, '')),
  isPartial: (path) => hasUnderscore(path) || COMMON_RULES.isPartial(path),
  fixedAnchors: ['_top'],
  routedCode: ['src/pages'],
  slashed: true,
};

/** Plugins that make pages at build time: the option that holds their route, and its default. */
const GENERATORS: [plugin: string, option: string, fallback: string | null][] = [
  ['starlight-openapi', 'base', null],
  ['starlight-typedoc', 'output', 'api'],
  ['starlight-blog', 'prefix', 'blog'],
];

function findRoots(files: RepoFiles, path: string): FoundRoot[] {
  const project = folderOf(path);
  const config = files.config(path);
  const source = joinPath(project, asText(config.top('srcDir')) ?? 'src') ?? project;
  const docs = joinPath(source, 'content/docs') as string;
  const shared = {
    project,
    foundIn: path,
    framework: 'starlight' as const,
    site: siteUrl(asText(config.top('site')), asText(config.top('base'))),
  };
  if (isStarlight(files, project, config)) {
    return [{ ...shared, ...localesOf(config), root: docs, route: '/', generated: generatedBy(config) }];
  }
  const collection = { ...shared, root: docs, route: routeOfCollection(files, source) };
  const pages = { ...shared, framework: 'plain' as const, root: joinPath(source, 'pages') as string, route: '/' };
  return [collection, pages].filter(({ root }) => files.under(root).some(isPageFile));
}

function isStarlight(files: RepoFiles, project: string, config: ConfigText): boolean {
  const manifest = joinPath(project, 'package.json') as string;
  return config.mentions('@astrojs/starlight') || files.config(manifest).mentions('@astrojs/starlight');
}

/** Starlight's `locales`: the key `root` is served without a folder, any other one with it. */
function localesOf(config: ConfigText): Pick<FoundRoot, 'locales' | 'locale'> {
  const locales = [...(asObject(config.outermost('locales'))?.keys() ?? [])];
  const preferred = asText(config.outermost('defaultLocale'));
  return {
    locales: locales.filter((name) => name !== 'root'),
    locale: preferred !== null && preferred !== 'root' && locales.includes(preferred) ? preferred : null,
  };
}

function generatedBy(config: ConfigText): string[] {
  return GENERATORS.filter(([plugin]) => config.mentions(plugin)).flatMap(([, option, fallback]) => {
    // The keys of the config object itself are no options of a plugin.
    const given = asTexts(config.all(option, 2));
    const routes = given.length > 0 || fallback === null ? given : [fallback];
    return routes.map((route) => `/${route.replace(/^\/+|\/+$/g, '')}/**`);
  });
}

/** The route at which a catch-all page of a plain Astro site shows the collection. */
function routeOfCollection(files: RepoFiles, source: string): string {
  const pages = joinPath(source, 'pages') as string;
  const catchAll = files.under(pages).find((path) => /\/\[\.\.\.[\w-]+\]\.astro$/.test(path));
  return catchAll ? `/${folderOf(catchAll).slice(pages.length + 1)}` : '/docs';
}
