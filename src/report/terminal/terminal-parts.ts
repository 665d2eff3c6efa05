import type { NearMiss, Quote } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Snippet } from '../../review/suggest/snippet-shapes.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { nearMissText, quoteParts } from '../words/section-words.ts';
import { asSentence, capitalised, placeOf, type SayWhere, spacing } from '../words/sentence.ts';
import { indented, inQuotes, type Pen, TERMINAL_SAY, under } from './terminal-pen.ts';

/** What several of the terminal's reports show. */

const SEVERITY_COLORS = { error: 'red', warning: 'yellow', notice: 'blue' } as const;

type ListedFinding = Pick<Finding, 'kind' | 'severity' | 'message' | 'advice' | 'path' | 'line' | 'column'>;

/** As linters write it: `path:line:column  error  message`, with the advice below. */
export function findingLines(finding: ListedFinding, pen: Pen): string {
  const { severity, path, line, column } = finding;
  const { message, advice } = besideItsPlace(finding);
  const at = path === null ? '' : cleanLine(placeOf({ path, line })) + (column === null ? '' : `:${column}`);
  const start = at === '' ? '' : `${pen.colors.cyan(at)}  `;
  return [
    pen.wrap(
      `${start}${pen.colors[SEVERITY_COLORS[severity]](severity)}  ${asSentence(cleanLine(message))}`,
      '    ',
      '  ',
    ),
    ...(advice === '' ? [] : [pen.colors.dim(pen.wrap(asSentence(capitalised(cleanLine(advice))), '    '))]),
  ].join('\n');
}

/** How a terminal says terms and places. */
export const SAY_WHERE: SayWhere = {
  ...TERMINAL_SAY,
  file: (at) => cleanLine(placeOf(at)),
  was: (at) => `what stood at ${cleanLine(placeOf(at))}`,
  label: (text) => inQuotes(shortLine(text, LABEL_CHARACTERS)),
};

/** `Nearest: docs/a.md:3-9 “Where…” lacks …; edit`. */
export function nearestLines(miss: NearMiss, pen: Pen, indent: string): string {
  return pen.wrap(`Nearest: ${nearMissText(miss, SAY_WHERE)}`, `${indent}  `, indent);
}

/** The findings that are no scenario's gap; empty for none. */
export function alsoNoticed(findings: Finding[], pen: Pen): string {
  const lines = findings.map((finding) => findingLines(finding, pen));
  return under('Also noticed', lines, pen);
}

/** "Paste after a.md:5 (adds a section):" and what to paste, which is never wrapped. */
export function toPaste(snippet: Snippet, pen: Pen, start = 'Paste'): string {
  const { path, afterLine, purpose, text } = snippet;
  const where = afterLine === 0 ? `at the start of ${path}` : `after ${path}:${afterLine}`;
  const notes = [shortLine(purpose, LABEL_CHARACTERS), spacing(snippet)].filter((note) => note !== '').join('; ');
  return `${pen.wrap(`${start} ${cleanLine(where)}${notes && ` (${notes})`}:`, '  ')}\n\n${indented(text, '    ')}\n`;
}

/** A sentence with its marked words underlined; without colours they stand between brackets. */
export function quoteLines(quote: Quote, pen: Pen, indent: string): string {
  const { bold, underline, isColorSupported } = pen.colors;
  const mark = (word: string) => (isColorSupported ? bold(underline(word)) : `[${word}]`);
  const parts = quoteParts(quote).map(({ text, isMarked }) => (isMarked ? mark(text) : text));
  return pen.wrap(parts.join('').trim(), indent);
}
