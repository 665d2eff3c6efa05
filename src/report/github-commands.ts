import type { Mistake } from '../registry/registry.ts';
import type { Finding } from '../review/findings/finding.ts';
import type { Audit, Review } from '../review/review.ts';
import { cleanLines, shorten } from './words/clean-text.ts';
import { annotationText, findingsOf } from './words/finding-words.ts';
import { ANNOTATION_TITLE_CHARACTERS } from './words/limits.ts';

const ORDER = ['error', 'warning', 'notice'];

/**
 * All findings as workflow commands, which GitHub Actions turns into annotations; it shows the first ten of each
 * level per step, so those that block come first. One line each, whatever the findings' text holds.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithubCommands(subject: Review | Audit | readonly Mistake[]): string {
  return findingsOf(subject)
    .toSorted(
      (a, b) => Number(b.blocking) - Number(a.blocking) || ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
    )
    .map((finding) => `${command(finding)}\n`)
    .join('');
}

function command(finding: Finding): string {
  const { kind, scenario, severity, path, line, endLine, column } = finding;
  const title = `Signpost ${kind}${scenario === null ? '' : `: ${scenario}`}`;
  const properties = [
    ...(path === null ? [] : [`file=${property(path)}`]),
    ...(path === null || line === null ? [] : [`line=${line}`]),
    ...(path === null || line === null || endLine === null ? [] : [`endLine=${Math.max(line, endLine)}`]),
    ...(path === null || line === null || column === null ? [] : [`col=${column}`]),
    `title=${property(shorten(title, ANNOTATION_TITLE_CHARACTERS))}`,
  ];
  return `::${severity} ${properties.join(',')}::${data(annotationText(finding))}`;
}

/** The runner reads an older form of commands, `##[…]`, anywhere in a line. */
function data(text: string): string {
  return escaped(text).replaceAll('##[', '# #[');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function escaped(text: string): string {
  return cleanLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
