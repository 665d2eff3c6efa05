/** A stream of numbers that its seed decides. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** A whole number from `low` up to, not including, `high`, each power of ten as likely as the next. */
  logBetween(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** The same seeds give the same numbers. Mulberry32 (Tommy Ettinger, public domain): fast, and good enough for text. */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce(mix, 0x9e3779b9);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    logBetween: (low, high) => Math.floor(low * (high / low) ** next()),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
  };
}

/** Neighbouring seeds must not give neighbouring streams. */
function mix(state: number, seed: number): number {
  let t = Math.imul(state ^ seed, 0x85ebca6b);
  t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
  return t ^ (t >>> 16);
}
