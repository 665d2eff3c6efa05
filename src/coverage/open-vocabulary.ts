import type { Scenario } from '../registry/registry.ts';
import { Numbering } from './compile-vocabulary.ts';
import { isUnspaced } from './terms.ts';
import { claimKey, keysOf, type NamingTerms, type WordNumbers } from './vocabulary.ts';

/** What the id of a scenario looks like. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A vocabulary that takes in every word it meets: what was read with it serves any registry, later ones too. */
export class OpenVocabulary implements WordNumbers {
  readonly #numbering = new Numbering();
  readonly #asked = new AskedNumbering(this.#numbering);
  readonly #known = new Map<string, readonly number[]>();
  readonly #terms = new WeakMap<Scenario, NamingTerms>();

  get size(): number {
    return this.#numbering.ids.size;
  }

  /** Those that scenarios asked for so far: files that may hold them have to be read again when there is a new one. */
  get unspaced(): readonly (readonly [stem: string, id: number])[] {
    return this.#asked.unspaced;
  }

  /** What may name a scenario. */
  termsOf(scenario: Scenario): NamingTerms {
    let terms = this.#terms.get(scenario);
    if (!terms) {
      terms = this.#asked.termsOf(scenario);
      this.#terms.set(scenario, terms);
    }
    return terms;
  }

  claimOf(id: string): number | undefined {
    return ID.test(id) ? this.#numbering.idOf(claimKey(id)) : undefined;
  }

  mayBegin(): boolean {
    return true;
  }

  numbersOf(word: string): readonly number[] {
    let numbers = this.#known.get(word);
    if (!numbers) {
      numbers = [...new Set(Array.from(keysOf(word), (key) => this.#numbering.idOf(key)))];
      this.#known.set(word, numbers);
    }
    return numbers;
  }
}

/** The same numbers for what scenarios ask for, with a list of the words that have to be looked for as they are. */
class AskedNumbering extends Numbering {
  readonly #all: Numbering;
  readonly #seen = new Set<string>();
  readonly unspaced: (readonly [stem: string, id: number])[] = [];

  constructor(all: Numbering) {
    super();
    this.#all = all;
  }

  override idOf(key: string): number {
    const id = this.#all.idOf(key);
    if (isUnspaced(key) && !this.#seen.has(key)) {
      this.#seen.add(key);
      this.unspaced.push([key, id]);
    }
    return id;
  }
}
