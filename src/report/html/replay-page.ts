import type { State } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Replay, ReplayedMerge, ReplayedScenario } from '../../review/replay/replay.ts';
import { groupBy } from '../words/group-by.ts';
import { capitalised, count, grouped, shortCommit, stateChange } from '../words/sentence.ts';
import { isOpen } from '../words/state-counts.ts';
import type { PageOptions } from './audit-page.ts';
import { filePlace, findingHtml, part } from './audit-scenarios.ts';
import { coverageTrend, stateBadge, tiles } from './coverage-charts.ts';
import { countCell } from './coverage-tables.ts';
import { code, type Html, html, link, NOTHING, prose } from './escape-html.ts';
import { renderPage } from './page-shell.ts';
import { type RemoteFacts, repositoryName, type WebPlaces, webPlaces } from './web-places.ts';

const MERGE = ['merge', 'merges'] as const;

/** A replay as an HTML page. */
export function renderReplayHtml(replay: Replay, { repository = null, today, version }: PageOptions): string {
  return renderPage({
    title: 'Replay of the merge history',
    repository: repositoryName(repository),
    header: html`<h1>${headline(replay)}</h1>
${facts(replay, today, (commit) => webPlaces({ repository, commit, roots: [] }).commit)}`,
    main: html`${outcomeTiles(replay)}${coverageTrend(replay.coverage)}${noisiestScenarios(replay)}${mergeLists(replay, repository)}`,
    version,
  });
}

function headline({ totals: { failed, judged } }: Replay): string {
  if (judged === 0) return 'No merge could be judged';
  if (failed === 0) return `No merge of ${grouped(judged)} would have been blocked`;
  return `${grouped(failed)} of ${count(judged, MERGE)} would have been blocked`;
}

function facts({ range, registry, gate }: Replay, today: string, address: (commit: string) => string | null): Html {
  const commit = (id: string) => link(address(id), code(shortCommit(id)));
  const from = range.from === null ? 'from the beginning' : html`from ${commit(range.from)}`;
  const gateWords =
    gate.block === 'off' ? 'with the gate off' : `with gate.block ${gate.block} from ${gate.from} gravity`;
  return html`<p class="facts">Judged on ${today} ${from} to ${commit(range.to)} by the registry ${code(registry.source)}${registry.commit === null ? NOTHING : html` at ${commit(registry.commit)}`}, ${gateWords}.</p>`;
}

function outcomeTiles({ totals: { quiet, commented, failed, notJudged } }: Replay): Html {
  return html`<section class="summary" aria-label="Summary">
${tiles([
  { state: 'covered', name: 'Quiet', count: quiet, meaning: 'passed without a word' },
  { state: 'partial', name: 'Told', count: commented, meaning: 'passed with a comment' },
  { state: 'missing', name: 'Blocked', count: failed, meaning: 'would have failed' },
  { state: 'waived', name: 'Not judged', count: notJudged, meaning: 'no common history, or a cut clone' },
])}
</section>
`;
}

/** The scenarios with any finding or change of state, the noisiest first, with advice on each. */
function noisiestScenarios(replay: Replay): Html {
  const { scenarios } = replay;
  const noisy = scenarios.filter(({ findings, worsened, improved }) => findings + worsened + improved > 0);
  if (noisy.length === 0) return NOTHING;
  const silent = scenarios.length - noisy.length;
  return html`<section>
<h2>Scenarios by noise</h2>
<div class="wide" role="region" aria-label="Table of scenarios by noise" tabindex="0"><table class="noise">
<caption>What each would have stopped, told and seen; the noisiest first.</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col">Gravity</th><th scope="col" class="number">blocked</th><th scope="col" class="number">findings</th><th scope="col" class="number">worse</th><th scope="col" class="number">better</th><th scope="col">State</th></tr></thead>
<tbody>${noisy.map((scenario) => noiseRow(scenario, replay))}</tbody>
</table></div>
${silent > 0 ? html`<p class="note">Nothing would have been said of ${count(silent, ['other scenario', 'other scenarios'])}.</p>` : NOTHING}
</section>
`;
}

function noiseRow(scenario: ReplayedScenario, replay: Replay): Html {
  const { id, title, gravity, blocked, findings, worsened, improved, firstState, lastState } = scenario;
  const numbers = [blocked, findings, worsened, improved];
  const advice = noiseAdvice(scenario, replay);
  const state = firstState === null || lastState === null ? '–' : stateChange(firstState, lastState);
  return html`<tr><th scope="row"><bdi>${prose(title)}</bdi><br>${code(id)}${advice.map((each) => html`<p class="advice">${prose(each)}</p>`)}</th><td>${gravity}</td>${numbers.map(countCell)}<td>${state}</td></tr>
`;
}

/** A scenario that concerns this share of all merges, or a larger one, is told of often. */
const OFTEN = 0.2;

/** Advice on a scenario for before the gate is turned on, with code in backticks; empty for a quiet scenario. */
export function noiseAdvice(scenario: ReplayedScenario, { totals, gate }: Pick<Replay, 'totals' | 'gate'>): string[] {
  const { blocked, findings, worsened, improved, lastState } = scenario;
  const isOften = blocked > 0 && blocked >= Math.max(2, totals.judged * OFTEN);
  const oldGap =
    gate.block === 'introduced'
      ? 'New text named it without all that it needs, which counts as introduced: complete that section first.'
      : 'It blocks over a gap that was there before: close the gap first, or block on `introduced` alone.';
  const advice: [applies: boolean, text: string][] = [
    [isOften, `It would have stopped ${count(blocked, MERGE)}: set \`gate: watch\` on it until it is covered.`],
    [blocked > worsened && isOpen(lastState), oldGap],
    [
      worsened > 1 && improved > 0,
      'It came and went with rewording: widen its phrases, with `a|b` for another word of the same meaning.',
    ],
    [
      blocked === 0 && findings >= Math.max(3, totals.judged * OFTEN),
      'It is told often and blocks nothing: name its `pages` more closely, so that only those near are told.',
    ],
  ];
  return advice.filter(([applies]) => applies).map(([, text]) => text);
}

/** The state that lends a merge its mark and colour. */
function likeOf({ verdict, commented }: ReplayedMerge): State {
  if (verdict === 'fail') return 'missing';
  if (verdict === 'not-judged') return 'waived';
  return commented ? 'partial' : 'covered';
}

const OUTCOMES: readonly [like: State, title: string, word: string][] = [
  ['missing', 'Blocked', 'blocked'],
  ['partial', 'Told, not blocked', 'told'],
  ['waived', 'Not judged', 'not judged'],
];

/** All merges by outcome, the newest first; those that would have passed in silence as a short table. */
function mergeLists({ merges }: Replay, repository: RemoteFacts | null): Html {
  const outcomes = groupBy(merges.toReversed(), likeOf);
  const told = OUTCOMES.map(([like, title, word]) => {
    const own = outcomes.get(like) ?? [];
    if (own.length === 0) return NOTHING;
    return html`<section>
<h2>${title} <span class="found">${own.length}</span></h2>
${own.map((merge) => details(merge, stateBadge(like, word), repository))}</section>
`;
  });
  return html`${told}${quietMerges(outcomes.get('covered') ?? [], repository)}`;
}

function details(merge: ReplayedMerge, badge: Html, repository: RemoteFacts | null): Html {
  const web = webPlaces({ repository, commit: merge.head, roots: [] });
  const { date, title, reason, findings, changes, changedPages } = merge;
  return html`<details class="scenario">
<summary>${badge}<h3 class="title" dir="auto">${prose(title)}</h3><span class="gravity">${date.slice(0, 10)}</span><span class="lack">${prose(reason)}</span></summary>
<div class="body">
<p>${whichChange(merge, web)}, ${count(changedPages, ['page', 'pages'])} changed.</p>
${part(
  'What it did to coverage',
  changes.map(({ id, change, before, after }) => html`${code(id)} ${change}: ${stateChange(before, after)}`),
)}
${part(
  'What would have been said',
  findings.map((finding) => said(finding, web)),
)}
</div>
</details>
`;
}

function said(finding: Finding, web: WebPlaces): Html {
  const { blocking, scenario, path, line, endLine } = finding;
  const place = path === null ? NOTHING : filePlace({ path, line, endLine }, web);
  return html`${blocking && html`<b class="missing">blocks</b> `}${scenario !== null && html`${code(scenario)} `}${place} ${findingHtml(finding)}`;
}

function whichChange({ commit, head, pullRequest }: ReplayedMerge, web: WebPlaces): Html {
  const how = head === commit ? 'commit' : 'merged from';
  const at = link(web.commit, code(shortCommit(head)));
  if (pullRequest === null) return html`${capitalised(how)} ${at}`;
  return html`Pull request ${link(web.pull(pullRequest), `#${pullRequest}`)}, ${how} ${at}`;
}

function quietMerges(merges: readonly ReplayedMerge[], repository: RemoteFacts | null): Html {
  if (merges.length === 0) return NOTHING;
  const row = (merge: ReplayedMerge) => {
    const web = webPlaces({ repository, commit: merge.commit, roots: [] });
    return html`<tr><td class="number">${merge.date.slice(0, 10)}</td><td>${link(web.commit, code(shortCommit(merge.commit)))}</td><td dir="auto">${prose(merge.title)}</td></tr>
`;
  };
  return html`<section>
<h2>Quiet <span class="found">${merges.length}</span></h2>
<details class="more"><summary>Changes that would have passed without a word</summary>
<table><thead><tr><th scope="col">Day</th><th scope="col">Commit</th><th scope="col">Change</th></tr></thead>
<tbody>${merges.map(row)}</tbody></table>
</details>
</section>
`;
}
