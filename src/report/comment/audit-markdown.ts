import type { State } from '../../coverage/coverage.ts';
import type { Audit } from '../../review/review.ts';
import { codeSpan, escapeProse, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import { isGap } from '../words/finding-words.ts';
import { type Links, linksFor } from '../words/github-links.ts';
import { grouped, lackOf, shortCommit } from '../words/sentence.ts';
import { isOpen } from '../words/state-counts.ts';
import { addedBy, auditHeadline, gravestFirst } from '../words/story.ts';
import { findingMarkdown, titleCell } from './comment-parts.ts';
import { coverageSquares } from './coverage-squares.ts';

const SYMBOLS: Record<State, string> = { missing: '❌', partial: '⚠️', waived: '⚪', covered: '✅' };

/** Coverage of the whole registry at one commit in GitHub's Markdown, the gravest gaps first; of any length. */
export function renderAuditMarkdown(audit: Audit): string {
  const headline = auditHeadline(audit);
  const links = linksFor({ head: audit.rev, preview: null });
  const others = audit.findings.filter((finding) => !isGap(finding));
  const parts = [
    `## ${escapeProse(headline)}`,
    escapeProse(addedBy(audit.reason, headline)),
    audit.scenarios.length === 0 ? '' : coverageSquares(audit.counts),
    table(audit, links),
    others.length === 0
      ? ''
      : `**Also noticed**\n\n${others.map((finding) => `- ${findingMarkdown(finding, links)}`).join('\n')}`,
    `<sub>Judged ${codeSpan(shortCommit(audit.rev))}, ${grouped(audit.counts.pages)} pages</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function table(audit: Audit, links: Links): string {
  if (audit.scenarios.length === 0) return '';
  const rows = gravestFirst(audit).map(({ coverage: { scenario, state, gaps, evidence } }) => {
    const lack = isOpen(state) ? lackOf(state, gaps, MARKDOWN_SAY) : '';
    const where = evidence[0] ? links.file(evidence[0]) : '–';
    return `| ${SYMBOLS[state]} | ${titleCell(scenario)} | ${state} | ${scenario.gravity} | ${lack || '–'} | ${where} |`;
  });
  return ['| | Scenario | State | Gravity | Lacks | Where |', '|---|---|---|---|---|---|', ...rows].join('\n');
}
