import type { Scenario } from '../registry/registry.ts';
import { termsOf, wholeWords } from './scenario-terms.ts';
import { irregularFormsOf } from './stem.ts';
import { isUnspaced, tokenize, wordsIn } from './terms.ts';

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
  /** Equal for two vocabularies that read the same numbers out of any text, and find the same scenarios by them. */
  readonly signature: string;
  readonly size: number;
  readonly terms: ReadonlyMap<string, NamingTerms>;
  readonly unspaced: readonly (readonly [stem: string, id: number])[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #beginnings: Uint8Array;
  readonly #known = new Map<string, readonly number[]>();

  constructor(scenarios: readonly Scenario[]) {
    const numbering = new Numbering();
    this.terms = new Map(scenarios.map((scenario) => [scenario.id, numbering.termsOf(scenario)]));
    this.#ids = numbering.ids;
    this.size = numbering.ids.size;
    this.signature = `${[...numbering.ids.keys()].join('\n')}\n${JSON.stringify([...this.terms])}`;
    this.unspaced = [...numbering.ids].filter(([word]) => isUnspaced(word));
    this.#beginnings = beginningsOf(numbering.ids.keys());
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
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    const ids = this.#lookUp(word);
    this.#known.set(word, ids);
    return ids;
  }

  #lookUp(word: string): readonly number[] {
    const found = new Set<number>();
    for (const key of keysOf(word)) {
      const id = this.#ids.get(key);
      if (id !== undefined) found.add(id);
    }
    return [...found];
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

const MOST_REMEMBERED = 200_000;

/** The number of the word with which a claim begins. */
export const SIGNPOST = 0;

/** Gives every key a number, the first time it is met. */
export class Numbering {
  readonly ids = new Map<string, number>([['signpost', SIGNPOST]]);

  idOf(key: string): number {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.ids.size);
    return this.ids.size - 1;
  }

  termsOf(scenario: Scenario): NamingTerms {
    const terms = termsOf(scenario);
    const groups = (phrases: typeof terms.symptoms) =>
      phrases.map((phrase) => phrase.groups.map(({ sequences }) => this.#groupIds(sequences)));
    const symptoms = groups(terms.symptoms);
    const near = terms.near.map(({ sequences }) => this.#groupIds(sequences));
    return {
      codes: [
        [this.idOf(claimKey(scenario.id))],
        ...terms.codes.map(({ source }, i) => this.#codeIds(source, terms.codeStems[i] as string[])),
      ],
      symptoms,
      causes: groups(terms.causes),
      near,
    };
  }

  #groupIds(sequences: readonly (readonly string[])[]): GroupIds {
    const together = sequences.filter((words) => words.length > 1).map((words) => [this.idOf(words.join(''))]);
    return [...sequences.map((words) => words.map((word) => this.idOf(word))), ...together];
  }

  /** An identifier is told by its longest run of word characters, a message by its words. */
  #codeIds(source: string, stems: readonly string[]): readonly number[] {
    const unspaced = wholeWords(source).filter(isUnspaced).map(squeeze);
    const runs = /[\s{}]/.test(source) || unspaced.length > 0 ? [] : wordsIn(source);
    if (runs.length === 0) return [...stems, ...unspaced].map((word) => this.idOf(word));
    return [this.idOf(codeKey(runs.reduce((a, b) => (b.length > a.length ? b : a))))];
  }
}

/** A text in lower case without anything but letters and digits. */
export function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/** Codes and claims are numbered apart from stems, which have no spaces. */
function codeKey(run: string): string {
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
