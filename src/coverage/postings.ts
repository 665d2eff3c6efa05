import type { Tree } from '../docs/tree.ts';
import { type FileWords, HEAD, WILD } from './file-words.ts';
import { NEAR_SHARE } from './page-words.ts';
import type { GroupIds } from './vocabulary.ts';

/** Which pages hold a word, by the pages' indexes. */
export interface Postings {
  /** Ascending. */
  of(word: number): readonly number[];
  /** Pages that may hold any word. */
  wild: readonly number[];
  /** How many pages there are. */
  count: number;
}

/** To be raised whenever the same words would be kept as other bytes. */
export const POSTINGS_VERSION = 1;

/** Postings as they may be kept: for each word, and for the pages that may hold any, the indexes as bytes. */
export type KeptPostings = ReadonlyMap<string, Uint8Array>;

/** Postings of sites that were met before. */
export interface PostingsCache {
  get(tree: Tree): Pick<KeptPostings, 'get'> | undefined;
  set(tree: Tree, postings: KeptPostings): void;
}

const WILD_PAGES = 'wild';

/**
 * Postings as bytes: the difference of each index to the one before it, seven bits to a byte, the lowest first (LEB128).
 * @param size how many words the vocabulary has
 */
export function packPostings(pages: Iterable<readonly FileWords[]>, size: number): KeptPostings {
  const lists = Array.from({ length: size }, () => new IndexList());
  const wild = new IndexList();
  let at = 0;
  for (const files of pages) {
    for (const words of files) if (eachWord(words, (word) => (lists[word] as IndexList).add(at))) wild.add(at);
    at += 1;
  }
  return new Map([[WILD_PAGES, wild.bytes()], ...lists.map((list, word) => [`${word}`, list.bytes()] as const)]);
}

/** Takes every word as often as it stands in a passage of the file. @returns whether the file may hold any word */
export function eachWord(words: FileWords, take: (word: number) => void): boolean {
  let isWild = false;
  for (let at = 0; at < words.length; ) {
    if (((words[at] as number) & WILD) !== 0) isWild = true;
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (at += HEAD; at < end; at += 1) take(words[at] as number);
  }
  return isWild;
}

/** Ascending numbers, each taken once. */
class IndexList {
  #bytes = new Uint8Array(8);
  #size = 0;
  #last = -1;

  add(index: number): void {
    if (index === this.#last) return;
    if (this.#size + 5 > this.#bytes.length) this.#grow();
    let rest = index - this.#last;
    this.#last = index;
    for (; rest > 127; rest >>>= 7) this.#bytes[this.#size++] = (rest & 127) | 128;
    this.#bytes[this.#size++] = rest;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

function indexesIn(bytes: Uint8Array): number[] {
  const indexes: number[] = [];
  let [last, rest, shift] = [-1, 0, 0];
  for (const byte of bytes) {
    rest |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    last += rest;
    indexes.push(last);
    [rest, shift] = [0, 0];
  }
  return indexes;
}

/**
 * @param count how many pages there are
 * @param complete what takes the place of what is kept where a part of that is lost
 */
export function readPostings(kept: Pick<KeptPostings, 'get'>, count: number, complete: () => KeptPostings): Postings {
  let source = kept;
  const of = (key: string): number[] => {
    const bytes = source.get(key);
    if (bytes) return indexesIn(bytes);
    source = complete();
    return indexesIn(source.get(key) ?? new Uint8Array());
  };
  return { of: (word) => of(`${word}`), wild: of(WILD_PAGES), count };
}

/** The pages that hold most of the groups, or may hold anything, by their indexes. */
export function pagesHoldingMost(groups: readonly GroupIds[], { of, wild, count }: Postings): number[] {
  const held = new Uint16Array(count);
  const met = new Uint16Array(count);
  for (const [i, group] of groups.entries()) {
    for (const [first, ...rest] of group) {
      const others = rest.map((word) => new Set(of(word)));
      for (const at of of(first as number)) {
        if (met[at] === i + 1 || !others.every((pages) => pages.has(at))) continue;
        met[at] = i + 1;
        held[at] = (held[at] as number) + 1;
      }
    }
  }
  for (const at of wild) held[at] = groups.length;
  return Array.from(held.keys()).filter((at) => (held[at] as number) >= NEAR_SHARE * groups.length);
}
