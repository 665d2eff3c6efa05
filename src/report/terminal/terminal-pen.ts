import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import picocolors from 'picocolors';
import { plainPhrase } from '../../review/findings/wording.ts';
import { cleanLine, cleanSample } from '../words/clean-text.ts';
import type { Say } from '../words/sentence.ts';
import type { Result } from '../words/story.ts';

export interface TerminalOptions {
  color: boolean;
  /** Columns, taken as 40 to 200. */
  width: number;
}

/** Colours and measures of one terminal, and a symbol for each result. */
export interface Pen extends Record<Result, string> {
  colors: ReturnType<typeof picocolors.createColors>;
  width: number;
  /** Wraps to the width; each line starts with the indent, the first one with `first`. */
  wrap(text: string, indent?: string, first?: string): string;
  /** A report's or a scenario's first line: how it stands, and what it is. */
  headline(result: Result, text: string): string;
  /** Lines under a heading; empty where there are none. */
  under(heading: string, lines: readonly string[]): string;
}

export function penFor(options: TerminalOptions): Pen {
  const width = Math.min(200, Math.max(40, Math.trunc(options.width) || 80));
  const colors = picocolors.createColors(options.color);
  const pen: Pen = {
    colors,
    width,
    good: colors.green('✔'),
    mixed: colors.yellow('▲'),
    bad: colors.red('✖'),
    wrap(text, indent = '', first = indent) {
      const lines = wrapAnsi(text, width - stringWidth(indent), { hard: true }).split('\n');
      return lines.map((line, index) => (index === 0 ? first : indent) + line).join('\n');
    },
    headline: (result, text) => pen.wrap(colors.bold(text), '  ', `${pen[result]} `),
    under: (heading, lines) => (lines.length === 0 ? '' : [colors.bold(heading), ...lines].join('\n')),
  };
  return pen;
}

/** Cut to a number of columns, on a grapheme, with `…`. */
export function fitColumns(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let fitting = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    used += stringWidth(segment);
    if (used > columns) break;
    fitting += segment;
  }
  return `${fitting.trimEnd()}…`;
}

/** Filled up with spaces to a number of columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** A term of the registry in running text. */
export function inQuotes(term: string): string {
  return `“${cleanLine(term)}”`;
}

/** How a terminal says terms. */
export const TERMINAL_SAY: Say = {
  phrase: (phrase) => inQuotes(plainPhrase(phrase)),
  copy: cleanLine,
  prose: cleanLine,
};

/** A sample to copy: never wrapped, so that it can be pasted. */
export function indented(sample: string, indent: string): string {
  return cleanSample(sample)
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line.replaceAll('\t', '  ')))
    .join('\n');
}

/** Joins the parts that say something, an empty line between, and ends the text. */
export function joined(parts: readonly string[]): string {
  return `${stacked(parts, '\n\n')}\n`;
}

/** Joins the lines that say something. */
export function stacked(lines: readonly string[], between = '\n'): string {
  return lines.filter((line) => line !== '').join(between);
}
