import type { State } from '../../coverage/coverage.ts';
import type { StateCounts } from '../../review/replay/replay.ts';
import type { Review } from '../../review/review.ts';
import { count, grouped, SCENARIO } from '../words/sentence.ts';
import { countStates, required, STATES } from '../words/state-counts.ts';
import { blockOf, type CommentBlock } from './comment-blocks.ts';

/** Characters of every font: GitHub shows no picture from elsewhere without passing it on. */
const SQUARES: Record<State, string> = { covered: '🟩', partial: '🟨', missing: '🟥', waived: '⬜' };

/** A longer row would break on a telephone. */
const MOST_SQUARES = 20;

/** With fewer scenarios the numbers alone say as much. */
const FEWEST_SCENARIOS = 3;

/**
 * A row of squares with the numbers beside it, in Markdown. Up to twenty scenarios have a square each; of more, each
 * state has its share and one at the least. Whoever hears the page hears the numbers alone: GitHub keeps `aria-hidden`.
 * @param when "before: ", or nothing
 */
export function coverageSquares(counts: StateCounts, when = ''): string {
  const squares = shares(counts)
    .map((share, at) => SQUARES[STATES[at] as State].repeat(share))
    .join('');
  return `<span aria-hidden="true">${squares}</span> ${when}${inWords(counts)}`;
}

/** Coverage before → now; no item where the pull request changed none of the numbers. */
export function coverageChange({ scenarios }: Review): CommentBlock {
  const before = countStates(scenarios.map((scenario) => scenario.before.state));
  const now = countStates(scenarios.map((scenario) => scenario.after.state));
  const isChanged = scenarios.some(({ change }) => change !== 'unchanged') && isWorthShowing(before, now);
  const pictures = isChanged ? [`${twoRows(before, now, ['before', 'now'])}\n`] : [];
  return blockOf(['picture of the coverage', 'pictures of the coverage'], pictures, (picture) => picture);
}

/** Coverage now and with the registry that the pull request brings; empty where no number changes. */
export function previewSquares({ scenarios, preview }: Review): string {
  const states = new Map(scenarios.map(({ scenario, after }) => [scenario.id, after.state]));
  const now = countStates(states.values());
  for (const id of preview?.removed ?? []) states.delete(id);
  for (const { id, state } of preview?.added ?? []) states.set(id, state);
  for (const { id, after } of preview?.changed ?? []) states.set(id, after);
  const then = countStates(states.values());
  if (states.size === 0 || !isWorthShowing(now, then)) return '';
  return scenarios.length === 0 ? coverageSquares(then, 'then: ') : twoRows(now, then, ['now', 'then']);
}

function twoRows(from: StateCounts, to: StateCounts, [first, second]: readonly [string, string]): string {
  return `${coverageSquares(from, `${first}: `)}<br>\n${coverageSquares(to, `${second}: `)}`;
}

function isWorthShowing(from: StateCounts, to: StateCounts): boolean {
  return Math.max(total(from), total(to)) >= FEWEST_SCENARIOS && STATES.some((state) => from[state] !== to[state]);
}

function total(counts: StateCounts): number {
  return required(counts) + counts.waived;
}

/** "2 of 5 scenarios covered, 1 partial, 2 missing". */
function inWords(counts: StateCounts): string {
  const rest = (['partial', 'missing', 'waived'] as const).filter((state) => counts[state] > 0);
  const covered = `${grouped(counts.covered)} of ${count(required(counts), SCENARIO)} covered`;
  return [covered, ...rest.map((state) => `${grouped(counts[state])} ${state}`)].join(', ');
}

/** How many squares each state has. The largest one gives the squares that rounding adds to the others. */
function shares(counts: StateCounts): number[] {
  const all = total(counts);
  if (all <= MOST_SQUARES) return STATES.map((state) => counts[state]);
  const squares = STATES.map((state) =>
    counts[state] === 0 ? 0 : Math.max(1, Math.floor((counts[state] * MOST_SQUARES) / all)),
  );
  const largest = squares.indexOf(Math.max(...squares));
  squares[largest] = (squares[largest] as number) + MOST_SQUARES - squares.reduce((sum, n) => sum + n, 0);
  return squares;
}
