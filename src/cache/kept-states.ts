import type { KnownState, StatesCache, StatesQuestion } from '../coverage/known-states.ts';
import type { Tree } from '../docs/tree.ts';
import type { CacheFolder } from './cache-folder.ts';
import { jsonForm, Section } from './cache-section.ts';
import { digest } from './digest.ts';
import type { NameTree } from './page-cache.ts';

/** Merge bases of which the states are kept, for each registry. */
const MOST_SITES = 4;

/** States of merge bases, for each registry in a file of its own; those of trees without a name are not kept. */
export class KeptStates implements StatesCache {
  readonly #folder: CacheFolder | null;
  readonly #nameOf: NameTree;
  readonly #sections = new Map<string, Section<readonly KnownState[]>>();

  constructor(folder: CacheFolder | null, nameOf: NameTree) {
    this.#folder = folder;
    this.#nameOf = nameOf;
  }

  get(question: StatesQuestion, tree: Tree): readonly KnownState[] | undefined {
    const key = this.#keyOf(question, tree);
    return key === null ? undefined : this.#section(question).get(key);
  }

  set(question: StatesQuestion, tree: Tree, states: readonly KnownState[]): void {
    const key = this.#keyOf(question, tree);
    if (key !== null) this.#section(question).set(key, states);
  }

  /** @returns whether it wrote */
  save(): boolean {
    return [...this.#sections.values()].map((section) => section.save()).includes(true);
  }

  #section({ registry }: StatesQuestion): Section<readonly KnownState[]> {
    const name = `states-${digest(registry).slice(0, 32)}`;
    const section = this.#sections.get(name) ?? new Section(this.#folder, name, jsonForm(), MOST_SITES);
    this.#sections.set(name, section);
    return section;
  }

  #keyOf({ terms }: StatesQuestion, tree: Tree): string | null {
    const name = this.#nameOf(tree);
    return name && digest(`${terms}\n${name}`);
  }
}
