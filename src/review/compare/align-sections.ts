import type { Section } from '../../docs/site/page.ts';
import { bestPairs, pairEqual, similarity, tellingWords } from './text-similarity.ts';

/** What a section at head is to the merge base: `before` is what it was, null only where it is new. */
export type SectionChange =
  | { kind: 'same'; before: Section }
  | { kind: 'reworded'; before: Section }
  | { kind: 'new'; before: null };

/** Says where a link leads, the same for both snapshots where it still leads to the same place. */
export type LinkKey = (url: string, section: Section) => string;

export interface PageAlignment {
  /** By index into the sections at head. */
  changes: SectionChange[];
  /** By index into the sections before: what became of each, null where it is gone. */
  successors: (Section | null)[];
}

/** Between the same neighbours a section is a rewording of the other even if they share little. */
const LEAST_BETWEEN_NEIGHBOURS = 0.1;
const LEAST_ANYWHERE = 0.5;
/** More pairs of unmatched sections than this are not compared by their text. */
const MAX_COMPARISONS = 40_000;

/**
 * Pairs the sections of a page before and after a change: by text, anchor, label, neighbours, then similarity.
 * Rewrapping, emphasis and the like change no section, because block text is normalised.
 */
export function alignSections(
  before: readonly Section[],
  after: readonly Section[],
  linkBefore: LinkKey,
  linkAfter: LinkKey,
): PageAlignment {
  const pairing = new Pairing(before, after);
  const textBefore = before.map((section) => sectionText(section, linkBefore));
  const textAfter = after.map((section) => sectionText(section, linkAfter));
  const sameText = pairing.byKey(textBefore, textAfter);
  for (const keyOf of [anchorOf, placedLabel, labelOf]) pairing.byKey(before.map(keyOf), after.map(keyOf));
  pairing.byNeighbours(textBefore, textAfter);
  pairing.bySimilarity(textBefore, textAfter);
  return pairing.result(sameText);
}

/** What a section says by itself, its label and links included; sub-sections aside. */
export function sectionText(section: Section, linkKey: LinkKey): string {
  const lines = [section.label];
  for (const block of section.blocks) {
    lines.push(`${block.kind === 'code' ? '```' : ''}${block.text}`);
    for (const link of block.links) lines.push(linkKey(link.url, section));
  }
  return lines.join('\n');
}

function bodyOf({ blocks }: Section): string {
  const own = blocks.filter(({ kind }) => kind !== 'label');
  return own.map(({ text }) => text).join('\n');
}

function anchorOf(section: Section): string | null {
  return section.index === 0 ? '' : section.anchor;
}

function labelOf(section: Section): string | null {
  return section.label ? section.label.toLowerCase() : null;
}

function placedLabel(section: Section): string | null {
  const label = labelOf(section);
  return label && `${section.parent?.label.toLowerCase() ?? ''}\n${label}`;
}

class Pairing {
  readonly #before: readonly Section[];
  readonly #after: readonly Section[];
  /** By index into `after`: the index of its partner in `before`, or -1. */
  readonly #partner: number[];
  readonly #taken: boolean[];

  constructor(before: readonly Section[], after: readonly Section[]) {
    this.#before = before;
    this.#after = after;
    this.#partner = after.map(() => -1);
    this.#taken = before.map(() => false);
  }

  /** Pairs what has the same key, in order; returns the indexes (of head) that it paired. */
  byKey(keysBefore: readonly (string | null)[], keysAfter: readonly (string | null)[]): Set<number> {
    const pairs = pairEqual(
      keysBefore.map((key, i) => (this.#taken[i] ? null : key)),
      keysAfter.map((key, j) => (this.#partner[j] === -1 ? key : null)),
    );
    for (const { from, to } of pairs) this.#pair(from, to);
    return new Set(pairs.map(({ to }) => to));
  }

  /** Pairs unmatched sections that stand between the same two matched ones, in order. */
  byNeighbours(textBefore: readonly string[], textAfter: readonly string[]): void {
    const wordsOf = (texts: readonly string[], at: number) => tellingWords(texts[at] as string);
    const likeness = (i: number, j: number) => similarity(wordsOf(textBefore, i), wordsOf(textAfter, j));
    let last = -1;
    let run: number[] = [];
    for (const [at, partner] of [...this.#partner, this.#before.length].entries()) {
      if (partner === -1) {
        run.push(at);
        continue;
      }
      for (const [k, j] of run.entries()) {
        const i = last + 1 + k;
        if (i >= partner || this.#taken[i]) break;
        if (likeness(i, j) >= LEAST_BETWEEN_NEIGHBOURS || this.#isSameButForLabel(i, j)) this.#pair(i, j);
      }
      run = [];
      last = partner;
    }
  }

  /** A heading with nothing of its own is told by a sub-section that was paired already. */
  #isSameButForLabel(i: number, j: number): boolean {
    const [old, now] = [this.#before[i] as Section, this.#after[j] as Section];
    const body = bodyOf(old);
    if (old.kind !== now.kind || body !== bodyOf(now)) return false;
    return (
      body !== '' || now.children.some((child) => this.#before[this.#partner[child.index] as number]?.parent === old)
    );
  }

  /** Pairs what is left by text alone, the most similar first. */
  bySimilarity(textBefore: readonly string[], textAfter: readonly string[]): void {
    const before = [...this.#before.keys()].filter((i) => !this.#taken[i]);
    const after = [...this.#after.keys()].filter((j) => this.#partner[j] === -1);
    if (before.length * after.length > MAX_COMPARISONS) return;
    const words = before.map((i) => tellingWords(textBefore[i] as string));
    const pairs = after.flatMap((j) => {
      const own = tellingWords(textAfter[j] as string);
      return before.map((i, at) => ({ from: j, to: i, score: similarity(words[at] as Set<string>, own) }));
    });
    for (const { from, to } of bestPairs(pairs, LEAST_ANYWHERE)) this.#pair(to, from);
  }

  #pair(i: number, j: number): void {
    this.#partner[j] = i;
    this.#taken[i] = true;
  }

  result(sameText: ReadonlySet<number>): PageAlignment {
    const successors: (Section | null)[] = this.#before.map(() => null);
    const changes = this.#after.map((section, j): SectionChange => {
      const before = this.#before[this.#partner[j] as number];
      if (!before) return { kind: 'new', before: null };
      successors[before.index] = section;
      return { kind: sameText.has(j) ? 'same' : 'reworded', before };
    });
    return { changes, successors };
  }
}
