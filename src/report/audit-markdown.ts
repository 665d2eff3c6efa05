import type { State } from '../coverage/coverage.ts';
import { GRAVITIES } from '../registry/registry.ts';
import type { Audit } from '../review/review.ts';
import { findingText } from './comment-lists.ts';
import { codeSpan, escapeProse, MARKDOWN_SAY } from './escape-markdown.ts';
import { grouped } from './grouped.ts';
import { TITLE_CHARACTERS } from './limits.ts';
import { type Links, linksFor } from './links.ts';
import { lackOf, shortCommit } from './sentence.ts';
import { addedBy, auditHeadline, isGap } from './story.ts';

const RANK: readonly State[] = ['missing', 'partial', 'waived', 'covered'];

const SYMBOLS: Record<State, string> = { missing: '❌', partial: '⚠️', waived: '⚪', covered: '✅' };

/** Coverage of the whole registry at one commit in GitHub's Markdown, the gravest gaps first; of any length. */
export function renderAuditMarkdown(audit: Audit, options: { repoUrl?: string } = {}): string {
  const headline = auditHeadline(audit);
  const links = linksFor({ ...options, head: audit.rev, preview: null });
  const others = audit.findings.filter((finding) => !isGap(finding));
  const parts = [
    `## ${escapeProse(headline)}`,
    escapeProse(addedBy(audit.reason, headline)),
    table(audit, links),
    others.length === 0
      ? ''
      : `**Also noticed**\n\n${others.map((finding) => `- ${findingText(finding, links)}`).join('\n')}`,
    `<sub>Judged ${codeSpan(shortCommit(audit.rev))}, ${grouped(audit.counts.pages)} pages</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function table({ scenarios }: Audit, links: Links): string {
  if (scenarios.length === 0) return '';
  const rows = scenarios
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ coverage: { scenario, state, gaps, evidence } }) => {
      const lack = state === 'covered' || state === 'waived' ? '' : lackOf(state, gaps, MARKDOWN_SAY);
      const title = `${escapeProse(scenario.title, TITLE_CHARACTERS)}<br>${codeSpan(scenario.id)}`;
      const where = evidence[0] ? links.file(evidence[0]) : '–';
      return `| ${SYMBOLS[state]} | ${title} | ${state} | ${scenario.gravity} | ${lack || '–'} | ${where} |`;
    });
  return ['| | Scenario | State | Gravity | Lacks | Where |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** Gaps before the rest, the gravest first; then by state. */
function rank({ coverage: { scenario, state } }: Audit['scenarios'][number]): number {
  const gap = state === 'missing' || state === 'partial' ? 0 : 100;
  return gap + (GRAVITIES.length - GRAVITIES.indexOf(scenario.gravity)) * 10 + RANK.indexOf(state);
}
