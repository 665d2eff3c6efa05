import { decodeHTML } from 'entities';
import { readerText } from '../docs/markdown/reader-text.ts';
import { isUnspaced, tokenize, wordsIn } from './terms.ts';

/*
 * Which pages need not be parsed to know that they do not name a scenario.
 *
 * A scenario is named by words of the text that readers see. That text is made of pieces of the raw text: the parser
 * leaves out marks, decodes entities and escapes, and shows strings of expressions. So every word that readers see also
 * stands in the raw text, between two characters that are no part of a word, unless
 *
 * 1. marks stand inside it: `**va**ult`, `va<wbr/>ult`, `[va](/x)ult`, `va{'ult'}`, `vault\_sealed`. Such a place is a
 *    letter, then nothing but marks and the signs that join words, then a letter. `mayHideWords` looks for these; where it
 *    cannot tell how far a mark reaches, it takes it for one that hides a word.
 * 2. a letter of it is written as something else: an entity, or an escape in a string. It looks for these as well.
 * 3. its script puts no spaces between words, so that what is one word depends on what stands around it.
 *
 * Such a page is parsed, and its words are those of the text that came out. Of any other page the words of the raw text
 * are at least those that readers see, and a scenario of which a word is lacking there is not named on the page.
 * Characters are compared as readers see them (`readerText`), which leaves the marks of Markdown as they are.
 */

/** The words of a text, by the keys under which scenarios ask for them. */
export type WordKeys = ReadonlySet<string>;

const MOST_REMEMBERED = 100_000;

/** Reads the words of texts; a language has few of them, so that each is taken apart once. */
export class WordReader {
  readonly #keys = new Map<string, readonly string[]>();

  /** The words of a raw text; null where it may hide some, so that it has to be parsed. */
  raw(text: string): WordKeys | null {
    const plain = readerText(text);
    if (mayHideWords(plain)) return null;
    return this.shown(plain.includes('\\') ? [plain, plain.replace(SPACE_ESCAPE, ' ')] : [plain]);
  }

  /** The words of texts as readers see them. */
  shown(texts: Iterable<string>): WordKeys {
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

/** The stems of a word, that of the whole of a compound, and the codes that it may be. */
function keysOf(word: string): string[] {
  const stems = tokenize(word).flatMap(({ stem, joined }) => (joined === null ? [stem] : [stem, joined]));
  return [...stems, ...codesIn(word).map(codeKey)];
}

/** The key of any word in a script without spaces. */
export const UNSPACED = ' ';

/** The key of a run of word characters that stands in a code; stems have no `=`. */
export function codeKey(run: string): string {
  return `=${run}`;
}

/**
 * A code may be all of a word, what follows a dot or an apostrophe, and what an apostrophe follows: it is not found inside
 * a longer identifier, but these may begin or end one.
 */
function codesIn(word: string): string[] {
  if (!/[.']/.test(word)) return [word];
  const starts = [0, ...Array.from(word.matchAll(/['.]/g), ({ index }) => index + 1)];
  const ends = [word.length, ...Array.from(word.matchAll(/'/g), ({ index }) => index)];
  return starts.flatMap((start) => ends.filter((end) => end > start).map((end) => word.slice(start, end)));
}

const LETTER = /[\p{L}\p{N}\p{M}]/uy;
/** Signs between which a line end shows no space, beside scripts without spaces. */
const UNSPACED_SIGN = /[\u3000-\u303f]/;
/** A letter after which marks begin. */
const BEFORE_MARKS = /[\p{L}\p{N}\p{M}](?=[-_.']*(?:[*~`<{[!]|\\[!-/:-@[-`{-~])|_+[-.']|[-.']+_)/gu;
/** What may define a link by reference (CommonMark 4.7), or a footnote. */
const DEFINITION = /^[ \t>*+\-\d.)]*\[(?:[^\]\\]|\\[\s\S]){0,1000}\]:/m;
const TARGET = '](';
/** Brackets without others inside. */
const BRACKETS = /!?\[([^[\]]*)\]/y;
/** The end of a link by reference. */
const REFERENCE_END = /\](?:\[[^[\]]*\])?/g;
/** A target that ends at its first parenthesis for certain, and one of which that is not certain. */
const SIMPLE_TARGET = /\]\([^\s()<>"'\\]*\)/g;
const OTHER_TARGET = /\]\([^\s()<>"'\\]*[\s(<>"'\\]/;
const IMAGE_TAG = /<img\b/i;
/** A space as JSX has it, an expression that shows nothing for certain, and the end of one that may show a string. */
const SPACE = /\{\s*(["'`])\s+\1\s*\}|<br\s*\/?>/iy;
const LITERAL_START = /\{\s*(?:["'`]|\/[*/])/y;
const SIMPLE_EXPRESSION = /\{[^{}"'`/]*\}/y;
const LITERAL_END = /(?:["'`]|\*\/)\s*\}/g;
const AUTOLINK = /<[A-Za-z][^<>\s]*[:@][^<>\s]*>/g;
/** A tag that ends at its first `>` for certain, and one of which that is not certain. */
const SIMPLE_TAG = /<\/?(?:[A-Za-z][^\s<>"'{}:@!?]*(?:\s[^<>"'{}]*)?)?>/y;
const OTHER_TAG = /<(?:[!?]|\/?[A-Za-z](?:[^\s<>]*[:@]|[^<>]*?["'{}]))/y;
/** Escapes of strings in expressions that show a letter, or nothing. */
const ESCAPE = /\\[ux\dbB\n]|[\p{L}\p{N}\p{M}]\\[^nrtfv!-/:-@[-`{-~\s]/u;
/** Those that show a space, although a letter stands in the raw text. */
const SPACE_ESCAPE = /\\[nrtfv]/g;
const FRONTMATTER_ESCAPE = /^\s*---\n(?:(?!---)[^\\\n]*\n)*(?!---)[^\\\n]*\\/;
const ENTITY = /&(?:#|[A-Za-z])[A-Za-z\d]*;?/g;

/** Whether marks may stand inside a word of a text, or a letter of it be written as something else. */
export function mayHideWords(text: string): boolean {
  if (isUnspaced(text) || UNSPACED_SIGN.test(text)) return true;
  if (ESCAPE.test(text) || FRONTMATTER_ESCAPE.test(text)) return true;
  for (const [entity] of text.matchAll(ENTITY)) if (isPartOfWords(entity)) return true;
  const hasDefinitions = DEFINITION.test(text);
  // No mark inside a word reaches over an empty line.
  return text.split('\n\n').some((paragraph) => new Marks(paragraph, hasDefinitions).areInsideWords());
}

/** True for an entity that readers see as a letter, as a sign that joins words, or not at all. */
function isPartOfWords(entity: string): boolean {
  const shown = decodeHTML(entity);
  return shown !== entity && !/^[^\p{L}\p{N}\p{M}\-_.']+$/u.test(readerText(shown));
}

/** Looks how far the marks of a paragraph reach. */
class Marks {
  readonly #text: string;
  readonly #hasDefinitions: boolean;
  readonly #lastTarget: number;
  #joins: boolean | null = null;

  /** @param hasDefinitions whether any brackets on the page may be a link */
  constructor(text: string, hasDefinitions: boolean) {
    this.#text = text;
    this.#hasDefinitions = hasDefinitions;
    this.#lastTarget = text.lastIndexOf(TARGET);
  }

  areInsideWords(): boolean {
    for (const { index, 0: letter } of this.#text.matchAll(BEFORE_MARKS))
      if (this.#reachLetter(index + letter.length, false)) return true;
    return this.#endBeforeLetter();
  }

  /** Whether a letter, or a mark before one, follows right after something that shows words of its own. */
  #endBeforeLetter(): boolean {
    if (this.#hasDefinitions && this.#isFollowed(REFERENCE_END)) return true;
    if (this.#lastTarget >= 0 && this.#isFollowed(SIMPLE_TARGET)) return true;
    // Where a target, or the tag of an image, ends is not certain: it may be anywhere.
    if (OTHER_TARGET.test(this.#text) && this.#isFollowed(/\)/g)) return true;
    if (IMAGE_TAG.test(this.#text) && this.#isFollowed(/>/g)) return true;
    return this.#isFollowed(LITERAL_END) || this.#isFollowed(AUTOLINK);
  }

  #isFollowed(ends: RegExp): boolean {
    for (const { index, 0: end } of this.#text.matchAll(ends))
      if (this.#reachLetter(index + end.length, true)) return true;
    return false;
  }

  /**
   * Whether from here on nothing but marks and signs that join words stand before a letter.
   * @param isMarked whether a mark ends here; else there must be one on the way
   */
  #reachLetter(from: number, isMarked: boolean): boolean {
    const text = this.#text;
    let marked = isMarked;
    for (let at = from; ; ) {
      const sign = text.charAt(at);
      if ((sign === '{' || sign === '<') && lengthAt(SPACE, text, at) > 0) return false;
      if (sign === '[' || (sign === '!' && text.charAt(at + 1) === '[')) return this.#mayLink(at);
      const length =
        sign === '<' ? lengthAt(SIMPLE_TAG, text, at) : sign === '{' ? lengthAt(SIMPLE_EXPRESSION, text, at) : 1;
      if (length === 0) return sign === '{' ? this.#mayShow(at) : lengthAt(OTHER_TAG, text, at) > 0;
      if (!/^[-_.'*~`\\<{]$/.test(sign)) return marked && lengthAt(LETTER, text, at) > 0;
      if (!/^[-.']$/.test(sign) && (sign !== '_' || isJoined(text, at))) marked = true;
      at += length;
    }
  }

  /** Whether an expression may show a string, or join what stands around it. */
  #mayShow(at: number): boolean {
    if (lengthAt(LITERAL_START, this.#text, at) > 0) return true;
    this.#joins ??= this.#isFollowed(/\}/g);
    return this.#joins;
  }

  #mayLink(at: number): boolean {
    const length = lengthAt(BRACKETS, this.#text, at);
    const next = this.#text.charAt(at + length);
    if (length === 0 || next === '(') return this.#hasDefinitions || at < this.#lastTarget;
    return this.#hasDefinitions && (next === '[' || this.#text.slice(at, at + length) !== '[]');
  }
}

/** An underscore beside another sign that joins words may be a mark. */
function isJoined(text: string, at: number): boolean {
  return /[-.']/.test(text.charAt(at - 1)) || /[-.']/.test(text.charAt(at + 1));
}

/** How long what matches at a place is; 0 where nothing does. */
function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
