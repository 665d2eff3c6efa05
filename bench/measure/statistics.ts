/** What many measurements come to. */
export interface Summary {
  median: number;
  min: number;
  max: number;
}

/** @throws {RangeError} where nothing was measured */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** What one process took. */
export interface Sample {
  wallMs: number;
  /** User and system time with those of its children; null where GNU time is not installed. */
  cpuMs: number | null;
  /** The most that its largest process held in memory at once; null likewise. */
  peakMiB: number | null;
}

/** A and B, one right after the other, so that what else the machine does falls on both. */
export interface Pair {
  a: Sample;
  b: Sample;
}

/** B's time as a multiple of A's, pair by pair. */
export function wallRatios(pairs: readonly Pair[]): number[] {
  return pairs.map(({ a, b }) => b.wallMs / a.wallMs);
}

/** The same for CPU time; null where it was not measured, or took less than the clock shows. */
export function cpuRatios(pairs: readonly Pair[]): number[] | null {
  const ratios = pairs.flatMap(({ a, b }) => (a.cpuMs && b.cpuMs !== null ? [b.cpuMs / a.cpuMs] : []));
  return ratios.length === pairs.length ? ratios : null;
}
