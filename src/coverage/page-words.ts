import type { Content, Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import { textsOfRaw } from './page-filter.ts';
import { type WordKeys, WordReader } from './word-keys.ts';

interface Remembered {
  get(key: string): WordKeys | undefined;
  set(key: string, words: WordKeys): void;
}

/** Reads the words of pages, with those of all files that they may show; a page is parsed only if its text hides some. */
export class PageWords {
  readonly #reader = new WordReader();
  readonly #remembered: Remembered | null;
  readonly #textsOf: typeof textsOfRaw;

  /** @param remembered the words of pages that were read before, by `pageKey`; null where no page is asked for twice */
  constructor(remembered: Remembered | null = null, textsOf: typeof textsOfRaw = textsOfRaw) {
    this.#remembered = remembered;
    this.#textsOf = textsOf;
  }

  on(page: Page, site: Site): WordKeys {
    const key = pageKey(page, site);
    const words = this.#remembered?.get(key) ?? this.#read(page, site);
    this.#remembered?.set(key, words);
    return words;
  }

  #read(page: Page, site: Site): WordKeys {
    const files = site.textsBehind(page).map((path) => this.#textsOf(site.text(path) ?? ''));
    const isPlain = files.every((texts) => texts !== null);
    return this.#reader.read(isPlain ? files.flat() : textsOn(site.read(page)));
  }
}

/** Equal for pages that say the same: made of the same texts in the same framework. */
export function pageKey(page: Page, site: Site): string {
  const files = site
    .textsBehind(page)
    .map((path) => `${path.slice(path.lastIndexOf('.') + 1)}:${site.tree.get(path)?.blob}`);
  return [site.roots[page.root]?.framework, ...files].join(' ');
}

/** All that can name a scenario: the words of blocks, labels, which may be of other words, and the claims in comments. */
function* textsOn({ sections }: Content): Generator<string> {
  for (const { label, blocks, claims } of sections) {
    yield label;
    for (const { text } of blocks) yield text;
    for (const { id } of claims) yield `signpost ${id}`;
  }
}
