import type { CoveragePoint, Replay, ReplayedMerge, ReplayedScenario } from '../../review/replay/replay.ts';
import { cleanLine } from '../words/clean-text.ts';
import { count, grouped, listed, listedUpTo, type Noun, SCENARIO, shortCommit } from '../words/sentence.ts';
import { percentCovered } from '../words/state-counts.ts';
import { upTo } from './terminal-parts.ts';
import { fitColumns, joined, type Pen, padColumns, penFor, type TerminalOptions } from './terminal-pen.ts';

const CHANGE: Noun = ['change', 'changes'];
const MORE: Noun = ['more change', 'more changes'];
const MOST_MERGES = 15;
const MOST_SCENARIOS = 10;
const COLUMN = 10;

/** A replay for people at a prompt: what it came to, the changes that were told something, what told it most. */
export function renderReplayTerminal(replay: Replay, options: TerminalOptions): string {
  const pen = penFor(options);
  const told = replay.merges.filter((merge) => merge.verdict !== 'pass' || merge.commented).reverse();
  return joined([
    outcomeLines(replay, pen),
    curve(replay, pen),
    toldLines(told, pen),
    noisiest(replay.scenarios, pen),
    nextStep(replay, told, pen),
  ]);
}

function outcomeLines({ totals, range, registry, gate, merges }: Replay, pen: Pen): string {
  const result = totals.failed > 0 ? 'bad' : totals.commented + totals.notJudged > 0 ? 'mixed' : 'good';
  const [first, last] = [merges[0]?.date.slice(0, 10), merges.at(-1)?.date.slice(0, 10)];
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
  const source = `${cleanLine(registry.source)}${registry.commit === null ? '' : ` at ${shortCommit(registry.commit)}`}`;
  const gated =
    gate.block === 'off' ? 'gate off' : `gate ${gate.block}${gate.from === 'low' ? '' : `, from ${gate.from}`}`;
  const commits = `${shortCommit(range.from)}..${shortCommit(range.to)}`;
  return [
    pen.headline(result, `${count(totals.merges, CHANGE)}: ${whatCame(totals)}`),
    pen.wrap(pen.colors.dim(`Merged ${when} (${commits}), judged by ${source}, ${gated}.`), '  '),
  ].join('\n');
}

function whatCame({ failed, commented, quiet, notJudged }: Replay['totals']): string {
  const outcomes: [number, string][] = [
    [failed, 'would have failed'],
    [commented, 'would have passed with a comment'],
    [quiet, 'would have passed in silence'],
    [notJudged, 'could not be judged'],
  ];
  const words = outcomes.filter(([n]) => n > 0).map(([n, what]) => `${grouped(n)} ${what}`);
  return listed(words.map((each, at) => (at === 0 ? each : each.replace('would have ', ''))));
}

function curve({ coverage }: Replay, pen: Pen): string {
  const drawn = coverageCurve(coverage, Math.min(40, pen.width - 34));
  if (drawn === null) return '';
  const { bars, first, last, least, most } = drawn;
  const span = least === most ? '' : pen.colors.dim(` (${least} to ${most} %)`);
  return `${pen.colors.bold('Covered')}  ${first} % ${pen.colors.green(bars)} ${last} %${span}`;
}

function toldLines(told: readonly ReplayedMerge[], pen: Pen): string {
  const note = (rest: number) => pen.colors.dim(pen.wrap(`and ${count(rest, MORE)}, all in --format json.`, '  '));
  const lines = upTo(MOST_MERGES, told, (merge) => mergeLines(merge, pen), note);
  return pen.under('Told something, newest first', lines);
}

/** `✖ 2026-01-31 #812    Title`, with what was said below. */
function mergeLines({ verdict, date, pullRequest, commit, title, ...told }: ReplayedMerge, pen: Pen): string {
  const symbol = verdict === 'fail' ? pen.bad : pen.mixed;
  const named = pullRequest === null ? shortCommit(commit) : `#${pullRequest}`;
  const start = `${date.slice(0, 10)} ${padColumns(named, 7)}  `;
  const line = `${symbol} ${start}${fitColumns(cleanLine(title), pen.width - start.length - 3)}`;
  const said = verdict === 'not-judged' ? told.reason : whatWasSaid(told);
  return `${line}\n${pen.colors.dim(pen.wrap(cleanLine(said), '    '))}`;
}

function whatWasSaid({ findings, changes }: Pick<ReplayedMerge, 'findings' | 'changes'>): string {
  const blocking = idsOf(findings.filter((finding) => finding.blocking));
  const others = idsOf(findings.filter((finding) => !finding.blocking)).filter((id) => !blocking.includes(id));
  const better = changes.filter(({ change }) => change === 'improved').map(({ id }) => id);
  const parts: [string[], string][] = [
    [blocking, blocking.length === 1 ? 'blocks' : 'block'],
    [others, others.length === 1 ? 'needs work' : 'need work'],
    [better, 'improved'],
  ];
  return parts.flatMap(([ids, verb]) => (ids.length === 0 ? [] : [`${listedUpTo(3, ids)} ${verb}`])).join('; ');
}

function idsOf(findings: ReplayedMerge['findings']): string[] {
  return [...new Set(findings.flatMap(({ scenario, kind }) => scenario ?? kind))];
}

function noisiest(scenarios: readonly ReplayedScenario[], pen: Pen): string {
  const noisy = scenarios.filter(({ findings, worsened, improved }) => findings + worsened + improved > 0);
  if (noisy.length === 0) return '';
  const head = `${['failed', 'findings', 'worse', 'better'].map((word) => word.padStart(COLUMN)).join('')}  ${'now'.padEnd(7)}  `;
  const note = (rest: number) => pen.colors.dim(pen.wrap(`and ${count(rest, SCENARIO)} more.`, '  '));
  const lines = upTo(MOST_SCENARIOS, noisy, (scenario) => scenarioLine(scenario, pen, head.length), note);
  return pen.under('Noisiest scenarios', [pen.colors.dim(head.trimEnd()), ...lines]);
}

function scenarioLine(scenario: ReplayedScenario, pen: Pen, indent: number): string {
  const { id, blocked, findings, worsened, improved, lastState } = scenario;
  const numbers = [blocked, findings, worsened, improved].map((n) => grouped(n).padStart(COLUMN)).join('');
  const name = fitColumns(id, Math.max(12, pen.width - indent));
  return `${numbers}  ${(lastState ?? '').padEnd(7)}  ${name}`;
}

function nextStep({ scenarios, registry }: Replay, told: readonly ReplayedMerge[], pen: Pen): string {
  const [merge] = told.filter(({ verdict }) => verdict !== 'not-judged');
  const [noisiestOne] = scenarios;
  if (!merge || !noisiestOne) return '';
  const by = registry.commit === null ? ` --registry ${cleanLine(registry.source)}` : '';
  const review = `signpost review --base ${shortCommit(merge.parent)} --head ${shortCommit(merge.head)}${by}`;
  return pen.wrap(`Next: ${pen.colors.bold(review)} shows all that the newest of them would have been told.`);
}

const BARS = '▁▂▃▄▅▆▇█';

/**
 * Coverage over time in per cent of the scenarios that are not waived: one bar for each stretch of time, as it was at
 * its end, and the numbers at both ends and at the extremes; null where there is nothing to draw.
 */
export function coverageCurve(points: readonly CoveragePoint[], columns: number) {
  const shares = points.map(({ date, counts }) => ({ at: Date.parse(date), share: percentCovered(counts) ?? 100 }));
  const [start, end] = [shares[0], shares.at(-1)];
  if (!start || !end || shares.length < 2) return null;
  const values = shares.map(({ share }) => share);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  let at = 0;
  let bars = '';
  for (let column = 1; column <= columns; column += 1) {
    const until = start.at + ((end.at - start.at) * column) / columns;
    const isLast = column === columns;
    const next = shares.findIndex(({ at: time }, index) => index > at && time > until);
    at = isLast || next < 0 ? shares.length - 1 : next - 1;
    const level =
      most === least ? 3 : Math.round((((shares[at]?.share ?? 0) - least) * (BARS.length - 1)) / (most - least));
    bars += BARS[level];
  }
  return { bars, first: start.share, last: end.share, least, most };
}
