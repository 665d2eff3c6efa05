import type { State } from '../../coverage/coverage.ts';
import { GRAVITIES, type Gravity } from '../../registry/registry.ts';
import type { Audit } from '../../review/review.ts';
import { capitalised } from '../words/sentence.ts';
import { type Html, html, NOTHING } from './escape-html.ts';
import { type Around, scenarioDetails } from './scenario-details.ts';
import { STATES } from './state-marks.ts';

type Audited = Audit['scenarios'][number];

/** Scenarios under one heading. */
export interface ScenarioGroup {
  anchor: string;
  title: string;
  size: number;
  markup: Html;
}

interface Heading {
  anchor: string;
  title: string;
  holds(state: State, gravity: Gravity): boolean;
}

const isOpen = (state: State): boolean => state === 'missing' || state === 'partial';

const HEADINGS: readonly Heading[] = [
  ...GRAVITIES.toReversed().map((gravity) => ({
    anchor: `gaps-${gravity}`,
    title: `Gaps of ${gravity} gravity`,
    holds: (state: State, other: Gravity) => isOpen(state) && other === gravity,
  })),
  { anchor: 'waived', title: 'Waived', holds: (state) => state === 'waived' },
  { anchor: 'covered', title: 'Covered', holds: (state) => state === 'covered' },
];

/** Above this a browser lays out only those in sight. */
const MANY = 300;

/** Every scenario under its heading, in the order given; headings without a scenario are left out. */
export function scenarioGroups(scenarios: readonly Audited[], around: Around): ScenarioGroup[] {
  const many = scenarios.length > MANY ? 'many' : 'few';
  return HEADINGS.flatMap(({ anchor, title, holds }) => {
    const own = scenarios.filter(({ coverage: { state, scenario } }) => holds(state, scenario.gravity));
    if (own.length === 0) return [];
    const markup = html`<section class="group ${many}">
<h2 id="${anchor}">${title} <span class="found">${own.length}</span></h2>
${own.map((each) => scenarioDetails(each, around))}</section>
`;
    return [{ anchor, title, size: own.length, markup }];
  });
}

/** Finds among the scenarios below; shown by the page's script, since it does nothing without. */
export function filterForm({ scenarios }: Audit): Html {
  if (scenarios.length < 2) return NOTHING;
  return html`<form hidden role="search" aria-label="Scenarios">
<label class="find">Find <input type="search" name="words" autocomplete="off"></label>
<fieldset><legend>States</legend>${STATES.map((state) => html`<label><input type="checkbox" name="state" value="${state}" checked>${capitalised(state)}</label>`)}</fieldset>
<span><button type="button" data-open="yes">Open all</button> <button type="button" data-open="no">Close all</button></span>
<output aria-live="polite"></output>
</form>
`;
}
