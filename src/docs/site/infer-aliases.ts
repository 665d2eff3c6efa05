import type { SiteRoot } from '../frameworks/framework.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, isPageFile } from '../repo-path.ts';
import { outlineOf } from './file-outline.ts';
import { findPartial } from './partial-files.ts';

/** How an import begins that is neither a path nor, most often, a package: `@parts/`, `~/`, `#shown/`, `src/`. */
const PREFIX = /^(?:[@~#$][\w-]*|src)\//;

/**
 * Aliases that no config file shows and that the pages' own imports give away: where every Markdown file that is
 * imported by a prefix stands under one folder alone, that folder is what the prefix stands for.
 * @param pages paths of pages of the root
 */
export function inferAliases(files: RepoFiles, root: SiteRoot, pages: Iterable<string>): Record<string, string> {
  const rests = unresolved(files, root, pages);
  const known = [...rests].flatMap(([prefix, names]): [string, string][] => {
    const folder = commonFolder(files, [...names]);
    return folder === null ? [] : [[prefix, `${folder}/`]];
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

/** The one folder under which all of these stand; null where there is none, or more than one. */
function commonFolder(files: RepoFiles, names: readonly string[]): string | null {
  let common: Set<string> | null = null;
  for (const name of names) {
    const folders = foldersWith(files, name);
    common = new Set<string>(common ? folders.filter((folder) => common?.has(folder)) : folders);
  }
  const [folder, another] = common ?? [];
  return another === undefined && folder ? folder : null;
}

const named = new WeakMap<RepoFiles, Map<string, string[]>>();

function foldersWith(files: RepoFiles, name: string): string[] {
  let byName = named.get(files);
  if (!byName) {
    byName = new Map();
    for (const path of files.paths.filter(isPageFile)) {
      const same = byName.get(fileNameOf(path));
      if (same) same.push(path);
      else byName.set(fileNameOf(path), [path]);
    }
    named.set(files, byName);
  }
  const found = byName.get(fileNameOf(name)) ?? [];
  return found.filter((path) => path.endsWith(`/${name}`)).map((path) => path.slice(0, -name.length - 1));
}
