import type { Audit } from '../../review/review.ts';
import { capitalised, count, SCENARIO, shortCommit } from '../words/sentence.ts';
import { addedBy, auditHeadline } from '../words/story.ts';
import { code, type Html, html, isolated, link, NOTHING, prose } from './escape-html.ts';
import type { WebPlaces } from './web-places.ts';

/** What was asked and the answer: the verdict in one line, with its reason where the audit fails. */
export function auditVerdict(audit: Audit, name: string | null): Html {
  const headline = auditHeadline(audit);
  const added = audit.verdict === 'fail' ? addedBy(audit.reason, headline) : grave(audit);
  const kind = audit.verdict === 'fail' ? 'fail' : '';
  return html`<p class="eyebrow">Troubleshooting coverage${name === null ? NOTHING : html` of ${isolated(name)}`}</p>
<h1>${prose(headline)}</h1>
${added === '' ? NOTHING : html`<p class="verdict ${kind}">${prose(added)}</p>`}`;
}

/** What hurts most, in one sentence; empty where nothing grave is open. */
function grave({ scenarios }: Audit): string {
  const open = scenarios.filter(
    ({ coverage: { scenario, state } }) => scenario.gravity === 'high' && (state === 'missing' || state === 'partial'),
  ).length;
  if (open === 0) return '';
  return `${count(open, SCENARIO)} of high gravity ${open === 1 ? 'is' : 'are'} not covered yet.`;
}

/** What was judged, by what and when. */
export function auditFacts({ rev, registry, counts }: Audit, today: string, web: WebPlaces): Html {
  const commit = link(web.commit, code(shortCommit(rev)));
  return html`<p class="facts">Judged ${rev === 'WORKTREE' ? 'the work tree' : html`commit ${commit}`} on ${today}: ${count(counts.pages, ['page', 'pages'])} by ${registry.source === '' ? 'no registry' : html`the registry ${code(registry.source)}`}.</p>`;
}

/** What the words mean, for whoever sees them for the first time. */
export function wordsOfStates(): Html {
  const words = [
    ['covered', 'a section names the failure, says why it happens and links to the fix'],
    ['partial', 'it is named, and something lacks'],
    ['missing', 'no section names it'],
    ['waived', 'somebody decided that the docs need not have it'],
  ] as const;
  return html`<ul class="words">${words.map(([state, meaning]) => html`<li><b>${capitalised(state)}</b>: ${meaning}</li>`)}</ul>`;
}
