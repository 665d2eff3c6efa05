import type { SiteRoot } from '../frameworks/framework.ts';
import type { RepoFiles } from '../repo-files.ts';
import { isPageFile } from '../repo-path.ts';
import type { TextBlob } from '../tree.ts';
import { outlineOf } from './file-outline.ts';
import type { IndexModules } from './index-modules.ts';
import { findPartial } from './partial-files.ts';

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
      if (blob && 'text' in blob) this.#addBehind(root, path, blob, waiting);
    }
  }

  /** Whether a file that is loaded shows no other, as most pages do. */
  isAlone(path: string): boolean {
    const blob = this.#files.blob(path);
    return blob !== undefined && (!('text' in blob) || this.#namesNothing(blob));
  }

  #namesNothing(blob: TextBlob): boolean {
    const { named, links } = outlineOf(blob);
    return named.length === 0 && links.every(({ specifier }) => !this.#modules.mayLeadHere(specifier));
  }

  #addBehind(root: SiteRoot, path: string, blob: TextBlob, into: string[]): void {
    if (this.#namesNothing(blob)) return;
    const { named, links } = outlineOf(blob);
    for (const name of named) {
      const partial = findPartial(this.#files, root, name, path);
      if (partial !== null) into.push(partial);
    }
    for (const { specifier, name } of links) {
      if (!this.#modules.mayLeadHere(specifier)) continue;
      into.push(...this.#modules.follow(root, { specifier, names: [name] }, path).files);
    }
  }
}
