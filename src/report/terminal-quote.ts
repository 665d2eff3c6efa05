import type { Quote } from '../coverage/coverage.ts';
import { cleanLine, shorten } from './clean-text.ts';
import type { Pen } from './terminal-pen.ts';

/** Of text without a marked word at most so much stands on either side of one. */
const AROUND = 120;

/** A sentence with its marked words underlined; without colours they stand between brackets. */
export function quoteLines(quote: Quote, pen: Pen, indent: string): string {
  const { bold, underline, isColorSupported } = pen.colors;
  const mark = (word: string) => (isColorSupported ? bold(underline(word)) : `[${word}]`);
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of quote.marks) {
    parts.push(between(quote.text.slice(from, start), from === 0, false), mark(inLine(quote.text.slice(start, end))));
    from = end;
  }
  parts.push(between(quote.text.slice(from), from === 0, true));
  return pen.wrap(parts.join('').trim(), indent);
}

/** What stands between two marked words, before the first or after the last: its middle is left out where it is long. */
function between(text: string, isFirst: boolean, isLast: boolean): string {
  const line = inLine(text);
  const points = [...line];
  if (points.length <= AROUND) return line;
  if (isFirst && isLast) return shorten(line, 2 * AROUND);
  const half = AROUND / 2;
  const head = isFirst ? '' : points.slice(0, half).join('').replace(/\S*$/, '');
  const tail = isLast ? '' : points.slice(-half).join('').replace(/^\S*/, '');
  return `${head}…${tail}`;
}

/** As `cleanLine`, with the spaces at both ends. */
function inLine(text: string): string {
  const line = cleanLine(text);
  const [before, after] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
  return line === '' ? before || after : before + line + after;
}
