import type { Mistake } from '../../registry/registry.ts';
import { tally } from '../words/mistake-finding.ts';
import { count, type Noun } from '../words/sentence.ts';
import { findingLines } from './terminal-findings.ts';
import { joined, penFor, type TerminalOptions } from './terminal-pen.ts';

const MISTAKE: Noun = ['mistake', 'mistakes'];

/** A registry's mistakes as a linter lists them, by file and line. */
export function renderMistakesTerminal(mistakes: readonly Mistake[], options: TerminalOptions): string {
  const pen = penFor(options);
  const { green, red, yellow, bold } = pen.colors;
  if (mistakes.length === 0) return `${green('✔')} ${bold('No mistakes in the registry')}\n`;
  const { errors, warnings } = tally(mistakes);
  const summary = [count(errors, ['error', 'errors']), count(warnings, ['warning', 'warnings'])].join(', ');
  const symbol = errors > 0 ? red('✖') : yellow('▲');
  return joined([
    ...byFile(mistakes).map((mine) => mine.map((mistake) => findingLines(mistake, pen)).join('\n')),
    `${symbol} ${bold(`${count(mistakes.length, MISTAKE)} (${summary})`)}`,
  ]);
}

/** Files in the order in which they first occur, each one's mistakes from top to bottom. */
function byFile(mistakes: readonly Mistake[]): Mistake[][] {
  const files = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const mine = files.get(mistake.path);
    if (mine) mine.push(mistake);
    else files.set(mistake.path, [mistake]);
  }
  return [...files.values()].map((mine) => mine.sort((a, b) => a.line - b.line || a.column - b.column));
}
