import type { Replay, ReplayedScenario } from '../../review/replay/replay.ts';
import { noiseAdvice } from '../words/noise-advice.ts';
import { count, stateChange } from '../words/sentence.ts';
import { code, type Html, html, NOTHING, prose } from './escape-html.ts';

/** The scenarios of which anything would have been said, the noisiest first, with what to do about each. */
export function noisiestScenarios(replay: Replay): Html {
  const { scenarios } = replay;
  const noisy = scenarios.filter(({ findings, worsened, improved }) => findings + worsened + improved > 0);
  if (noisy.length === 0) return NOTHING;
  const silent = scenarios.length - noisy.length;
  return html`<section>
<h2>Scenarios by noise</h2>
<div class="wide" role="region" aria-label="Table of scenarios by noise" tabindex="0"><table class="noise">
<caption>What each would have stopped, told and seen; the noisiest first.</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col">Gravity</th><th scope="col" class="number">blocked</th><th scope="col" class="number">findings</th><th scope="col" class="number">worse</th><th scope="col" class="number">better</th><th scope="col">State</th></tr></thead>
<tbody>${noisy.map((scenario) => row(scenario, replay))}</tbody>
</table></div>
${silent > 0 ? html`<p class="note">Nothing would have been said of ${count(silent, ['other scenario', 'other scenarios'])}.</p>` : NOTHING}
</section>
`;
}

function row(scenario: ReplayedScenario, replay: Replay): Html {
  const { id, title, gravity, blocked, findings, worsened, improved, firstState, lastState } = scenario;
  const numbers = [blocked, findings, worsened, improved];
  const advice = noiseAdvice(scenario, replay);
  const state = firstState === null || lastState === null ? '–' : stateChange(firstState, lastState);
  return html`<tr><th scope="row"><bdi>${prose(title)}</bdi><br>${code(id)}${advice.map((each) => html`<p class="advice">${prose(each)}</p>`)}</th><td>${gravity}</td>${numbers.map((n) => html`<td class="number ${n === 0 ? 'none' : 'some'}">${n}</td>`)}<td>${state}</td></tr>
`;
}
