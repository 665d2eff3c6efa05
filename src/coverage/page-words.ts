import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import { CODE, CONTINUES, type FileWords, HEAD, OPENS_REGION, PART, WILD } from './file-words.ts';
import type { GroupIds } from './vocabulary.ts';

/** The groups of a cause, all of which must stand in one passage. */
export type Cause = readonly GroupIds[];

/** In the place of a region's number. */
export const WHOLE_PAGE = -1;

/** A section is worth showing when it holds this share of the declared words. */
export const NEAR_SHARE = 0.7;

/** The words of a page and of all files that it may show. */
export class PageWords {
  readonly page: Page;
  readonly files: readonly { path: string; words: FileWords }[];
  /** One bit for each word of the vocabulary. */
  readonly #bits: Uint32Array;
  /** What stands in one region may explain what another names. */
  hasParts = false;
  #isWild = false;
  readonly #causes = new Map<Cause, Set<number>>();

  /** @param size how many words the vocabulary has */
  constructor(page: Page, site: Site, size: number, wordsOf: (path: string) => FileWords) {
    this.page = page;
    this.files = Array.from(site.textsBehind(page), (path) => ({ path, words: wordsOf(path) }));
    this.#bits = new Uint32Array((size + 31) >>> 5);
    for (const { words } of this.files) this.#note(words);
  }

  #note(words: FileWords): void {
    for (let at = 0; at < words.length; ) {
      if (((words[at] as number) & WILD) !== 0) this.#isWild = true;
      if (((words[at] as number) & PART) !== 0) this.hasParts = true;
      const end = at + HEAD + (words[at + HEAD - 1] as number);
      for (at += HEAD; at < end; at += 1) {
        const word = words[at] as number;
        this.#bits[word >>> 5] = (this.#bits[word >>> 5] as number) | (1 << (word & 31));
      }
    }
  }

  has(word: number): boolean {
    return this.#isWild || ((this.#bits[word >>> 5] as number) & (1 << (word & 31))) !== 0;
  }

  holds(group: GroupIds): boolean {
    for (const sequence of group) if (this.#hasAll(sequence)) return true;
    return false;
  }

  #hasAll(sequence: readonly number[]): boolean {
    for (const word of sequence) if (!this.has(word)) return false;
    return true;
  }

  holdsAll(groups: readonly GroupIds[]): boolean {
    for (const group of groups) if (!this.holds(group)) return false;
    return true;
  }

  /** Whether a cause may stand in one passage of a region, or anywhere; each is looked for once. */
  explains(cause: Cause, region: number): boolean {
    let regions = this.#causes.get(cause);
    if (!regions) {
      regions = this.holdsAll(cause) ? this.#regionsWith(cause) : new Set();
      this.#causes.set(cause, regions);
    }
    return region === WHOLE_PAGE ? regions.size > 0 : regions.has(region);
  }

  #regionsWith(cause: Cause): Set<number> {
    const found = new Set<number>();
    for (const { words } of this.files) {
      let region = 0;
      for (let at = 0; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
        const flags = words[at] as number;
        if ((flags & OPENS_REGION) !== 0) region += 1;
        if ((flags & WILD) !== 0 || ((flags & CODE) === 0 && holdsCause(words, at, cause))) found.add(region);
      }
    }
    return found;
  }

  holdsMost(groups: readonly GroupIds[]): boolean {
    return groups.filter((group) => this.holds(group)).length >= NEAR_SHARE * groups.length;
  }

  /** Every word that stands on it; null for one that may hold any. */
  *words(): Generator<number> {
    for (const [block, bits] of this.#bits.entries())
      for (let rest = bits; rest !== 0; rest &= rest - 1) yield block * 32 + (31 - Math.clz32(rest & -rest));
  }

  get isWild(): boolean {
    return this.#isWild;
  }
}

/** Whether all groups stand in one passage, further sentences of it included. */
function holdsCause(words: FileWords, start: number, cause: Cause): boolean {
  const present = new Set<number>();
  for (let at = start; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
    if (at > start && ((words[at] as number) & CONTINUES) === 0) break;
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) present.add(words[i] as number);
  }
  return cause.every((group) => group.some((sequence) => sequence.every((word) => present.has(word))));
}
