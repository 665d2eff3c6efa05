import type { SiteRoot } from '../frameworks/framework.ts';
import { isContent, type ModuleStatements, moduleStatements, namesMarkdown } from '../markdown/module-statements.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, isPageFile } from '../repo-path.ts';
import type { ModuleLink, TextBlob } from '../tree.ts';
import { outlineOf } from './file-outline.ts';
import { findPartial, placesOf } from './partial-files.ts';

/** Which files stand behind a page, told from raw text: more than it shows, never less; far cheaper than parsing. */
export class ShownFiles {
  readonly #files: RepoFiles;
  readonly #modules: IndexModules;

  constructor(files: RepoFiles, modules: IndexModules) {
    this.#files = files;
    this.#modules = modules;
  }

  /** Adds a page or partial to `reached`, and all the modules and partials behind it as far as they are loaded. */
  reach(root: SiteRoot, start: string, reached: Set<string>): void {
    const waiting = [start];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (reached.has(path)) continue;
      reached.add(path);
      const blob = isPageFile(path) ? this.#files.blob(path) : undefined;
      if (blob && 'text' in blob) waiting.push(...this.#shownBy(root, path, blob));
    }
  }

  /** Whether a file that is loaded shows no other, as most pages do. */
  isAlone(path: string): boolean {
    const blob = this.#files.blob(path);
    if (!blob) return false;
    return !('text' in blob) || (outlineOf(blob).named.length === 0 && this.#linksHere(blob).length === 0);
  }

  /** What a file imports from modules, packages aside. */
  #linksHere(blob: TextBlob): ModuleLink[] {
    return outlineOf(blob).links.filter(({ specifier }) => this.#modules.mayLeadHere(specifier));
  }

  #shownBy(root: SiteRoot, path: string, blob: TextBlob): string[] {
    const partials = outlineOf(blob).named.map((name) => findPartial(this.#files, root, name, path));
    const followed = this.#linksHere(blob).map(({ specifier, name }) =>
      this.#modules.follow(root, { specifier, names: [name] }, path),
    );
    return [...partials.filter((partial) => partial !== null), ...followed.flatMap(({ files }) => files)];
  }
}

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
interface Followed {
  /** The partial that the import stands for; null for code, and for what is not there or not loaded. */
  partial: string | null;
  /** Every module and partial met on the way. */
  files: readonly string[];
}

interface Trail {
  root: SiteRoot;
  modules: Set<string>;
  partials: Set<string>;
  seen: Set<string>;
}

export function isModuleFile(path: string): boolean {
  return MODULE.test(path);
}

/** An import as a tag uses it: `Parts.Login` is the member `Login` of what is imported as `Parts`. */
export function useOf({ specifier, name }: ModuleLink, tag: string): ModuleUse {
  return { specifier, names: [name, ...tag.split('.').slice(1)] };
}

/** Finds the partials that pages import through index modules (`export { default as A } from './_a.mdx'`). */
export class IndexModules {
  readonly #files: RepoFiles;
  readonly #followed = new Map<SiteRoot, Map<string, Followed>>();
  readonly #statements = new Map<string, ModuleStatements>();
  /** The paths of the repository's modules, without their endings. */
  #stems: ReadonlySet<string> | null = null;
  /** The last words of these, by which most imports are seen to be of packages. */
  #names: ReadonlySet<string> | null = null;

  constructor(files: RepoFiles) {
    this.#files = files;
  }

  /**
   * False where an import can lead nowhere in this repository, as that of a package. What `.`, `..` and an alias of one
   * word stand for is told by their places alone.
   */
  mayLeadHere(specifier: string): boolean {
    const plain = specifier.replace(/[?#].*$/, '').replace(/\/+$/, '');
    const name = fileNameOf(plain).replace(MODULE, '');
    return namesMarkdown(specifier) || !plain.includes('/') || /^\.*$/.test(name) || this.#moduleNames().has(name);
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
    const module = this.#findModule(trail.root, specifier, from);
    const wanted = names[0] === '*' ? names.slice(1) : names;
    const key = [module, ...wanted].join('\n');
    if (module === null || depth === MAX_DEPTH || trail.seen.has(key) || trail.seen.size === MAX_LOOKUPS) return null;
    trail.seen.add(key);
    trail.modules.add(module);
    return this.#exported(module, wanted, trail, depth + 1);
  }

  #exported(module: string, wanted: readonly string[], trail: Trail, depth: number): string | null {
    const { exports, stars } = this.#statementsOf(module);
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

  #statementsOf(module: string): ModuleStatements {
    let statements = this.#statements.get(module);
    if (!statements) {
      statements = moduleStatements(this.#files.text(module) ?? '');
      this.#statements.set(module, statements);
    }
    return statements;
  }

  /** The file of a module as bundlers find it: with an extension added, a folder's index, or TypeScript named as JavaScript. */
  #findModule(root: SiteRoot, specifier: string, from: string): string | null {
    const there = this.#moduleStems();
    for (const place of placesOf(root, specifier.replace(/[?#].*$/, ''), from)) {
      if (place === null) continue;
      const index = place === '' ? 'index' : `${place}/index`;
      if (!there.has(place.replace(MODULE, '')) && !there.has(place) && !there.has(index)) continue;
      const stems = [place, place.replace(/js(x?)$/, 'ts$1')];
      const added = [place, index].flatMap((stem) => EXTENSIONS.map((extension) => `${stem}.${extension}`));
      const found = [...stems, ...added].find((path) => MODULE.test(path) && this.#files.has(path));
      if (found !== undefined) return found;
    }
    return null;
  }

  #moduleStems(): ReadonlySet<string> {
    this.#stems ??= new Set(this.#files.paths.filter(isModuleFile).map((path) => path.replace(MODULE, '')));
    return this.#stems;
  }

  #moduleNames(): ReadonlySet<string> {
    this.#names ??= new Set(
      [...this.#moduleStems()].flatMap((stem) => {
        const name = fileNameOf(stem);
        return name === 'index' ? [name, fileNameOf(folderOf(stem))] : [name];
      }),
    );
    return this.#names;
  }
}
