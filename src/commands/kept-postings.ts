import { type KeptPostings, POSTINGS_VERSION, type PostingsCache } from '../coverage/postings.ts';
import type { Tree } from '../docs/tree.ts';
import type { CacheFolder } from '../runtime/cache-folder.ts';
import { digest } from './digest.ts';
import type { NameTree } from './page-cache.ts';

/** Which words stand on which pages, for each site and vocabulary in a file of its own of which each word is read by itself. */
export class KeptSitePostings {
  readonly #folder: CacheFolder | null;
  readonly #nameOf: NameTree;
  readonly #fresh = new Map<string, KeptPostings>();

  constructor(folder: CacheFolder | null, nameOf: NameTree) {
    this.#folder = folder;
    this.#nameOf = nameOf;
  }

  /** @param vocabulary a name for it */
  under(vocabulary: string): PostingsCache {
    const fileOf = (tree: Tree) => {
      const name = this.#folder && this.#nameOf(tree);
      return name === null ? null : `postings-${POSTINGS_VERSION}-${digest(`${vocabulary} ${name}`)}`;
    };
    return {
      get: (tree) => {
        const file = fileOf(tree);
        return file === null ? undefined : (this.#folder?.open(file) ?? undefined);
      },
      set: (tree, postings) => {
        const file = fileOf(tree);
        if (file !== null) this.#fresh.set(file, postings);
      },
    };
  }

  /** @returns whether it wrote */
  save(): boolean {
    const written = Array.from(this.#fresh, ([name, postings]) => this.#folder?.write(name, postings));
    this.#fresh.clear();
    return written.includes(true);
  }
}
