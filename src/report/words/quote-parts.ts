import type { Quote } from '../../coverage/coverage.ts';
import { cleanLine, shorten } from './clean-text.ts';

/** Of text without a marked word at most so much stands on either side of one. */
const AROUND = 120;

/** A piece of a quoted sentence. */
export interface QuotePart {
  text: string;
  /** Whether it is of the words for which the sentence is quoted. */
  isMarked: boolean;
}

/** A sentence cut where its marked words begin and end, as one clean line; what is long between them is shortened. */
export function quoteParts(quote: Quote): QuotePart[] {
  const parts: QuotePart[] = [];
  let from = 0;
  for (const { start, end } of quote.marks) {
    parts.push({ text: between(quote.text.slice(from, start), from === 0, false), isMarked: false });
    parts.push({ text: inLine(quote.text.slice(start, end)), isMarked: true });
    from = end;
  }
  parts.push({ text: between(quote.text.slice(from), from === 0, true), isMarked: false });
  return parts.filter(({ text }) => text !== '');
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
