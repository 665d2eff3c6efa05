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

/** A feature that so many hold tells none of them apart; it also bounds the pairs looked at. */
const MAX_HOLDERS = 12;

/**
 * Pairs each set of the first list with at most one of the second, the most similar first.
 * Linear in the number of features, because only sets that share a rare one are compared.
 *
 * @param least the least similarity of a pair, above 0
 */
export function pairSimilar<T>(from: readonly ReadonlySet<T>[], to: readonly ReadonlySet<T>[], least: number): Pair[] {
  const pairs = candidatePairs(from, to).filter((pair) => pair.score >= least);
  pairs.sort((a, b) => b.score - a.score || a.from - b.from || a.to - b.to);
  const usedFrom = new Set<number>();
  const usedTo = new Set<number>();
  return pairs.filter((pair) => {
    if (usedFrom.has(pair.from) || usedTo.has(pair.to)) return false;
    usedFrom.add(pair.from);
    usedTo.add(pair.to);
    return true;
  });
}

function candidatePairs<T>(from: readonly ReadonlySet<T>[], to: readonly ReadonlySet<T>[]): Pair[] {
  const holders = holdersOf(to);
  return from.flatMap((features, i) => {
    const shared = new Map<number, number>();
    let common = 0;
    for (const feature of features) {
      const list = holders.get(feature);
      if (!list) continue;
      if (list.length > MAX_HOLDERS) common += 1;
      else for (const j of list) shared.set(j, (shared.get(j) ?? 0) + 1);
    }
    return [...shared].map(([j, rare]) => ({
      from: i,
      to: j,
      score: scoreOf(features, to[j] as ReadonlySet<T>, rare, common),
    }));
  });
}

/** Features that are too common to look up are counted only where both sides are compared anyway. */
function scoreOf<T>(a: ReadonlySet<T>, b: ReadonlySet<T>, rare: number, common: number): number {
  let shared = rare;
  if (common > 0) {
    shared = 0;
    for (const feature of a) if (b.has(feature)) shared += 1;
  }
  return (2 * shared) / (a.size + b.size);
}

function holdersOf<T>(sets: readonly ReadonlySet<T>[]): Map<T, number[]> {
  const holders = new Map<T, number[]>();
  sets.forEach((features, i) => {
    for (const feature of features) {
      const list = holders.get(feature);
      if (list) list.push(i);
      else holders.set(feature, [i]);
    }
  });
  return holders;
}
