import type { KnownState, StatesCache, StatesQuestion } from '../coverage/known-states.ts';
import type { Tree } from '../docs/tree.ts';
import type { CacheFolder } from '../runtime/cache-folder.ts';
import { jsonForm, Section } from './cache-section.ts';
import { digest } from './digest.ts';

/** Merge bases of which the states are kept, for each registry. */
const MOST_SITES = 4;

/** States of merge bases, for each registry in a file of its own. */
export class KeptStates implements StatesCache {
  readonly #folder: CacheFolder | null;
  readonly #sections = new Map<string, Section<readonly KnownState[]>>();

  constructor(folder: CacheFolder | null) {
    this.#folder = folder;
  }

  get(question: StatesQuestion, tree: Tree): readonly KnownState[] | undefined {
    return this.#section(question).get(keyOf(question, tree));
  }

  set(question: StatesQuestion, tree: Tree, states: readonly KnownState[]): void {
    this.#section(question).set(keyOf(question, tree), states);
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
}

function keyOf({ terms }: StatesQuestion, tree: Tree): string {
  return digest(`${terms}\n${fingerprintOf(tree)}`);
}

const fingerprints = new WeakMap<Tree, string>();

/** Equal for two trees with the same files alone. */
function fingerprintOf(tree: Tree): string {
  const known = fingerprints.get(tree);
  if (known !== undefined) return known;
  let text = '';
  for (const [path, { blob, mode }] of tree) text += `${blob} ${mode} ${path}\0`;
  const fingerprint = digest(text);
  fingerprints.set(tree, fingerprint);
  return fingerprint;
}
