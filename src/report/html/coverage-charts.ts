import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, type SeriesPoint, stack } from 'd3-shape';
import type { State } from '../../coverage/coverage.ts';
import type { CoveragePoint, StateCounts } from '../../review/replay/replay.ts';
import { count, grouped, SCENARIO } from '../words/sentence.ts';
import { percentCovered, required, STATES } from '../words/state-counts.ts';
import { type Html, html, NOTHING, trusted } from './escape-html.ts';

/** Shapes beside the words, so that no state is told by its colour alone. */
const MARKS: Record<State, string> = {
  covered: '<path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2"/>',
  partial:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
  missing: '<path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="2"/>',
  waived:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M4 12 12 4" stroke="currentColor" stroke-width="1.5"/>',
};

/** The state's shapes, once in a page; `stateMark` shows them. */
export const MARK_SYMBOLS = trusted(
  STATES.map((state) => `<symbol id="mark-${state}" viewBox="0 0 16 16">${MARKS[state]}</symbol>`).join(''),
);

/** Stripes and dots, by which charts tell states apart without colour; once in a page. */
export const FILL_PATTERNS = trusted(
  '<pattern id="fill-partial" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect class="soft-partial" width="7" height="7"/><rect class="fill-partial" width="2.5" height="7"/></pattern>' +
    '<pattern id="fill-missing" width="8" height="8" patternUnits="userSpaceOnUse">' +
    '<rect class="soft-missing" width="8" height="8"/><circle class="fill-missing" cx="2" cy="2" r="1"/><circle class="fill-missing" cx="6" cy="6" r="1"/></pattern>',
);

/** What charts show, from the ground up: waived scenarios are not required. */
const CHARTED = ['covered', 'partial', 'missing'] as const satisfies State[];

type Charted = (typeof CHARTED)[number];

/** The attributes of an area for a state. */
const FILLS: Record<Charted, Html> = {
  covered: trusted('class="fill-covered"'),
  partial: trusted('fill="url(#fill-partial)" class="edge-partial"'),
  missing: trusted('fill="url(#fill-missing)" class="edge-missing"'),
};

/** A state's shape without its word. */
export function stateMark(state: State): Html {
  return html`<svg class="mark" aria-hidden="true"><use href="#mark-${state}"/></svg>`;
}

/** A state's shape with a word; the word is the state's name unless another one is given. */
export function stateBadge(state: State, word: string = state): Html {
  return html`<span class="state ${state}">${stateMark(state)}${word}</span>`;
}

/** A number of a summary. */
export interface Tile {
  /** Whose mark and colour it has. */
  state: State;
  name: string;
  count: number;
  meaning: string | null;
}

/** Numbers side by side. */
export function tiles(each: readonly Tile[]): Html {
  return html`<dl class="tiles">${each.map(({ state, name, count: n, meaning }) => html`<div><dt class="state ${state}">${stateMark(state)}${name}</dt><dd>${n}${meaning !== null && html`<small>${meaning}</small>`}</dd></div>`)}</dl>`;
}

/** A bar with each state's share of the required scenarios. Screen readers skip it: the numbers stand beside it. */
export function coverageBar(counts: StateCounts, height = 12): Html {
  const [...series] = stack<StateCounts, Charted>().keys(CHARTED)([counts]);
  const all = Math.max(...series.flat(2));
  if (all === 0) return NOTHING;
  const percent = scaleLinear([0, all], [0, 100]);
  const parts = series
    .map(({ key, 0: span }) => ({ key, from: percent(span![0]), to: percent(span![1]) }))
    .filter(({ from, to }) => to > from)
    .map(
      ({ key, from, to }) =>
        html`<rect ${FILLS[key]} x="${inPercent(from)}" width="${inPercent(to - from)}" height="${height}"/>`,
    );
  return html`<svg class="bar" width="100%" height="${height}" aria-hidden="true">${parts}</svg>`;
}

function inPercent(percent: number): string {
  return `${Number(percent.toFixed(2))}%`;
}

const WIDTH = 960;
const HEIGHT = 260;
const PLOT = { left: 40, right: 850, top: 12, bottom: 228 };

/** The last point is drawn as a step of this share of the whole time, so that it can be seen. */
const LAST_STEP = 0.03;

/** The least distance between two names beside the chart. */
const NAME_HEIGHT = 16;

/** Coverage over time as a chart, a sentence and a table; nothing where no time lies between first and last point. */
export function coverageTrend(points: readonly CoveragePoint[]): Html {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || Date.parse(first.date) >= Date.parse(last.date)) return NOTHING;
  return html`<section>
<h2>Over time</h2>
<figure>
<div class="wide" role="region" aria-label="Chart of coverage over time" tabindex="0">${chart(points)}</div>
<figcaption class="note">${inWords(first)}; ${inWords(last)}. Always by the registry as it is now.</figcaption>
</figure>
<details class="more"><summary>The same in numbers</summary>
<table class="counts"><caption>After each change of the counts</caption>
<thead><tr><th scope="col">Day</th>${STATES.map((state) => html`<th scope="col" class="number">${state}</th>`)}</tr></thead>
<tbody>${points.map(({ date, counts }) => html`<tr><th scope="row">${dayOf(date)}</th>${STATES.map((state) => html`<td class="number">${counts[state]}</td>`)}</tr>\n`)}</tbody></table>
</details>
</section>
`;
}

function inWords({ date, counts }: CoveragePoint): string {
  const percent = percentCovered(counts);
  const share = percent === null ? '' : ` (${percent} %)`;
  return `${dayOf(date)}: ${grouped(counts.covered)} of ${count(required(counts), SCENARIO)} covered${share}`;
}

const dayOf = (date: string): string => date.slice(0, 10);

type Band = { state: Charted; points: SeriesPoint<CoveragePoint>[] };

function chart(points: readonly CoveragePoint[]): Html {
  const [first, last] = [Date.parse(points[0]!.date), Date.parse(points.at(-1)!.date)];
  const end = last + (last - first) * LAST_STEP;
  const x = scaleUtc([first, end], [PLOT.left, PLOT.right]);
  const most = Math.max(1, ...points.map(({ counts }) => required(counts)));
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]);
  const bands: Band[] = stack<CoveragePoint, Charted>()
    .keys(CHARTED)
    .value(({ counts }, state) => counts[state])([...points, { ...points.at(-1)!, date: new Date(end).toISOString() }])
    .map((series) => ({ state: series.key, points: [...series] }));
  const shape = area<SeriesPoint<CoveragePoint>>()
    .x(({ data }) => x(Date.parse(data.date)))
    .y0(([from]) => y(from))
    .y1(([, to]) => y(to))
    .curve(curveStepAfter)
    .digits(1);
  const days = x.tickFormat();
  return html`<svg class="trend" viewBox="0 0 ${px(WIDTH)} ${px(HEIGHT)}" role="img" aria-labelledby="trend-title trend-text">
<title id="trend-title">Coverage over time</title><desc id="trend-text">${inWords(points[0]!)}; ${inWords(points.at(-1)!)}. The table below has every step.</desc>
${bands.map(({ state, points: own }) => html`<path ${FILLS[state]} d="${shape(own)}"/>`)}
${y
  .ticks(4)
  .filter(Number.isInteger)
  .map(
    (at) =>
      html`<line class="grid" x1="${px(PLOT.left)}" x2="${px(PLOT.right)}" y1="${px(y(at))}" y2="${px(y(at))}"/><text x="${px(PLOT.left - 8)}" y="${px(y(at) + 4)}" text-anchor="end">${at}</text>`,
  )}
${x.ticks(6).map((at) => html`<line class="axis" x1="${px(x(at))}" x2="${px(x(at))}" y1="${px(PLOT.bottom)}" y2="${px(PLOT.bottom + 5)}"/><text x="${px(x(at))}" y="${px(PLOT.bottom + 20)}" text-anchor="middle">${days(at)}</text>`)}
<line class="axis" x1="${px(PLOT.left)}" x2="${px(PLOT.right)}" y1="${px(PLOT.bottom)}" y2="${px(PLOT.bottom)}"/>
${names(bands, y)}
</svg>`;
}

/** Each band's name beside its end, moved up where the one below leaves no room. */
function names(bands: readonly Band[], y: (of: number) => number): Html[] {
  let below = PLOT.bottom + NAME_HEIGHT;
  return bands.flatMap(({ state, points }) => {
    const [from, to] = points.at(-1) as SeriesPoint<CoveragePoint>;
    if (from === to) return [];
    below = Math.min(y((from + to) / 2) + 4, below - NAME_HEIGHT);
    return [html`<text class="name" x="${px(PLOT.right + 10)}" y="${px(below)}">${state} ${to - from}</text>`];
  });
}

/** A coordinate as text: `html` would write a number with commas. */
function px(at: number): string {
  return `${Number(at.toFixed(1))}`;
}
