import { ConfigText } from './config-text.ts';
import { fileNameOf, isBuilt, isNeverRead, isUnder } from './repo-path.ts';
import type { Blobs, BlobText, Tree } from './tree.ts';

const CODE = '[cm]?[jt]sx?';
const CONFIG_NAMES = new RegExp(
  `^(?:(?:astro|vite|docusaurus|next|theme|source)\\.config\\.${CODE}|(?:source|i18n)\\.${CODE}|(?:mint|docs|package|[tj]sconfig|vercel)\\.json` +
    '|(?:[\\w-]+_)?versions\\.json|netlify\\.toml|_redirects)$',
);
const VITEPRESS_CONFIG = new RegExp(`(?:^|/)\\.vitepress/config(?:/index)?\\.${CODE}$`);

/** In a larger repository the files nearest to its root count. */
const MAX_CONFIG_FILES = 400;

/** The files of one commit that a site may be made of: no links, no submodules, nothing installed or built. */
export class RepoFiles {
  readonly tree: Tree;
  readonly #blobs: Blobs;
  readonly #parsed = new Map<string, ConfigText>();
  #paths: readonly string[] | null = null;
  #configs: readonly string[] | null = null;

  constructor(tree: Tree, blobs: Blobs) {
    this.tree = tree;
    this.#blobs = blobs;
  }

  /** In code-unit order. */
  get paths(): readonly string[] {
    this.#paths ??= [...this.tree.keys()].filter((path) => this.has(path)).sort();
    return this.#paths;
  }

  /** Files that may tell how a site is built, nearest to the repository's root first. */
  get configs(): readonly string[] {
    this.#configs ??= this.paths.filter(isConfigFile).sort(byDepth).slice(0, MAX_CONFIG_FILES);
    return this.#configs;
  }

  /** The files of a tree that has the same paths, with the same modes. */
  edited(tree: Tree, blobs: Blobs): RepoFiles {
    const files = new RepoFiles(tree, blobs);
    files.#paths = this.#paths;
    files.#configs = this.#configs;
    return files;
  }

  has(path: string): boolean {
    const mode = this.tree.get(path)?.mode;
    return (mode === '100644' || mode === '100755') && !isNeverRead(path);
  }

  blob(path: string): BlobText | undefined {
    return this.#blobs.get(this.tree.get(path)?.blob ?? '');
  }

  isLoaded(path: string): boolean {
    return this.#blobs.has(this.tree.get(path)?.blob ?? '');
  }

  /** The file's text; null if it is not there, not loaded or not text. */
  text(path: string): string | null {
    const blob = this.blob(path);
    return blob && 'text' in blob ? blob.text : null;
  }

  /** Says which texts will soon be asked for, and in which order. */
  expect(paths: () => Iterable<string>): void {
    this.#blobs.expect?.(() => Array.from(paths(), (path) => this.tree.get(path)?.blob ?? ''));
  }

  /** Whether a file is there, loaded, and text. */
  isText(path: string): boolean {
    const blob = this.blob(path);
    return blob !== undefined && 'text' in blob;
  }

  /** A config file's literals; those of an empty file where there is none. */
  config(path: string): ConfigText {
    let parsed = this.#parsed.get(path);
    if (!parsed) {
      parsed = new ConfigText(this.text(path) ?? '');
      this.#parsed.set(path, parsed);
    }
    return parsed;
  }

  /** Config files whose own name matches. */
  named(name: RegExp): string[] {
    return this.configs.filter((path) => name.test(fileNameOf(path)));
  }

  vitepressConfigs(): string[] {
    return this.configs.filter((path) => VITEPRESS_CONFIG.test(path));
  }

  /** Files in a folder and its sub-folders. */
  under(folder: string): readonly string[] {
    if (folder === '') return this.paths;
    return this.paths.slice(this.#firstFrom(`${folder}/`), this.#firstFrom(`${folder}0`));
  }

  /** The config files of a project that match, in the project's own folder or below. */
  configsUnder(folder: string, name: RegExp): string[] {
    return this.named(name).filter((path) => isUnder(path, folder));
  }

  hasFolder(folder: string): boolean {
    return this.under(folder).length > 0;
  }

  /** '0' is the code unit after '/', so `folder0` comes right after everything in the folder. */
  #firstFrom(prefix: string): number {
    let low = 0;
    let high = this.paths.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.paths[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a file may tell how a site is built. */
export function isConfigFile(path: string): boolean {
  return (CONFIG_NAMES.test(fileNameOf(path)) || VITEPRESS_CONFIG.test(path)) && !isBuilt(path);
}

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}
