import { ownText } from '../docs/own-text.ts';
import type { Content, Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import { textsOfRaw } from './page-filter.ts';
import { isUnspaced, tokenize, wordsIn } from './terms.ts';

/** The words of a text, by the keys under which scenarios ask for them. */
export type WordKeys = ReadonlySet<string>;

/** The key of any word in a script without spaces. */
export const UNSPACED = ' ';

/** The key of a run of letters; stems have no `=`. */
export function runKey(run: string): string {
  return `=${run}`;
}

/** The parts of a word that are the same in all words in which it is found as a code (see `compileCode`). */
export function runsOf(word: string): string[] {
  return word.split(/[.']|-?\p{M}+-?/u);
}

/** Reads the words of texts. A language has few words, so each is taken apart once. */
export class WordReader {
  readonly #keys = new Map<string, readonly string[]>();

  read(texts: Iterable<string>): WordKeys {
    const words = new Set<string>();
    const keys = new Set<string>();
    for (const text of texts) {
      for (const word of wordsIn(text)) words.add(word);
      if (isUnspaced(text)) keys.add(UNSPACED);
    }
    for (const word of words) for (const key of this.#keysOf(word)) keys.add(key);
    return keys;
  }

  #keysOf(word: string): readonly string[] {
    let keys = this.#keys.get(word);
    if (!keys) {
      const own = ownText(word);
      keys = keysOf(own);
      setWithin(this.#keys, own, keys, MOST_WORDS);
    }
    return keys;
  }
}

const MOST_WORDS = 100_000;

/** Sets a value in a map, which is emptied first if it is full. */
function setWithin<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  if (map.size >= most) map.clear();
  map.set(key, value);
}

/** The stems of a word, that of the whole of a compound, and its runs; an apostrophe may also be the end of a string. */
function keysOf(word: string): string[] {
  const words = word.includes("'") ? [word, ...word.split("'")] : [word];
  const stems = words.flatMap(tokenize).flatMap(({ stem, joined }) => (joined === null ? [stem] : [stem, joined]));
  return [...stems, ...runsOf(word).map(runKey)];
}

/** Reads the words of pages, with those of all files that they may show; a page is parsed only if its text hides some. */
export class PageWords {
  readonly #reader = new WordReader();
  readonly #remembered = new Map<string, WordKeys>();
  readonly #most: number;
  readonly #textsOf: typeof textsOfRaw;

  /** @param most the number of pages whose words are remembered; 0 where no page is asked for twice */
  constructor(most = 0, textsOf: typeof textsOfRaw = textsOfRaw) {
    this.#most = most;
    this.#textsOf = textsOf;
  }

  on(page: Page, site: Site): WordKeys {
    const key = pageKey(page, site);
    const known = this.#remembered.get(key);
    const words = known ?? this.#read(page, site);
    if (!known && this.#most > 0) setWithin(this.#remembered, key, words, this.#most);
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
