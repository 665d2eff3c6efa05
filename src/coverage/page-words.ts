import type { Content, Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import { type WordKeys, WordReader } from './page-filter.ts';

interface Remembered {
  get(key: string): WordKeys | undefined;
  set(key: string, words: WordKeys): void;
}

/** Reads the words of pages, with those of all files that they may show; a page is parsed only if its text hides some. */
export class PageWords {
  readonly #reader = new WordReader();
  readonly #remembered: Remembered | null;

  /** @param remembered the words of pages that were read before, by `pageKey`; null where no page is asked for twice */
  constructor(remembered: Remembered | null = null) {
    this.#remembered = remembered;
  }

  on(page: Page, site: Site): WordKeys {
    const key = pageKey(page, site);
    const words = this.#remembered?.get(key) ?? this.#read(page, site);
    this.#remembered?.set(key, words);
    return words;
  }

  #read(page: Page, site: Site): WordKeys {
    const paths = site.textsBehind(page);
    const files: WordKeys[] = [];
    for (const path of paths) {
      const words = this.#reader.raw(site.text(path) ?? '');
      if (words === null) return this.#reader.shown(textsOn(site.read(page)));
      files.push(words);
    }
    return files.length === 1 ? (files[0] as WordKeys) : new Set(files.flatMap((words) => [...words]));
  }
}

/** Equal for pages that say the same: made of the same texts in the same framework. */
export function pageKey(page: Page, site: Site): string {
  const files = site
    .textsBehind(page)
    .map((path) => `${path.slice(path.lastIndexOf('.') + 1)}:${site.tree.get(path)?.blob}`);
  return [site.roots[page.root]?.framework, ...files].join(' ');
}

/** All that can name a scenario: the words of blocks, and the claims in comments. */
function* textsOn({ sections }: Content): Generator<string> {
  for (const { blocks, claims } of sections) {
    for (const { text } of blocks) yield text;
    for (const { id } of claims) yield `signpost ${id}`;
  }
}
