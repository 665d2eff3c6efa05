import type { State } from '../../coverage/coverage.ts';
import type { Counts, Review } from '../../review/review.ts';
import type { Block } from '../words/fit-bytes.ts';
import { count, SCENARIO } from '../words/sentence.ts';

/** How many scenarios are in each state. */
export type Tally = Pick<Counts, State>;

const STATES = ['covered', 'partial', 'missing', 'waived'] as const satisfies readonly State[];

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
export function coverageBar(tally: Tally, when = ''): string {
  const squares = shares(tally)
    .map((share, at) => SQUARES[STATES[at] as State].repeat(share))
    .join('');
  return `<span aria-hidden="true">${squares}</span> ${when}${tallyWords(tally)}`;
}

/** Coverage before → now; no item where the pull request changed none of the numbers. */
export function coverageChange({ scenarios }: Review): Block {
  const before = tallyOf(scenarios.map((scenario) => scenario.before.state));
  const now = tallyOf(scenarios.map((scenario) => scenario.after.state));
  const isChanged = scenarios.some(({ change }) => change !== 'unchanged') && isWorthShowing(before, now);
  return {
    open: '',
    items: isChanged ? [`${twoBars(before, now, ['before', 'now'])}\n`] : [],
    close: '',
    noun: ['picture of the coverage', 'pictures of the coverage'],
  };
}

/** Coverage now and with the registry that the pull request brings; empty where no number changes. */
export function previewBars({ scenarios, preview }: Review): string {
  const states = new Map(scenarios.map(({ scenario, after }) => [scenario.id, after.state]));
  const now = tallyOf([...states.values()]);
  for (const id of preview?.removed ?? []) states.delete(id);
  for (const { id, state } of preview?.added ?? []) states.set(id, state);
  for (const { id, after } of preview?.changed ?? []) states.set(id, after);
  const then = tallyOf([...states.values()]);
  if (states.size === 0 || !isWorthShowing(now, then)) return '';
  return scenarios.length === 0 ? coverageBar(then, 'then: ') : twoBars(now, then, ['now', 'then']);
}

function twoBars(from: Tally, to: Tally, [first, second]: readonly [string, string]): string {
  return `${coverageBar(from, `${first}: `)}<br>\n${coverageBar(to, `${second}: `)}`;
}

function isWorthShowing(from: Tally, to: Tally): boolean {
  return Math.max(total(from), total(to)) >= FEWEST_SCENARIOS && STATES.some((state) => from[state] !== to[state]);
}

function tallyOf(states: readonly State[]): Tally {
  const tally = { covered: 0, partial: 0, missing: 0, waived: 0 };
  for (const state of states) tally[state] += 1;
  return tally;
}

function total(tally: Tally): number {
  return STATES.reduce((sum, state) => sum + tally[state], 0);
}

/** "2 of 5 scenarios covered, 1 partial, 2 missing". */
function tallyWords(tally: Tally): string {
  const { covered, waived } = tally;
  const rest = (['partial', 'missing', 'waived'] as const).filter((state) => tally[state] > 0);
  const parts = rest.map((state) => `${tally[state].toLocaleString('en-US')} ${state}`);
  return [`${covered.toLocaleString('en-US')} of ${count(total(tally) - waived, SCENARIO)} covered`, ...parts].join(
    ', ',
  );
}

/** Squares for each state: what the rounding takes from the smaller ones, the largest gives. */
function shares(tally: Tally): number[] {
  const all = total(tally);
  if (all <= MOST_SQUARES) return STATES.map((state) => tally[state]);
  const squares = STATES.map((state) =>
    tally[state] === 0 ? 0 : Math.max(1, Math.floor((tally[state] * MOST_SQUARES) / all)),
  );
  const largest = squares.indexOf(Math.max(...squares));
  squares[largest] = (squares[largest] as number) + MOST_SQUARES - squares.reduce((sum, n) => sum + n, 0);
  return squares;
}
