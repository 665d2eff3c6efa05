import { isUnspaced, tokenize, wordsIn } from './terms.ts';

/** The words of a text, by the keys under which scenarios ask for them. */
export type WordKeys = ReadonlySet<string>;

/** The key of any word in a script without spaces. */
export const UNSPACED = ' ';

const MOST_REMEMBERED = 100_000;

/** Reads the words of texts; a language has few of them, so that each is taken apart once. */
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
    const known = this.#keys.get(word);
    if (known) return known;
    if (this.#keys.size >= MOST_REMEMBERED) this.#keys.clear();
    const keys = keysOf(word);
    this.#keys.set(word, keys);
    return keys;
  }
}

/** The stems of a word, that of the whole of a compound, and its runs; an apostrophe may also be the end of a string. */
function keysOf(word: string): string[] {
  const words = word.includes("'") ? [word, ...word.split("'")] : [word];
  const stems = words.flatMap(tokenize).flatMap(({ stem, joined }) => (joined === null ? [stem] : [stem, joined]));
  return [...stems, ...runsOf(word).map(runKey)];
}

/** The key of a run of letters; stems have no `=`. */
export function runKey(run: string): string {
  return `=${run}`;
}

/** The parts of a word that are the same in all words in which it is found as a code (see `compileCode`). */
export function runsOf(word: string): string[] {
  return word.split(/[.']|-?\p{M}+-?/u);
}
