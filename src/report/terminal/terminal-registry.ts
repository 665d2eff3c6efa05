import type { ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Mistake } from '../../registry/registry.ts';
import type { ChangedEntry, RegistryAdditions } from '../../review/review.ts';
import { cleanLine } from '../words/clean-text.ts';
import { countSeverities } from '../words/finding-words.ts';
import { groupBy } from '../words/group-by.ts';
import { asSentence, capitalised, count, grouped, lackOf, listed, SCENARIO } from '../words/sentence.ts';
import { isOpen } from '../words/state-counts.ts';
import { unifiedDiff } from '../words/unified-diff.ts';
import { ENTRY_INDENT, explainHint, findingLines, findingList, scenarioEntry, upTo } from './terminal-parts.ts';
import { joined, type Pen, penFor, TERMINAL_SAY, type TerminalOptions } from './terminal-pen.ts';

/** What became of a change of the registry: its diff where it was not written, each entry, and what is doubtful. */
export function renderAdditionsTerminal(change: RegistryAdditions, options: TerminalOptions): string {
  const pen = penFor(options);
  return joined([
    change.unwritten === 'dry-run' ? diffLines(change, pen) : '',
    outcomeLine(change, pen),
    group(change, 'added', pen),
    group(change, 'updated', pen),
    group(change, 'skipped', pen),
    mistakesByKind(change, pen),
    nextStep(change, pen),
  ]);
}

/** The diff alone, for a person who is asked whether it is to be written. */
export function diffLines({ path, isNew, before, after }: RegistryAdditions, pen: Pen): string {
  const lines = unifiedDiff(before, after);
  if (lines.length === 0) return '';
  const { bold, cyan, green, red } = pen.colors;
  const color = (line: string) =>
    line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line.startsWith('@') ? cyan(line) : line;
  const names = [`--- ${isNew ? '/dev/null' : `a/${path}`}`, `+++ b/${path}`].map((name) => bold(cleanLine(name)));
  return [...names, ...lines.map((line) => color(visible(line)))].join('\n');
}

/** A diff is to be applied, so nothing of it is cut; a carriage return or an escape would only act on the terminal. */
function visible(line: string): string {
  return line.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, '');
}

function outcomeLine({ path, isNew, unwritten, entries, before, after }: RegistryAdditions, pen: Pen): string {
  const of = (action: ChangedEntry['action']) => entries.filter((entry) => entry.action === action).length;
  const [added, updated, skipped] = [of('added'), of('updated'), of('skipped')];
  if (unwritten === 'invalid') return pen.headline('bad', 'Nothing was written, for there are errors');
  const done = [
    ...(added > 0 ? [`${count(added, SCENARIO)} ${unwritten ? 'would be added' : 'added'} to ${cleanLine(path)}`] : []),
    ...(updated > 0 ? [`${updated} ${unwritten ? 'would be updated' : 'updated'}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const changed = before !== after;
  const text = changed ? listed(done) : ['Nothing to change', ...done].join(': ');
  const created = isNew && changed ? `, ${unwritten ? 'which would be new' : 'which is new'}` : '';
  return pen.headline(!changed || unwritten ? 'mixed' : 'good', text + created);
}

function group({ entries, unwritten }: RegistryAdditions, action: ChangedEntry['action'], pen: Pen): string {
  const mine = entries.filter((entry) => entry.action === action);
  if (unwritten === 'invalid') return '';
  const most = action === 'skipped' ? MOST_SKIPPED : MOST_ENTRIES;
  const note = (rest: number) =>
    pen.wrap(pen.colors.dim(`and ${grouped(rest)} more; --format json has all`), ENTRY_INDENT);
  const lines = upTo(most, mine, (entry) => entryLines(entry, pen), note);
  return pen.under(capitalised(action), lines);
}

/** Nobody reads on beyond so many at a terminal. */
const MOST_ENTRIES = 50;
const MOST_SKIPPED = 20;
const MOST_ALIKE = 2;

/** An import makes the same warning for each of its entries: a few of a kind, and how many there are. */
function mistakesByKind({ mistakes }: RegistryAdditions, pen: Pen): string {
  const note = (rest: number) => pen.wrap(pen.colors.dim(`and ${grouped(rest)} more of this kind`), '    ');
  const kinds = [...groupBy(mistakes, ({ advice }) => advice).values()];
  return kinds.flatMap((alike) => upTo(MOST_ALIKE, alike, (mistake) => findingLines(mistake, pen), note)).join('\n');
}

function entryLines({ action, id, title, source, why, coverage }: ChangedEntry, pen: Pen): string {
  const judged = action === 'skipped' ? null : coverage;
  const told = [id, why].filter(Boolean).join(': ');
  const notes = [cleanLine([told, source].filter(Boolean).join('; ')), ...(judged ? lackNote(judged) : [])];
  return scenarioEntry({ state: judged?.state ?? null, title, notes, at: judged?.evidence[0] }, pen);
}

function lackNote({ state, gaps }: ScenarioCoverage): string[] {
  if (!isOpen(state)) return [];
  const lack = lackOf(state, gaps, TERMINAL_SAY);
  return [asSentence(state === 'missing' ? capitalised(lack) : `Lacks ${lack}`)];
}

function nextStep({ entries, unwritten, before, after }: RegistryAdditions, pen: Pen): string {
  if (before === after) return '';
  const gap = entries.find(({ action, coverage }) => action !== 'skipped' && isOpen(coverage?.state ?? null));
  if (unwritten === 'invalid') return pen.wrap('Mend what is said above, and run it again.');
  if (unwritten === 'dry-run') return pen.wrap('Next: run it without --dry-run to write this.');
  return gap ? explainHint(`${gap.id} --rev WORKTREE`, pen) : '';
}

/** A registry's mistakes as a linter lists them, by file and line. */
export function renderMistakesTerminal(mistakes: readonly Mistake[], options: TerminalOptions): string {
  const pen = penFor(options);
  const { bold } = pen.colors;
  if (mistakes.length === 0) return `${pen.good} ${bold('No mistakes in the registry')}\n`;
  const files = [...groupBy(mistakes, ({ path }) => path).values()];
  const downwards = (a: Mistake, b: Mistake) => a.line - b.line || a.column - b.column;
  const { errors, warnings } = countSeverities(mistakes);
  const summary = [count(errors, ['error', 'errors']), count(warnings, ['warning', 'warnings'])].join(', ');
  return joined([
    ...files.map((mine) => findingList(mine.sort(downwards), pen)),
    `${errors > 0 ? pen.bad : pen.mixed} ${bold(`${count(mistakes.length, ['mistake', 'mistakes'])} (${summary})`)}`,
  ]);
}
