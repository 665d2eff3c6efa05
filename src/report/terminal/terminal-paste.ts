import type { Snippet } from '../../review/suggest/page-lines.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { spacing } from '../words/sentence.ts';
import { indented, type Pen } from './terminal-pen.ts';

/** "Paste after a.md:5 (adds a section):" and what to paste, which is never wrapped. */
export function toPaste(snippet: Snippet, pen: Pen, start = 'Paste'): string {
  const { path, afterLine, purpose, text } = snippet;
  const where = afterLine === 0 ? `at the start of ${path}` : `after ${path}:${afterLine}`;
  const notes = [shortLine(purpose, LABEL_CHARACTERS), spacing(snippet)].filter((note) => note !== '').join('; ');
  return `${pen.wrap(`${start} ${cleanLine(where)}${notes && ` (${notes})`}:`, '  ')}\n\n${indented(text, '    ')}\n`;
}
