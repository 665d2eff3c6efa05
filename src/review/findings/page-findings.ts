import type { Content } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Finding } from './finding.ts';
import { FINDING_KINDS, type FindingKind } from './finding.ts';

interface Place {
  path: string;
  line: number;
  column: number | null;
}

/**
 * What cannot be read: syntax errors of pages and partials, one finding for each file however many pages show it, and
 * files under a docs root that are no pages.
 *
 * @param problems of pages that were read
 * @param concerns whether a file is to be spoken of
 */
export function pageFindings(
  { unsupported }: Site,
  problems: Content['problems'],
  concerns: (path: string) => boolean,
): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const problem of problems) {
    if (seen.has(problem.path) || !concerns(problem.path)) continue;
    seen.add(problem.path);
    const message = `${problem.path} was read as plain Markdown: ${problem.message}`;
    findings.push(pageFinding('unparsable-page', problem, message));
  }
  for (const { path, reason } of unsupported) {
    if (!concerns(path)) continue;
    const message = `${path} was not read as a page: ${reason}.`;
    findings.push(pageFinding('unsupported-file', { path, line: 1, column: null }, message));
  }
  return findings;
}

function pageFinding(kind: FindingKind, { path, line, column }: Place, message: string): Finding {
  const { severity, advice } = FINDING_KINDS[kind];
  return { kind, scenario: null, severity, blocking: false, path, line, endLine: line, column, message, advice };
}
