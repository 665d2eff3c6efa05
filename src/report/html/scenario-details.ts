import type { Finding } from '../../review/findings/finding.ts';
import type { Audit } from '../../review/review.ts';
import { capitalised, lackOf } from '../words/sentence.ts';
import { code, HTML_SAY, type Html, html, NOTHING, prose, trusted } from './escape-html.ts';
import { askedFor, evidenceList, filePlace, followUps, importance, nearest, toDo, waiver } from './scenario-parts.ts';
import { stateBadge } from './state-marks.ts';
import type { WebPlaces } from './web-places.ts';

type Audited = Audit['scenarios'][number];

/** What is told of every scenario from beside it. */
export interface Around {
  web: WebPlaces;
  privateWords: readonly string[];
  /** The findings of the scenario's gaps, by its id. */
  gaps: ReadonlyMap<string, readonly Finding[]>;
  /** Whether the registry's files stand in the commit that was judged. */
  isRegistryInCommit: boolean;
}

/** Where an address leads to a scenario. Inside its details, so that browsers open these. */
export function scenarioAnchor(id: string): string {
  return `s-${id.replace(/[^\w-]/g, (char) => `.${char.charCodeAt(0).toString(16)}`)}`;
}

/** One scenario to unfold: its state and what it lacks, then everything that this rests on. */
export function scenarioDetails({ coverage, nearMisses }: Audited, around: Around): Html {
  const { scenario, state } = coverage;
  return html`<details class="scenario" data-state="${state}">
<summary>${stateBadge(state)}<h3 class="title" dir="auto">${prose(scenario.title)}</h3><span class="gravity">${scenario.gravity}</span><span class="lack">${shortly(coverage)}</span></summary>
<div class="body" id="${scenarioAnchor(scenario.id)}">
${[
  toDo(scenario, around.gaps.get(scenario.id) ?? []),
  evidenceList(coverage, around.web),
  nearest(nearMisses, around.web),
  waiver(scenario, coverage),
  importance(scenario, around.privateWords),
  followUps(scenario),
  askedFor(scenario),
  registered(coverage, around),
]}
</div>
</details>
`;
}

/** Below a title: its id, and what it lacks or where it stands. */
function shortly({ scenario, state, gaps, evidence, unwaived }: Audited['coverage']): Html {
  const id = code(scenario.id);
  if (state === 'missing') return html`${id} is named nowhere`;
  if (state === 'partial') return html`${id} lacks ${trusted(lackOf(state, gaps, HTML_SAY))}`;
  if (state === 'waived') return html`${id} would be ${unwaived.state}`;
  const [at] = evidence;
  return html`${id}${at ? html` in ${code(at.path)}` : NOTHING}`;
}

function registered({ scenario }: Audited['coverage'], { web, isRegistryInCommit }: Around): Html {
  const { path, line } = scenario.place;
  const place = isRegistryInCommit ? filePlace({ path, line }, web) : code(`${path}:${line}`);
  const watched = scenario.gate === 'watch' ? ' It never blocks a pull request (gate: watch).' : '';
  const about = scenario.category === 'docs' ? '' : ` ${capitalised(CATEGORY[scenario.category])}.`;
  return html`<p class="note">Registered in ${place}.${trusted(about)}${trusted(watched)}</p>`;
}

const CATEGORY = { product: 'the product alone can mend it', mixed: 'docs and product can mend it together' } as const;
