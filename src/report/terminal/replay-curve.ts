import type { CoveragePoint } from '../../review/replay/replay.ts';

/** Coverage over time as a line of bars; the numbers are per cent of the scenarios that are not waived. */
export interface Curve {
  bars: string;
  first: number;
  last: number;
  least: number;
  most: number;
}

const BARS = '▁▂▃▄▅▆▇█';

/** One bar for each stretch of time, as it was at its end; null where there is nothing to draw. */
export function coverageCurve(points: readonly CoveragePoint[], columns: number): Curve | null {
  const shares = points.map(({ date, counts: { covered, partial, missing } }) => {
    const required = covered + partial + missing;
    return { at: Date.parse(date), share: required === 0 ? 100 : Math.floor((covered * 100) / required) };
  });
  const [start, end] = [shares[0], shares.at(-1)];
  if (!start || !end || shares.length < 2) return null;
  const values = shares.map(({ share }) => share);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  let at = 0;
  let bars = '';
  for (let column = 1; column <= columns; column += 1) {
    const until = start.at + ((end.at - start.at) * column) / columns;
    const isLast = column === columns;
    const next = shares.findIndex(({ at: time }, index) => index > at && time > until);
    at = isLast || next < 0 ? shares.length - 1 : next - 1;
    const level =
      most === least ? 3 : Math.round((((shares[at]?.share ?? 0) - least) * (BARS.length - 1)) / (most - least));
    bars += BARS[level];
  }
  return { bars, first: start.share, last: end.share, least, most };
}
