import { count } from '../words/sentence.ts';
import { coverageBar } from './coverage-bar.ts';
import { type CoverageGroup, percentCovered } from './coverage-groups.ts';
import { type Html, html, NOTHING } from './escape-html.ts';
import { STATES, stateMark } from './state-marks.ts';

interface TableOptions {
  caption: string;
  /** Heading of the first column. */
  of: string;
  /** Rows that are shown; the others are counted below. */
  limit?: number;
}

/** Scenarios by state in each group, with a bar where there is room for one. */
export function coverageTable(groups: readonly CoverageGroup[], { caption, of, limit }: TableOptions): Html {
  const shown = groups.slice(0, limit);
  const rest = groups.length - shown.length;
  return html`<table class="counts">
<caption>${caption}</caption>
<thead><tr><th scope="col">${of}</th>${STATES.map((state) => html`<th scope="col" class="number"><span class="state ${state}">${stateMark(state)}<span class="word">${state}</span></span></th>`)}<th scope="col" class="number">share</th><td class="room"></td></tr></thead>
<tbody>${shown.map(row)}</tbody>
</table>
${rest > 0 ? html`<p class="note">${count(rest, ['further row', 'further rows'])} with no more to do than these; every scenario stands below.</p>` : NOTHING}`;
}

function row({ name, counts }: CoverageGroup): Html {
  const percent = percentCovered(counts);
  return html`<tr><th scope="row" dir="auto">${name}</th>${STATES.map((state) => html`<td class="number ${counts[state] === 0 ? 'none' : 'some'}">${counts[state]}</td>`)}<td class="number">${percent === null ? '–' : `${percent} %`}</td><td class="room">${coverageBar(counts)}</td></tr>
`;
}
