import type { State } from '../../coverage/coverage.ts';
import { docsUrl, type Finding } from '../../review/findings/finding.ts';
import type { CoveragePoint } from '../../review/replay/replay.ts';
import type { Audit } from '../../review/review.ts';
import { isGap } from '../words/finding-words.ts';
import { groupBy } from '../words/group-by.ts';
import { capitalised, count, placeOf, SCENARIO, shortCommit } from '../words/sentence.ts';
import { isOpen, percentCovered, STATES } from '../words/state-counts.ts';
import { addedBy, auditHeadline, gravestFirst } from '../words/story.ts';
import type { Around, ScenarioGroup } from './audit-scenarios.ts';
import { filePlace, filterForm, findingHtml, scenarioAnchor, scenarioGroups } from './audit-scenarios.ts';
import { coverageBar, coverageTrend, tiles } from './coverage-charts.ts';
import { byGravity, byOwner, byPage, byPart, type CoverageGroup, coverageTable } from './coverage-tables.ts';
import { code, type Html, html, link, NOTHING, prose } from './escape-html.ts';
import { renderPage } from './page-shell.ts';
import { type RemoteFacts, repositoryName, type WebPlaces, webPlaces } from './web-places.ts';

/** What the caller knows and the audit or replay does not hold. */
export interface PageOptions {
  /** YYYY-MM-DD. */
  today: string;
  /** Signpost's version. */
  version: string;
  /** Absent or null where it is not known. */
  repository?: RemoteFacts | null;
}

interface AuditPageOptions extends PageOptions {
  /** Coverage in the past, oldest first; absent where nobody asked for it. */
  trend?: readonly CoveragePoint[];
}

/** An audit as an HTML page to read, share and print. */
export function renderAuditHtml(audit: Audit, options: AuditPageOptions): string {
  const around = aroundOf(audit, options);
  const groups = scenarioGroups(gravestFirst(audit), around);
  return renderPage({
    title: 'Troubleshooting coverage',
    repository: repositoryName(options.repository),
    header: html`${auditVerdict(audit)}${auditFacts(audit, options.today, around.web)}`,
    main: html`${auditSummary(audit, groups)}${coverageTrend(options.trend ?? [])}${auditTables(audit)}${filterForm(audit)}${groups.map(({ markup }) => markup)}${productFollowUps(audit)}${alsoNoticed(audit, around)}`,
    version: options.version,
  });
}

function aroundOf(audit: Audit, { repository = null }: PageOptions): Around {
  return {
    web: webPlaces({ repository, commit: audit.rev, roots: audit.roots }),
    privateWords: audit.settings.private,
    gaps: groupBy(audit.findings.filter(isGap), ({ scenario }) => scenario),
    isRegistryInCommit: audit.registry.commit !== null,
  };
}

/** The verdict in one line; below it why the audit fails, or how many grave gaps are open. */
function auditVerdict(audit: Audit): Html {
  const headline = auditHeadline(audit);
  const added = audit.verdict === 'fail' ? addedBy(audit.reason, headline) : grave(audit);
  const kind = audit.verdict === 'fail' ? 'fail' : '';
  return html`<h1>${prose(headline)}</h1>
${added === '' ? NOTHING : html`<p class="verdict ${kind}">${prose(added)}</p>`}`;
}

/** How many gaps of high gravity are open, as a sentence; empty for none. */
function grave({ scenarios }: Audit): string {
  const open = scenarios.filter(
    ({ coverage: { scenario, state } }) => scenario.gravity === 'high' && isOpen(state),
  ).length;
  if (open === 0) return '';
  return `${count(open, SCENARIO)} of high gravity ${open === 1 ? 'is' : 'are'} not covered yet.`;
}

/** What was judged, by what and when. */
function auditFacts({ rev, registry, counts }: Audit, today: string, web: WebPlaces): Html {
  const commit = link(web.commit, code(shortCommit(rev)));
  return html`<p class="facts">Judged ${rev === 'WORKTREE' ? 'the work tree' : html`commit ${commit}`} on ${today}: ${count(counts.pages, ['page', 'pages'])} by ${registry.source === '' ? 'no registry' : html`the registry ${code(registry.source)}`}.</p>`;
}

/** What the four states mean, for new readers. */
function wordsOfStates(): Html {
  const words = [
    ['covered', 'a section names the failure, says why it happens and links to the fix'],
    ['partial', 'it is named, and something lacks'],
    ['missing', 'no section names it'],
    ['waived', 'somebody decided that the docs need not have it'],
  ] as const;
  return html`<ul class="words">${words.map(([state, meaning]) => html`<li><b>${capitalised(state)}</b>: ${meaning}</li>`)}</ul>`;
}

/** The table of pages has at most so many rows, because a large registry names thousands of pages. */
const PAGE_ROWS = 100;

/** The numbers of all states, and links to the groups of scenarios below. */
function auditSummary(audit: Audit, groups: readonly ScenarioGroup[]): Html {
  if (audit.scenarios.length === 0) return NOTHING;
  return html`<section class="summary" aria-label="Summary">
${coverageBar(audit.counts, 20)}
${stateTiles(audit)}
${wordsOfStates()}
${contents(groups)}
</section>
`;
}

/** Coverage by gravity, by part of the docs, by page and by owner. */
function auditTables(audit: Audit): Html {
  if (audit.scenarios.length === 0) return NOTHING;
  const scenarios = audit.scenarios.map(({ coverage }) => coverage);
  const parts = byPart(scenarios);
  const pages = byPage(scenarios);
  const owners = byOwner(scenarios);
  return html`<section>
<h2>By gravity</h2>
${coverageTable(byGravity(scenarios), 'Gravity', 'Gravity says how much a failure hurts the people who meet it.')}
</section>
<section>
<h2>By part of the docs</h2>
${coverageTable(parts, 'Part', 'The top folders where readers look. A scenario counts in each of its own.')}
${isTheSame(pages, parts) ? NOTHING : html`<details class="more"><summary>By page</summary>${coverageTable(pages, 'Page', 'The pages where readers look, those with most to do first.', PAGE_ROWS)}</details>`}
</section>
${
  owners.length === 0
    ? NOTHING
    : html`<section>
<h2>By owner</h2>
${coverageTable(owners, 'Owner', 'Whom the registry names for a scenario.')}
</section>`
}
`;
}

function stateTiles({ counts }: Audit): Html {
  const percent = percentCovered(counts);
  const share = percent === null ? null : `${percent} % of what is required`;
  const meaning = (state: State) => (state === 'covered' ? share : null);
  return tiles(
    STATES.map((state) => ({ state, name: capitalised(state), count: counts[state], meaning: meaning(state) })),
  );
}

function contents(groups: readonly ScenarioGroup[]): Html {
  return html`<nav aria-label="Scenarios"><ul class="contents">${groups.map(({ anchor, title, size }) => html`<li><a href="#${anchor}">${title}</a> <span class="found">${size}</span></li>`)}</ul></nav>`;
}

function isTheSame(a: readonly CoverageGroup[], b: readonly CoverageGroup[]): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}

/** What the docs cannot mend. */
function productFollowUps({ scenarios }: Audit): Html {
  const items = scenarios.flatMap(({ coverage: { scenario } }) =>
    scenario.followUps.map(
      (followUp) =>
        html`<li>${prose(followUp)} <a href="#${scenarioAnchor(scenario.id)}">${code(scenario.id)}</a></li>`,
    ),
  );
  return list('For the product, not fixable in docs', items);
}

/** The findings that are no scenario's gap: mistakes in the registry, waivers to look at, pages that cannot be read. */
function alsoNoticed({ findings }: Audit, around: Around): Html {
  const items = findings.filter((finding) => !isGap(finding)).map((finding) => noticed(finding, around));
  return list('Also noticed', items);
}

/** Kinds that stand in the registry's own files. */
const OF_REGISTRY: ReadonlySet<Finding['kind']> = new Set([
  'registry-invalid',
  'registry-warning',
  'unscrubbed-text',
  'waiver-expired',
  'waiver-unneeded',
] satisfies Finding['kind'][]);

function noticed(finding: Finding, { web, isRegistryInCommit }: Around): Html {
  const { kind, severity, path, line, endLine } = finding;
  const isInCommit = isRegistryInCommit || !OF_REGISTRY.has(kind);
  const at =
    path === null ? NOTHING : isInCommit ? filePlace({ path, line, endLine }, web) : code(placeOf({ path, line }));
  return html`<li><span class="severity ${severity}">${severity}</span> ${at} ${findingHtml(finding)} ${link(docsUrl(kind), kind)}</li>`;
}

function list(title: string, items: readonly Html[]): Html {
  return items.length === 0
    ? NOTHING
    : html`<section>\n<h2>${title}</h2>\n<ul class="listed">${items}</ul>\n</section>\n`;
}
