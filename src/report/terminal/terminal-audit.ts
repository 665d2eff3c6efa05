import type { State } from '../../coverage/coverage.ts';
import { GRAVITIES, type Gravity } from '../../registry/registry.ts';
import type { Audit } from '../../review/review.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { TITLE_CHARACTERS } from '../words/limits.ts';
import { forAuthor } from '../words/near-miss-words.ts';
import { capitalised, lackOf, placeOf } from '../words/sentence.ts';
import { addedBy, auditHeadline, isGap } from '../words/story.ts';
import { alsoNoticed, nearMissLines } from './terminal-findings.ts';
import { joined, type Pen, padColumns, penFor, TERMINAL_SAY, type TerminalOptions } from './terminal-pen.ts';

type Audited = Audit['scenarios'][number];

const STATES: readonly State[] = ['covered', 'partial', 'missing', 'waived'];

/** Coverage at one commit for people at a prompt: how much, by gravity, and every gap. */
export function renderAuditTerminal(audit: Audit, options: TerminalOptions): string {
  const pen = penFor(options);
  const gravities = GRAVITIES.toReversed();
  const gaps = gravities.map((gravity) => ({ gravity, scenarios: gapsOf(audit, gravity) }));
  const others = audit.findings.filter((finding) => !isGap(finding));
  return joined([
    headline(audit, pen),
    bar(audit, pen),
    table(audit, gravities, pen),
    ...gaps.map(({ gravity, scenarios }) => gapLines(scenarios, gravity, pen)),
    alsoNoticed(others, pen),
    next(gaps.flatMap(({ scenarios }) => scenarios)[0], pen),
  ]);
}

function headline(audit: Audit, pen: Pen): string {
  const { bold, green, red, yellow } = pen.colors;
  const text = auditHeadline(audit);
  const good = audit.verdict === 'pass' && audit.counts.partial + audit.counts.missing === 0;
  const symbol = audit.verdict === 'fail' ? red('✖') : good ? green('✔') : yellow('▲');
  const added = audit.verdict === 'fail' ? addedBy(audit.reason, text) : '';
  const reason = added && `\n${pen.wrap(added, '  ')}`;
  return pen.wrap(bold(text), '  ', `${symbol} `) + reason;
}

function bar({ counts: { covered, partial, missing } }: Audit, pen: Pen): string {
  const required = covered + partial + missing;
  if (required === 0) return '';
  const columns = Math.min(40, pen.width - 10);
  const full = Math.floor((covered * columns) / required);
  const half = Math.min(columns - full, Math.ceil((partial * columns) / required));
  const { green, yellow, dim } = pen.colors;
  const percent = Math.floor((covered * 100) / required);
  return `  ${green('█'.repeat(full))}${yellow('▒'.repeat(half))}${dim('░'.repeat(columns - full - half))} ${percent} %`;
}

function table({ scenarios }: Audit, gravities: readonly Gravity[], pen: Pen): string {
  const tally = new Map<string, number>();
  for (const { coverage } of scenarios) {
    const key = `${coverage.scenario.gravity} ${coverage.state}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const columns = pen.width < 48 ? 8 : 9;
  const rows = gravities
    .map((gravity) => ({ gravity, numbers: STATES.map((state) => tally.get(`${gravity} ${state}`) ?? 0) }))
    .filter(({ numbers }) => numbers.some((n) => n > 0))
    .map(({ gravity, numbers }) => `  ${gravity.padEnd(6)}${numbers.map((n) => `${n}`.padStart(columns)).join('')}`);
  return rows.length === 0
    ? ''
    : [pen.colors.dim(`  ${''.padEnd(6)}${STATES.map((s) => s.padStart(columns)).join('')}`), ...rows].join('\n');
}

function gapsOf(audit: Audit, gravity: Gravity): Audited[] {
  const mine = audit.scenarios.filter(({ coverage }) => coverage.scenario.gravity === gravity);
  return ['missing', 'partial'].flatMap((state) => mine.filter(({ coverage }) => coverage.state === state));
}

function gapLines(gaps: Audited[], gravity: Gravity, pen: Pen): string {
  if (gaps.length === 0) return '';
  return [pen.colors.bold(capitalised(gravity)), ...gaps.map((gap) => scenarioLines(gap, pen))].join('\n');
}

function scenarioLines({ coverage, nearMisses }: Audited, pen: Pen): string {
  const { scenario, state, gaps, evidence } = coverage;
  const color = state === 'missing' ? pen.colors.red : pen.colors.yellow;
  const indent = ' '.repeat(11);
  const [at] = evidence;
  const lack = state === 'missing' ? 'named nowhere' : `lacks ${lackOf(state, gaps, TERMINAL_SAY)}`;
  return [
    pen.wrap(shortLine(scenario.title, TITLE_CHARACTERS), indent, color(padColumns(`  ${state}`, 11))),
    pen.wrap(pen.colors.dim(`${scenario.id}: ${lack}`), indent),
    ...(at ? [`${indent}${pen.colors.cyan(cleanLine(placeOf(at)))}`] : []),
    ...nearMisses.slice(0, 1).map((miss) => nearMissLines(forAuthor(miss), pen, indent)),
  ].join('\n');
}

function next(worst: Audited | undefined, pen: Pen): string {
  if (worst === undefined) return '';
  const command = pen.colors.bold(`signpost explain ${worst.coverage.scenario.id}`);
  return pen.wrap(`Next: ${command} shows every section that was looked at.`);
}
