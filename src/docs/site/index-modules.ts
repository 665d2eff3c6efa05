import type { SiteRoot } from '../frameworks/framework.ts';
import {
  isContent,
  type ModuleLink,
  type ModuleStatements,
  moduleStatements,
  namesMarkdown,
} from '../markdown/module-statements.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf } from '../repo-path.ts';
import type { BlobText } from '../tree.ts';
import { findPartial, placesOf } from './partial-files.ts';

/** Modules between a page and a partial. */
const MAX_DEPTH = 8;
/** Names looked up in modules for one import; beyond, it counts as code. */
const MAX_LOOKUPS = 2_000;
const EXTENSIONS = ['ts', 'tsx', 'mts', 'js', 'jsx', 'mjs'];
const MODULE = /\.m?[jt]sx?$/;

/** An import as a page uses it: the imported name, then the members of it (`<Parts.Login />`). */
export interface ModuleUse {
  specifier: string;
  names: readonly string[];
}

/** What following an import through modules came upon. */
export interface Followed {
  /** The partial that the import stands for; null for code, and for what is not there or not loaded. */
  partial: string | null;
  /** Every module and partial met on the way. */
  files: readonly string[];
}

export function isModuleFile(path: string): boolean {
  return MODULE.test(path);
}

interface Trail {
  root: SiteRoot;
  modules: Set<string>;
  partials: Set<string>;
  seen: Set<string>;
}

const remembered = new WeakMap<BlobText, ModuleStatements>();

/** Finds the partials that pages import through index modules (`export { default as A } from './_a.mdx'`). */
export class IndexModules {
  readonly #files: RepoFiles;
  readonly #followed = new Map<SiteRoot, Map<string, Followed>>();
  readonly #mayLead = new Map<string, boolean>();

  constructor(files: RepoFiles) {
    this.#files = files;
  }

  /** False where an import can lead nowhere in this repository, as that of a package. */
  mayLeadHere(specifier: string): boolean {
    let may = this.#mayLead.get(specifier);
    if (may === undefined) {
      may = namesMarkdown(specifier) || mayBeHere(this.#files, specifier);
      this.#mayLead.set(specifier, may);
    }
    return may;
  }

  /** Where `names` is `*` alone, everything that the module passes on is among the files. */
  follow(root: SiteRoot, use: ModuleUse, from: string): Followed {
    const known = this.#followed.get(root) ?? new Map<string, Followed>();
    this.#followed.set(root, known);
    const key = [folderOf(from), use.specifier, ...use.names].join('\n');
    let followed = known.get(key);
    if (!followed) {
      const trail: Trail = { root, modules: new Set(), partials: new Set(), seen: new Set() };
      const partial = this.#partialOf(use, from, trail, 0);
      followed = { partial, files: [...trail.modules, ...trail.partials] };
      known.set(key, followed);
    }
    return followed;
  }

  #partialOf({ specifier, names }: ModuleUse, from: string, trail: Trail, depth: number): string | null {
    if (namesMarkdown(specifier)) {
      const partial = isContent(names[0] as string) ? findPartial(this.#files, trail.root, specifier, from) : null;
      if (partial !== null) trail.partials.add(partial);
      return partial;
    }
    const module = findModule(this.#files, trail.root, specifier, from);
    const wanted = names[0] === '*' ? names.slice(1) : names;
    const key = [module, ...wanted].join('\n');
    if (module === null || depth === MAX_DEPTH || trail.seen.has(key) || trail.seen.size === MAX_LOOKUPS) return null;
    trail.seen.add(key);
    trail.modules.add(module);
    return this.#exported(module, wanted, trail, depth + 1);
  }

  #exported(module: string, wanted: readonly string[], trail: Trail, depth: number): string | null {
    const { exports, stars } = statementsOf(this.#files.blob(module));
    const [name, ...members] = wanted;
    const follow = (specifier: string, names: readonly string[]) =>
      this.#partialOf({ specifier, names }, module, trail, depth);
    if (name === undefined) {
      for (const link of exports.values()) follow(link.specifier, [link.name]);
      for (const specifier of stars) follow(specifier, ['*']);
      return null;
    }
    const link = exports.get(name);
    if (link) return follow(link.specifier, [link.name, ...members]);
    for (const specifier of name === 'default' ? [] : stars) {
      const partial = follow(specifier, wanted);
      if (partial !== null) return partial;
    }
    return null;
  }
}

/** An import as a tag uses it: `Parts.Login` is the member `Login` of what is imported as `Parts`. */
export function useOf({ specifier, name }: ModuleLink, tag: string): ModuleUse {
  return { specifier, names: [name, ...tag.split('.').slice(1)] };
}

function statementsOf(blob: BlobText | undefined): ModuleStatements {
  if (!blob || !('text' in blob)) return moduleStatements('');
  const statements = remembered.get(blob) ?? moduleStatements(blob.text);
  remembered.set(blob, statements);
  return statements;
}

const namesOfPaths = new WeakMap<readonly string[], ModuleNames>();

/** What modules a repository has: their paths without endings, and the last words of these. */
interface ModuleNames {
  stems: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/** Most imports are of packages: their last word is that of no module here, so that no place has to be looked at. */
function modulesOf({ paths }: RepoFiles): ModuleNames {
  let known = namesOfPaths.get(paths);
  if (!known) {
    const stems = new Set(paths.filter((path) => MODULE.test(path)).map((path) => path.replace(MODULE, '')));
    const names = new Set<string>();
    for (const stem of stems) {
      names.add(fileNameOf(stem));
      if (fileNameOf(stem) === 'index') names.add(fileNameOf(folderOf(stem)));
    }
    known = { stems, names };
    namesOfPaths.set(paths, known);
  }
  return known;
}

/** What `.`, `..` and an alias of one word stand for is told by their places alone. */
function mayBeHere(files: RepoFiles, specifier: string): boolean {
  const plain = specifier.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const name = fileNameOf(plain).replace(MODULE, '');
  return !plain.includes('/') || /^\.*$/.test(name) || modulesOf(files).names.has(name);
}

/** The file of a module as bundlers find it: with an extension added, a folder's index, or TypeScript named as JavaScript. */
function findModule(files: RepoFiles, root: SiteRoot, specifier: string, from: string): string | null {
  const { stems: there } = modulesOf(files);
  for (const place of placesOf(root, specifier.replace(/[?#].*$/, ''), from)) {
    if (place === null) continue;
    const index = place === '' ? 'index' : `${place}/index`;
    if (!there.has(place.replace(MODULE, '')) && !there.has(place) && !there.has(index)) continue;
    const stems = [place, place.replace(/js(x?)$/, 'ts$1')];
    const added = [place, index].flatMap((stem) => EXTENSIONS.map((extension) => `${stem}.${extension}`));
    const found = [...stems, ...added].find((path) => MODULE.test(path) && files.has(path));
    if (found !== undefined) return found;
  }
  return null;
}
