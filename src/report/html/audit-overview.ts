import type { State } from '../../coverage/coverage.ts';
import type { Audit } from '../../review/review.ts';
import { capitalised } from '../words/sentence.ts';
import { wordsOfStates } from './audit-head.ts';
import { coverageBar } from './coverage-bar.ts';
import { byGravity, byOwner, byPage, byPart, type CoverageGroup, percentCovered } from './coverage-groups.ts';
import { coverageTable } from './coverage-table.ts';
import { type Html, html, NOTHING } from './escape-html.ts';
import type { ScenarioGroup } from './scenario-groups.ts';
import { STATES, stateMark } from './state-marks.ts';

/** Rows of the table of pages: a page each for ten thousand scenarios would be a second report. */
const PAGE_ROWS = 100;

/** How much is covered altogether, and where its scenarios stand below. */
export function auditSummary(audit: Audit, groups: readonly ScenarioGroup[]): Html {
  if (audit.scenarios.length === 0) return NOTHING;
  return html`<section class="summary" aria-label="Summary">
${coverageBar(audit.counts, 20)}
${tiles(audit)}
${wordsOfStates()}
${contents(groups)}
</section>
`;
}

/** How much is covered by gravity, and by where and whose it is. */
export function auditTables(audit: Audit): Html {
  if (audit.scenarios.length === 0) return NOTHING;
  const scenarios = audit.scenarios.map(({ coverage }) => coverage);
  const parts = byPart(scenarios);
  const pages = byPage(scenarios);
  const owners = byOwner(scenarios);
  return html`<section>
<h2>By gravity</h2>
${coverageTable(byGravity(scenarios), { caption: 'Gravity says how much a failure hurts the people who meet it.', of: 'Gravity' })}
</section>
<section>
<h2>By part of the docs</h2>
${coverageTable(parts, { caption: 'The top folders where readers look. A scenario counts in each of its own.', of: 'Part' })}
${isTheSame(pages, parts) ? NOTHING : html`<details class="more"><summary>By page</summary>${coverageTable(pages, { caption: 'The pages where readers look, those with most to do first.', of: 'Page', limit: PAGE_ROWS })}</details>`}
</section>
${
  owners.length === 0
    ? NOTHING
    : html`<section>
<h2>By owner</h2>
${coverageTable(owners, { caption: 'Whom the registry names for a scenario.', of: 'Owner' })}
</section>`
}
`;
}

function tiles({ counts }: Audit): Html {
  const percent = percentCovered(counts);
  const share: Partial<Record<State, string>> = percent === null ? {} : { covered: `${percent} % of what is required` };
  return html`<dl class="tiles">${STATES.map((state) => html`<div><dt class="state ${state}">${stateMark(state)}${capitalised(state)}</dt><dd>${counts[state]}${share[state] ? html`<small>${share[state]}</small>` : NOTHING}</dd></div>`)}</dl>`;
}

function contents(groups: readonly ScenarioGroup[]): Html {
  return html`<nav aria-label="Scenarios"><ul class="contents">${groups.map(({ anchor, title, size }) => html`<li><a href="#${anchor}">${title}</a> <span class="found">${size}</span></li>`)}</ul></nav>`;
}

function isTheSame(a: readonly CoverageGroup[], b: readonly CoverageGroup[]): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}
