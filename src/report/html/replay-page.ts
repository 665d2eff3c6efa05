import type { Replay } from '../../review/replay/replay.ts';
import { count, shortCommit } from '../words/sentence.ts';
import type { PageOptions } from './audit-page.ts';
import { coverageTrend } from './coverage-trend.ts';
import { code, type Html, html, isolated, link, NOTHING } from './escape-html.ts';
import { renderPage } from './page-shell.ts';
import { mergeLists } from './replayed-merges.ts';
import { noisiestScenarios } from './replayed-scenarios.ts';
import { stateMark } from './state-marks.ts';
import { hostedRepository, webPlaces } from './web-places.ts';

const MERGE = ['merge', 'merges'] as const;

/** What a registry would have said of every change merged so far as a page of its own. */
export function renderReplayHtml(replay: Replay, { repository = null, today, version }: PageOptions): string {
  const name = repository === null ? null : (hostedRepository(repository)?.name ?? null);
  return renderPage({
    title: `Replay of the merge history${name === null ? '' : ` of ${name}`}`,
    header: html`<p class="eyebrow">Replay of the merge history${name === null ? NOTHING : html` of ${isolated(name)}`}</p>
<h1>${headline(replay)}</h1>
${facts(replay, today, (commit) => webPlaces({ repository, commit, roots: [] }).commit)}`,
    main: html`${tiles(replay)}${coverageTrend(replay.coverage)}${noisiestScenarios(replay)}${mergeLists(replay, repository)}`,
    version,
  });
}

function headline({ totals: { failed, judged } }: Replay): string {
  if (judged === 0) return 'No merge could be judged';
  if (failed === 0) return `No merge of ${judged.toLocaleString('en-US')} would have been blocked`;
  return `${failed.toLocaleString('en-US')} of ${count(judged, MERGE)} would have been blocked`;
}

function facts({ range, registry, gate }: Replay, today: string, address: (commit: string) => string | null): Html {
  const commit = (id: string) => link(address(id), code(shortCommit(id)));
  const from = range.from === null ? 'from the beginning' : html`from ${commit(range.from)}`;
  const gateWords =
    gate.block === 'off' ? 'with the gate off' : `with gate.block ${gate.block} from ${gate.from} gravity`;
  return html`<p class="facts">Judged on ${today} ${from} to ${commit(range.to)} by the registry ${code(registry.source)}${registry.commit === null ? NOTHING : html` at ${commit(registry.commit)}`}, ${gateWords}.</p>`;
}

function tiles({ totals: { quiet, commented, failed, notJudged } }: Replay): Html {
  const each = [
    ['covered', 'Quiet', quiet, 'passed without a word'],
    ['partial', 'Told', commented, 'passed with a comment'],
    ['missing', 'Blocked', failed, 'would have failed'],
    ['waived', 'Not judged', notJudged, 'no common history, or a cut clone'],
  ] as const;
  return html`<section class="summary" aria-label="Summary">
<dl class="tiles">${each.map(([state, name, n, meaning]) => html`<div><dt class="state ${state}">${stateMark(state)}${name}</dt><dd>${n}<small>${meaning}</small></dd></div>`)}</dl>
</section>
`;
}
