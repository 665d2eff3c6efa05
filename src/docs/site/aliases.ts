import { asList, asObject, asText, type ConfigText, type ConfigValue } from '../config-text.ts';
import type { SiteRoot } from '../frameworks/framework.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, joinPath } from '../repo-path.ts';
import { outlineOf } from './file-outline.ts';
import { findPartial } from './partial-files.ts';

const BUNDLER = /^(?:astro|vite|docusaurus|next)\.config\./;
/** A config that extends another one, that extends another one. */
const MAX_EXTENDS = 5;

/**
 * Import prefixes of a project and the folders that they stand for, as its config files have them: `paths` of its
 * tsconfig or jsconfig, over `alias` of its bundler. What only running a config could tell is left out.
 */
export function pathAliases(files: RepoFiles, project: string): Record<string, string> {
  const bundlers = [
    ...files.named(BUNDLER).filter((path) => folderOf(path) === project),
    ...files.vitepressConfigs().filter((path) => path.startsWith(joinPath(project, '.vitepress/') as string)),
  ];
  const aliases = bundlers.flatMap((path) => bundlerAliases(files.config(path), folderOf(path), project));
  for (const name of ['jsconfig.json', 'tsconfig.json'])
    aliases.push(...compilerPaths(files, joinPath(project, name) as string, 0));
  return Object.fromEntries(aliases);
}

type Alias = [prefix: string, folder: string];

/** `compilerOptions.paths`, which are those of the config that is extended where a config has none (TypeScript's manual). */
function compilerPaths(files: RepoFiles, path: string, depth: number): Alias[] {
  const config = files.config(path);
  const paths = asObject(config.outermost('paths'));
  if (paths) {
    const base = asText(config.outermost('baseUrl')) ?? '';
    return [...paths].flatMap(([alias, targets]) => aliasOf(alias, joinTo(asList(targets)[0], folderOf(path), base)));
  }
  const parent = asText(config.top('extends'));
  if (parent === null || !/^\.\.?\//.test(parent) || depth === MAX_EXTENDS) return [];
  const extended = joinPath(folderOf(path), parent.endsWith('.json') ? parent : `${parent}.json`);
  return extended === null || fileNameOf(extended) === '' ? [] : compilerPaths(files, extended, depth + 1);
}

/** Vite's and webpack's `alias`: an object, or a list of `{ find, replacement }`; `/x` counts from the project. */
function bundlerAliases(config: ConfigText, folder: string, project: string): Alias[] {
  const place = (target: ConfigValue | undefined) => joinTo(target, asText(target)?.startsWith('/') ? project : folder);
  return config.all('alias').flatMap((setting) => {
    const object = asObject(setting);
    if (object) return [...object].flatMap(([name, target]) => aliasOf(name, place(target)));
    return asList(setting).flatMap((entry) => {
      const find = asText(asObject(entry)?.get('find'));
      return find === null ? [] : aliasOf(find, place(asObject(entry)?.get('replacement')));
    });
  });
}

/** The folder that a target names; null for a package, and for what leaves the repository. */
function joinTo(target: ConfigValue | undefined, folder: string, base = ''): string | null {
  const text = asText(target);
  return text === null ? null : joinPath(folder, base, text.replace(/\*$/, ''));
}

function aliasOf(prefix: string, folder: string | null): Alias[] {
  const name = prefix.replace(/\*$/, '');
  return name === '' || folder === null ? [] : [[name, folder]];
}

/** How an import begins that is neither a path nor, most often, a package: `@parts/`, `~/`, `#shown/`, `src/`. */
const PREFIX = /^(?:[@~#$][\w-]*|src)\//;

/**
 * Aliases that no config file shows and that the pages' own imports give away: where every Markdown file that is
 * imported by a prefix stands under one folder alone, that folder is what the prefix stands for.
 * @param pages paths of pages of the root
 */
export function inferAliases(files: RepoFiles, root: SiteRoot, pages: Iterable<string>): Record<string, string> {
  const known = [...unresolved(files, root, pages)].flatMap(([prefix, names]): Alias[] => {
    const folder = commonFolder(files, names);
    return folder ? [[prefix, `${folder}/`]] : [];
  });
  return Object.fromEntries(known);
}

/** By prefix what follows it, for imports that lead nowhere. */
function unresolved(files: RepoFiles, root: SiteRoot, pages: Iterable<string>): Map<string, Set<string>> {
  const rests = new Map<string, Set<string>>();
  for (const path of pages) {
    const blob = files.blob(path);
    for (const specifier of blob && 'text' in blob ? outlineOf(blob).named : []) {
      const prefix = PREFIX.exec(specifier)?.[0];
      if (prefix === undefined || findPartial(files, root, specifier, path) !== null) continue;
      const names = rests.get(prefix) ?? new Set();
      rests.set(prefix, names.add(specifier.slice(prefix.length)));
    }
  }
  return rests;
}

/** The one folder under which all of these files stand; null where there is none, or more than one. */
function commonFolder(files: RepoFiles, names: ReadonlySet<string>): string | null {
  const [first = ''] = names;
  const holding = files.paths.filter((path) => path.endsWith(`/${first}`));
  const folders = holding.map((path) => path.slice(0, -first.length - 1));
  const common = folders.filter((folder) => [...names].every((name) => files.has(`${folder}/${name}`)));
  return common.length === 1 ? (common[0] as string) : null;
}
