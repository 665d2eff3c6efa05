import { ownText } from '../docs/own-text.ts';
import { decodeTerms, type FlatTerms, startsOf } from './flat-terms.ts';
import { Recent } from './recent.ts';
import { irregularFormsOf } from './stem.ts';
import { isUnspaced, tokenize } from './terms.ts';

/** A group of a phrase: any of its sequences, all of whose words must be there. */
export type GroupIds = readonly (readonly number[])[];

/** What may name a scenario, as ids of its words. */
export interface NamingTerms {
  /** For each code, and for a claim, the words that must stand in one passage. */
  codes: readonly (readonly number[])[];
  symptoms: readonly (readonly GroupIds[])[];
  /** For each cause its groups. */
  causes: readonly (readonly GroupIds[])[];
  /** The groups of which a near miss holds most. */
  near: readonly GroupIds[];
}

/** How many letters a word and its stem surely share: the rest may be an ending. */
const SHARED_LETTERS = 3;
const LETTERS = 27;

/** A registry's vocabulary as it may be kept: plain values, from which `Vocabulary` is made again. */
export interface VocabularyRecord {
  /** Equal for two vocabularies that read the same numbers out of any text, and find the same scenarios by them. */
  signature: string;
  /** Of the scenarios, in order. */
  ids: readonly string[];
  /** In the order of their numbers. */
  words: readonly string[];
  terms: FlatTerms;
}

/** What the reader of a text asks about its words; each has a number. */
export interface WordNumbers {
  /** How many words there are so far. */
  readonly size: number;
  /** Stems of scripts without spaces, whose words depend on what stands around them: looked for as they are. */
  readonly unspaced: readonly (readonly [stem: string, id: number])[];
  /** The number that stands for a comment's claim to document this scenario. */
  claimOf(id: string): number | undefined;
  /** False only where no word that begins with these three letters (any case, ASCII) is known. */
  mayBegin(first: number, second: number, third: number): boolean;
  /** The numbers of what one word of a text stands for: its stems, the whole of a compound, a code. */
  numbersOf(word: string): readonly number[];
}

/** The words by which a registry's scenarios are found in raw text. */
export class Vocabulary implements WordNumbers {
  readonly record: VocabularyRecord;
  readonly unspaced: readonly (readonly [stem: string, id: number])[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #beginnings: Uint8Array;
  readonly #known = new Recent<string, readonly number[]>(MOST_REMEMBERED);
  readonly #starts: Uint32Array;
  readonly #numberOf: ReadonlyMap<string, number>;

  constructor(record: VocabularyRecord) {
    const { ids, words, terms } = record;
    this.record = record;
    this.#ids = new Map(words.map((word, at) => [word, at]));
    this.unspaced = [...this.#ids].filter(([word]) => isUnspaced(word));
    this.#beginnings = beginningsOf(words);
    this.#starts = startsOf(terms);
    this.#numberOf = new Map(ids.map((id, at) => [id, at]));
  }

  get size(): number {
    return this.record.words.length;
  }

  /** Of a scenario, as ids of its words; null for one that is not of the registry. */
  termsOf(id: string): NamingTerms | null {
    const number = this.#numberOf.get(id);
    return number === undefined ? null : this.termsAt(number);
  }

  termsAt(number: number): NamingTerms {
    return decodeTerms(this.record.terms, this.#starts[number] as number);
  }

  /** A scenario's place in the registry. */
  numberOf(id: string): number | undefined {
    return this.#numberOf.get(id);
  }

  claimOf(id: string): number | undefined {
    return this.#ids.get(claimKey(id));
  }

  mayBegin(first: number, second: number, third: number): boolean {
    return this.#beginnings[(first * LETTERS + second) * LETTERS + third] === 1;
  }

  numbersOf(word: string): readonly number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const ids = this.#lookUp(word);
    this.#known.set(ownText(word), ids);
    return ids;
  }

  #lookUp(word: string): readonly number[] {
    const found = new Set<number>();
    for (const key of keysOf(word)) {
      const id = this.#ids.get(key);
      if (id !== undefined) found.add(id);
    }
    return found.size > 0 ? [...found] : NONE;
  }
}

/** The keys of what one word of a text stands for. */
export function* keysOf(word: string): Generator<string> {
  for (const { stem, joined } of tokenize(word)) {
    yield stem;
    if (joined !== null) yield joined;
  }
  for (const part of partsThatMayBeCodes(word)) yield codeKey(part);
}

/** A text uses few of a language's words over and over. */
const MOST_REMEMBERED = 60_000;

/** Most words are of no registry. */
const NONE: readonly number[] = [];

/** A text in lower case without anything but letters and digits. */
export function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/** The number of the word with which a claim begins. */
export const SIGNPOST = 0;

/** Codes and claims are numbered apart from stems, which have no spaces. */
export function codeKey(run: string): string {
  return `code ${run}`;
}

export function claimKey(id: string): string {
  return `claim ${id}`;
}

/**
 * The parts of a run of word characters that a code may be: all of it, what follows a dot or an apostrophe, what an
 * apostrophe or a dot follows (an identifier is not found inside a longer one, but those two may end it).
 */
function partsThatMayBeCodes(word: string): string[] {
  if (!/[.'_-]/.test(word)) return [word];
  const starts = [0, ...Array.from(word.matchAll(/['.]/g), ({ index }) => index + 1)];
  const ends = [word.length, ...Array.from(word.matchAll(/'/g), ({ index }) => index)];
  return starts.flatMap((start) => ends.filter((end) => end > start).map((end) => word.slice(start, end)));
}

function beginningsOf(keys: Iterable<string>): Uint8Array {
  const beginnings = new Uint8Array(LETTERS ** SHARED_LETTERS);
  for (const key of keys) {
    if (key.startsWith('claim ')) continue;
    const isCode = key.startsWith('code ');
    for (const form of isCode ? [key.slice('code '.length).toLowerCase()] : formsOf(key)) {
      const [a = 0, b = 0, c = 0] = Array.from({ length: SHARED_LETTERS }, (_, i) => letterNumber(form.charCodeAt(i)));
      mark(beginnings, a, b, c, form.length);
    }
  }
  return beginnings;
}

/** A stem's own letters, without a last one that an ending changes (try, tries); irregular forms begin their own way. */
function formsOf(key: string): string[] {
  return [key.endsWith('y') ? key.slice(0, -1) : key, ...irregularFormsOf(key)];
}

/** Where fewer than three letters are sure, any may follow. */
function mark(beginnings: Uint8Array, a: number, b: number, c: number, length: number): void {
  const from = (sure: boolean, value: number) => (sure ? [value] : Array.from({ length: LETTERS }, (_, i) => i));
  for (const first of from(length > 0, a))
    for (const second of from(length > 1, b))
      for (const third of from(length > 2, c)) beginnings[(first * LETTERS + second) * LETTERS + third] = 1;
}

/** 1 to 26 for a letter of ASCII in either case, 0 for anything else. */
export function letterNumber(code: number): number {
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? lower - 96 : 0;
}
