import { tokenize } from '../../coverage/terms.ts';

/** The words of a text that tell it from others: stems of four letters or more, and every word of other scripts. */
export function tellingWords(text: string): Set<string> {
  const words = new Set<string>();
  for (const { stem } of tokenize(text)) if (stem.length > 3 || /[^a-z]/.test(stem)) words.add(stem);
  return words;
}

/** Dice's coefficient of two sets: 0 for nothing in common, 1 for the same; two empty sets have nothing in common. */
export function similarity<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (large.size === 0) return 0;
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** Two things that belong together, by their places in the two lists compared. */
export interface Pair {
  from: number;
  to: number;
  score: number;
}

/** Pairs equal keys of two lists, in order; null stays without a partner. Returns the places of each pair. */
export function pairEqual(
  from: readonly (string | null)[],
  to: readonly (string | null)[],
): Pick<Pair, 'from' | 'to'>[] {
  const free = placesOf(to.map((key) => (key === null ? [] : [key])));
  for (const places of free.values()) places.reverse();
  return from.flatMap((key, i) => {
    const j = key === null ? undefined : free.get(key)?.pop();
    return j === undefined ? [] : [{ from: i, to: j }];
  });
}

/** Of pairs as similar as asked, at most one for each place, the most similar first. */
export function bestPairs(pairs: readonly Pair[], least: number): Pair[] {
  const sorted = pairs
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || a.from - b.from || a.to - b.to);
  const usedFrom = new Set<number>();
  const usedTo = new Set<number>();
  return sorted.filter(({ from, to }) => {
    if (usedFrom.has(from) || usedTo.has(to)) return false;
    usedFrom.add(from);
    usedTo.add(to);
    return true;
  });
}

/** A feature that so many hold tells none of them apart; it also bounds the pairs looked at. */
const MAX_HOLDERS = 12;

/**
 * Pairs each set of the first list with at most one of the second, the most similar first.
 * Linear in the number of features, because only sets that share a rare one are compared.
 *
 * @param least the least similarity of a pair, above 0
 */
export function pairSimilar<T>(from: readonly ReadonlySet<T>[], to: readonly ReadonlySet<T>[], least: number): Pair[] {
  const holders = placesOf(to);
  const pairs = from.flatMap((features, i) => {
    const alike = new Set<number>();
    for (const feature of features) {
      const list = holders.get(feature) ?? [];
      if (list.length <= MAX_HOLDERS) for (const j of list) alike.add(j);
    }
    return [...alike].map((j) => ({ from: i, to: j, score: similarity(features, to[j] as ReadonlySet<T>) }));
  });
  return bestPairs(pairs, least);
}

function placesOf<T>(lists: readonly Iterable<T>[]): Map<T, number[]> {
  const places = new Map<T, number[]>();
  lists.forEach((list, i) => {
    for (const each of list) {
      const known = places.get(each);
      if (known) known.push(i);
      else places.set(each, [i]);
    }
  });
  return places;
}
