import type { NearMiss, Quote, State } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Snippet } from '../../review/suggest/page-lines.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import { LABEL_CHARACTERS, TITLE_CHARACTERS } from '../words/limits.ts';
import { nearMissText, quoteParts } from '../words/section-words.ts';
import { asSentence, capitalised, type FilePlace, placeOf, type SayWhere, spacing } from '../words/sentence.ts';
import type { Result } from '../words/story.ts';
import { indented, inQuotes, type Pen, padColumns, stacked, TERMINAL_SAY } from './terminal-pen.ts';

/** What several of the terminal's reports show. */

const SEVERITY_COLORS = { error: 'red', warning: 'yellow', notice: 'blue' } as const;

type ListedFinding = Pick<Finding, 'kind' | 'severity' | 'message' | 'advice' | 'path' | 'line' | 'column'>;

/** As linters write it: `path:line:column  error  message`, with the advice below. */
export function findingLines(finding: ListedFinding, pen: Pen): string {
  const { severity, path, line, column } = finding;
  const { message, advice } = besideItsPlace(finding);
  const at = path === null ? '' : placeLine({ path, line }) + (column === null ? '' : `:${column}`);
  const colored = pen.colors[SEVERITY_COLORS[severity]](severity);
  const start = at === '' ? '' : `${pen.colors.cyan(at)}  `;
  return [
    pen.wrap(`${start}${colored}  ${asSentence(cleanLine(message))}`, '    ', '  '),
    ...(advice === '' ? [] : [pen.colors.dim(pen.wrap(asSentence(capitalised(cleanLine(advice))), '    '))]),
  ].join('\n');
}

/** How a terminal says terms and places. */
export const SAY_WHERE: SayWhere = {
  ...TERMINAL_SAY,
  file: placeLine,
  was: (at) => `what stood at ${placeLine(at)}`,
  label: (text) => inQuotes(shortLine(text, LABEL_CHARACTERS)),
};

/** `Nearest: docs/a.md:3-9 “Where…” lacks …; edit`. */
export function nearestLines(miss: NearMiss, pen: Pen, indent: string): string {
  return pen.wrap(`Nearest: ${nearMissText(miss, SAY_WHERE)}`, `${indent}  `, indent);
}

/** A place in a file, which cannot act on the terminal. */
export function placeLine(at: FilePlace): string {
  return cleanLine(placeOf(at));
}

/** A text in the colour of a state. */
export function inColorOf(state: State, text: string, { colors }: Pen): string {
  return { covered: colors.green, partial: colors.yellow, missing: colors.red, waived: colors.dim }[state](text);
}

/** The indent of a listed scenario's lines, which leaves room for its state. */
export const ENTRY_INDENT = ' '.repeat(11);

/** A scenario in a list: its state, where it is known, with its title; then notes and where it stands. */
export function scenarioEntry(
  { state, title, notes, at }: { state: State | null; title: string; notes: string[]; at: FilePlace | undefined },
  pen: Pen,
): string {
  const lead = padColumns(`  ${state ?? ''}`, ENTRY_INDENT.length);
  return stacked([
    pen.wrap(shortLine(title, TITLE_CHARACTERS), ENTRY_INDENT, state === null ? lead : inColorOf(state, lead, pen)),
    ...notes.map((note) => pen.wrap(pen.colors.dim(note), ENTRY_INDENT)),
    at ? `${ENTRY_INDENT}${pen.colors.cyan(placeLine(at))}` : '',
  ]);
}

/** What to run to see more of a scenario; `id` may have options behind it. */
export function explainHint(id: string, pen: Pen): string {
  return pen.wrap(`Next: ${pen.colors.bold(`signpost explain ${id}`)} shows every section that was looked at.`);
}

/** A report's headline with a further sentence below it, where there is one. */
export function opening(result: Result, headline: string, further: string, pen: Pen): string {
  return stacked([pen.headline(result, headline), further && pen.wrap(further, '  ')]);
}

/** At most so many of the items, and a note on how many there are more. */
export function upTo<Item>(
  most: number,
  items: readonly Item[],
  render: (item: Item) => string,
  note: (rest: number) => string,
): string[] {
  const rest = items.length - most;
  return [...items.slice(0, most).map(render), ...(rest > 0 ? [note(rest)] : [])];
}

/** Findings, one below the other. */
export function findingList(findings: readonly ListedFinding[], pen: Pen): string {
  return findings.map((finding) => findingLines(finding, pen)).join('\n');
}

/** The findings that are no scenario's gap; empty for none. */
export function alsoNoticed(findings: readonly Finding[], pen: Pen): string {
  return findings.length === 0 ? '' : pen.under('Also noticed', [findingList(findings, pen)]);
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
