import type { NearMiss } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { asSentence, capitalised, listed, placeOf } from '../words/sentence.ts';
import { type Pen, quoted } from './terminal-pen.ts';

const SEVERITY: Record<Finding['severity'], (pen: Pen) => string> = {
  error: (pen) => pen.colors.red('error'),
  warning: (pen) => pen.colors.yellow('warning'),
  notice: (pen) => pen.colors.blue('notice'),
};

type Told = Pick<Finding, 'kind' | 'severity' | 'message' | 'advice' | 'path' | 'line' | 'column'>;

/** As linters write it: `path:line:column  error  message`, with the advice below. */
export function findingLines(finding: Told, pen: Pen): string {
  const { severity, path, line, column } = finding;
  const { message, advice } = besideItsPlace(finding);
  const at = path === null ? '' : cleanLine(placeOf({ path, line })) + (column === null ? '' : `:${column}`);
  const start = at === '' ? '' : `${pen.colors.cyan(at)}  `;
  return [
    pen.wrap(`${start}${SEVERITY[severity](pen)}  ${asSentence(cleanLine(message))}`, '    ', '  '),
    ...(advice === '' ? [] : [pen.colors.dim(pen.wrap(asSentence(capitalised(cleanLine(advice))), '    '))]),
  ].join('\n');
}

/** `nearest: docs/a.md:3-9 “Where…” lacks …; edit`. */
export function nearMissLines({ label, lacks, edit, ...at }: NearMiss, pen: Pen, indent: string): string {
  const named = label === '' ? '' : ` ${quoted(shortLine(label, LABEL_CHARACTERS))}`;
  const lacking = lacks.length === 0 ? '' : ` lacks ${listed(lacks.map(cleanLine))}`;
  const text = `Nearest: ${cleanLine(placeOf(at))}${named}${lacking}${edit === '' ? '' : `; ${cleanLine(edit)}`}`;
  return pen.wrap(text, `${indent}  `, indent);
}

/** The findings that are no scenario's gap; empty for none. */
export function alsoNoticed(findings: Finding[], pen: Pen): string {
  if (findings.length === 0) return '';
  return [pen.colors.bold('Also noticed'), ...findings.map((finding) => findingLines(finding, pen))].join('\n');
}
