import type { Quote } from '../../coverage/coverage.ts';
import { quoteParts } from '../words/quote-parts.ts';
import type { Pen } from './terminal-pen.ts';

/** A sentence with its marked words underlined; without colours they stand between brackets. */
export function quoteLines(quote: Quote, pen: Pen, indent: string): string {
  const { bold, underline, isColorSupported } = pen.colors;
  const mark = (word: string) => (isColorSupported ? bold(underline(word)) : `[${word}]`);
  const parts = quoteParts(quote).map(({ text, isMarked }) => (isMarked ? mark(text) : text));
  return pen.wrap(parts.join('').trim(), indent);
}
