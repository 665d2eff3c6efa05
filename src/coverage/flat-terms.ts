import type { PageWords } from './page-words.ts';
import type { NamingTerms } from './vocabulary.ts';

/**
 * What may name scenarios, as one row of numbers: a registry of thousands is held, kept and looked through without an
 * object for each word. Every list begins with its length; a scenario's lists are codes, symptoms, causes, near groups.
 */
export type FlatTerms = Uint32Array;

type Lists = number | readonly Lists[];

/** How deep the lists go: codes hold words; symptoms and causes hold groups of sequences of words; so do near groups. */
const DEPTHS = [2, 4, 4, 3] as const;

export function encodeTerms(terms: Iterable<NamingTerms>): FlatTerms {
  const numbers: number[] = [];
  for (const { codes, symptoms, causes, near } of terms)
    for (const list of [codes, symptoms, causes, near]) write(list);
  return Uint32Array.from(numbers);

  function write(list: Lists): void {
    if (typeof list === 'number') numbers.push(list);
    else {
      numbers.push(list.length);
      for (const inner of list) write(inner);
    }
  }
}

/** Goes through the terms of a registry, scenario by scenario. */
class TermReader {
  at = 0;
  readonly #numbers: FlatTerms;

  constructor(numbers: FlatTerms) {
    this.#numbers = numbers;
  }

  next(): number {
    this.at += 1;
    return this.#numbers[this.at - 1] as number;
  }

  list(depth: number): Lists {
    if (depth === 0) return this.next();
    return Array.from({ length: this.next() }, () => this.list(depth - 1));
  }

  skip(depth: number): void {
    const length = this.next();
    if (depth === 1) this.at += length;
    else for (let i = 0; i < length; i += 1) this.skip(depth - 1);
  }

  /** Reads a list of words. @returns whether all of them are there */
  hasAll(page: PageWords): boolean {
    let all = true;
    for (let left = this.next(); left > 0; left -= 1) if (!page.has(this.next())) all = false;
    return all;
  }

  /** Reads a phrase. @returns whether each group has a sequence that is there */
  holdsPhrase(page: PageWords): boolean {
    let all = true;
    for (let groups = this.next(); groups > 0; groups -= 1) {
      let held = false;
      for (let left = this.next(); left > 0; left -= 1) if (this.hasAll(page)) held = true;
      all &&= held;
    }
    return all;
  }
}

/** Where the terms of each scenario begin. */
export function startsOf(numbers: FlatTerms): Uint32Array {
  const starts: number[] = [];
  const reader = new TermReader(numbers);
  while (reader.at < numbers.length) {
    starts.push(reader.at);
    for (const depth of DEPTHS) reader.skip(depth);
  }
  return Uint32Array.from(starts);
}

/** The terms of the scenario that begins there. */
export function decodeTerms(numbers: FlatTerms, start: number): NamingTerms {
  const reader = new TermReader(numbers);
  reader.at = start;
  const [codes, symptoms, causes, near] = DEPTHS.map((depth) => reader.list(depth));
  return { codes, symptoms, causes, near } as unknown as NamingTerms;
}

/** The numbers of the scenarios of which a code or a symptom may stand on a page, by its words alone. */
export function namedOn(page: PageWords, numbers: FlatTerms): number[] {
  const named: number[] = [];
  const reader = new TermReader(numbers);
  for (let scenario = 0; reader.at < numbers.length; scenario += 1) {
    let isNamed = false;
    for (let codes = reader.next(); codes > 0; codes -= 1) if (reader.hasAll(page)) isNamed = true;
    for (let symptoms = reader.next(); symptoms > 0; symptoms -= 1) if (reader.holdsPhrase(page)) isNamed = true;
    reader.skip(DEPTHS[2]);
    reader.skip(DEPTHS[3]);
    if (isNamed) named.push(scenario);
  }
  return named;
}
