import { scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import type { StateCounts } from './coverage-groups.ts';
import { type Html, html, NOTHING } from './escape-html.ts';
import { CHARTED, FILLS } from './state-marks.ts';

/** One bar of all scenarios that are required, as wide as its place; the numbers stand beside it, so it is only shown. */
export function coverageBar(counts: StateCounts, height = 12): Html {
  const [...series] = stack<StateCounts, (typeof CHARTED)[number]>().keys(CHARTED)([counts]);
  const all = Math.max(...series.flat(2));
  if (all === 0) return NOTHING;
  const percent = scaleLinear([0, all], [0, 100]);
  const parts = series
    .map(({ key, 0: span }) => ({ key, from: percent(span![0]), to: percent(span![1]) }))
    .filter(({ from, to }) => to > from)
    .map(
      ({ key, from, to }) =>
        html`<rect ${FILLS[key]} x="${share(from)}" width="${share(to - from)}" height="${height}"/>`,
    );
  return html`<svg class="bar" width="100%" height="${height}" aria-hidden="true">${parts}</svg>`;
}

function share(percent: number): string {
  return `${Number(percent.toFixed(2))}%`;
}
