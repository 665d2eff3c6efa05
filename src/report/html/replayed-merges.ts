import type { State } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Replay, ReplayedMerge } from '../../review/replay/replay.ts';
import { capitalised, count, shortCommit, stateChange } from '../words/sentence.ts';
import { code, type Html, html, link, NOTHING, prose } from './escape-html.ts';
import { filePlace, findingText } from './scenario-parts.ts';
import { stateBadge } from './state-marks.ts';
import { type RemoteFacts, type WebPlaces, webPlaces } from './web-places.ts';

interface Outcome {
  title: string;
  /** Whose mark and colour it has. */
  like: State;
  word: string;
  is(merge: ReplayedMerge): boolean;
}

const OUTCOMES: readonly Outcome[] = [
  { title: 'Blocked', like: 'missing', word: 'blocked', is: ({ verdict }) => verdict === 'fail' },
  {
    title: 'Told, not blocked',
    like: 'partial',
    word: 'told',
    is: ({ verdict, commented }) => verdict === 'pass' && commented,
  },
  { title: 'Not judged', like: 'waived', word: 'not judged', is: ({ verdict }) => verdict === 'not-judged' },
];

/** Every merge of which something would have been said, the newest first; the quiet ones in short. */
export function mergeLists({ merges }: Replay, repository: RemoteFacts | null): Html {
  const newestFirst = merges.toReversed();
  const told = OUTCOMES.map((outcome) => {
    const own = newestFirst.filter(outcome.is);
    if (own.length === 0) return NOTHING;
    return html`<section>
<h2>${outcome.title} <span class="found">${own.length}</span></h2>
${own.map((merge) => details(merge, outcome, repository))}</section>
`;
  });
  const quiet = newestFirst.filter((merge) => !OUTCOMES.some(({ is }) => is(merge)));
  return html`${told}${quietMerges(quiet, repository)}`;
}

function details(merge: ReplayedMerge, { like, word }: Outcome, repository: RemoteFacts | null): Html {
  const web = webPlaces({ repository, commit: merge.head, roots: [] });
  const { date, title, reason, findings, changes, changedPages } = merge;
  return html`<details class="scenario">
<summary>${stateBadge(like, word)}<h3 class="title" dir="auto">${prose(title)}</h3><span class="gravity">${date.slice(0, 10)}</span><span class="lack">${prose(reason)}</span></summary>
<div class="body">
<p>${whichChange(merge, web)}, ${count(changedPages, ['page', 'pages'])} changed.</p>
${changes.length === 0 ? NOTHING : html`<div><h4>What it did to coverage</h4><ul>${changes.map(({ id, change, before, after }) => html`<li>${code(id)} ${change}: ${stateChange(before, after)}</li>`)}</ul></div>`}
${findings.length === 0 ? NOTHING : html`<div><h4>What would have been said</h4><ul>${findings.map((finding) => said(finding, web))}</ul></div>`}
</div>
</details>
`;
}

function said(finding: Finding, web: WebPlaces): Html {
  const { blocking, scenario, path, line, endLine } = finding;
  const place = path === null ? NOTHING : filePlace({ path, line, endLine }, web);
  return html`<li>${blocking ? html`<b class="missing">blocks</b> ` : NOTHING}${scenario === null ? NOTHING : html`${code(scenario)} `}${place} ${findingText(finding)}</li>`;
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
