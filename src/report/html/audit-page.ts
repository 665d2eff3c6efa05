import type { Finding } from '../../review/findings/finding.ts';
import type { CoveragePoint } from '../../review/replay/replay.ts';
import type { Audit } from '../../review/review.ts';
import { gravestFirst } from '../words/gravest-first.ts';
import { isGap } from '../words/story.ts';
import { auditFacts, auditVerdict } from './audit-head.ts';
import { alsoNoticed, productFollowUps } from './audit-lists.ts';
import { auditSummary, auditTables } from './audit-overview.ts';
import { coverageTrend } from './coverage-trend.ts';
import { html } from './escape-html.ts';
import { renderPage } from './page-shell.ts';
import type { Around } from './scenario-details.ts';
import { filterForm, scenarioGroups } from './scenario-groups.ts';
import { hostedRepository, type RemoteFacts, webPlaces } from './web-places.ts';

/** What the entry knows of a page's occasion. */
export interface PageOptions {
  /** YYYY-MM-DD. */
  today: string;
  /** Signpost's version. */
  version: string;
  /** Absent or null where it is not known. */
  repository?: RemoteFacts | null;
}

interface AuditPageOptions extends PageOptions {
  /** How coverage went before, oldest first; absent where nobody asked. */
  trend?: readonly CoveragePoint[];
}

/** Coverage of the whole registry at one commit as a page of its own: to read, to share and to print. */
export function renderAuditHtml(audit: Audit, options: AuditPageOptions): string {
  const name = options.repository ? (hostedRepository(options.repository)?.name ?? null) : null;
  const around = aroundOf(audit, options);
  const groups = scenarioGroups(gravestFirst(audit), around);
  return renderPage({
    title: `Troubleshooting coverage${name === null ? '' : ` of ${name}`}`,
    header: html`${auditVerdict(audit, name)}${auditFacts(audit, options.today, around.web)}`,
    main: html`${auditSummary(audit, groups)}${coverageTrend(options.trend ?? [])}${auditTables(audit)}${filterForm(audit)}${groups.map(({ markup }) => markup)}${productFollowUps(audit)}${alsoNoticed(audit, around)}`,
    version: options.version,
  });
}

function aroundOf(audit: Audit, { repository = null }: PageOptions): Around {
  return {
    web: webPlaces({ repository, commit: audit.rev, roots: audit.roots }),
    privateWords: audit.settings.private,
    gaps: gapsById(audit.findings),
    isRegistryInCommit: audit.registry.commit !== null,
  };
}

function gapsById(findings: readonly Finding[]): Map<string, Finding[]> {
  const gaps = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.scenario === null || !isGap(finding)) continue;
    const known = gaps.get(finding.scenario);
    if (known) known.push(finding);
    else gaps.set(finding.scenario, [finding]);
  }
  return gaps;
}
