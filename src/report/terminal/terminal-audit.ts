import { GRAVITIES, type Gravity } from '../../registry/registry.ts';
import type { Audit } from '../../review/review.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { isGap } from '../words/finding-words.ts';
import { TITLE_CHARACTERS } from '../words/limits.ts';
import { capitalised, lackOf, placeOf } from '../words/sentence.ts';
import { countStates, percentCovered, required, STATES } from '../words/state-counts.ts';
import { addedBy, auditHeadline } from '../words/story.ts';
import { alsoNoticed, nearestLines } from './terminal-parts.ts';
import {
  headline,
  joined,
  type Pen,
  padColumns,
  penFor,
  stacked,
  TERMINAL_SAY,
  type TerminalOptions,
  under,
} from './terminal-pen.ts';

type Audited = Audit['scenarios'][number];

/** Coverage at one commit for people at a prompt: how much, by gravity, and every gap. */
export function renderAuditTerminal(audit: Audit, options: TerminalOptions): string {
  const pen = penFor(options);
  const gravities = GRAVITIES.toReversed();
  const gaps = gravities.map((gravity) => ({ gravity, scenarios: gapsOf(audit, gravity) }));
  const others = audit.findings.filter((finding) => !isGap(finding));
  return joined([
    verdictLines(audit, pen),
    bar(audit, pen),
    table(audit, gravities, pen),
    ...gaps.map(({ gravity, scenarios }) => {
      const lines = scenarios.map((gap) => scenarioLines(gap, pen));
      return under(capitalised(gravity), lines, pen);
    }),
    alsoNoticed(others, pen),
    nextStep(gaps.flatMap(({ scenarios }) => scenarios)[0], pen),
  ]);
}

function verdictLines(audit: Audit, pen: Pen): string {
  const text = auditHeadline(audit);
  const good = audit.verdict === 'pass' && audit.counts.partial + audit.counts.missing === 0;
  const symbol = audit.verdict === 'fail' ? pen.bad : good ? pen.good : pen.mixed;
  const added = audit.verdict === 'fail' ? addedBy(audit.reason, text) : '';
  return stacked([headline(symbol, text, pen), added && pen.wrap(added, '  ')]);
}

function bar({ counts }: Audit, pen: Pen): string {
  const percent = percentCovered(counts);
  if (percent === null) return '';
  const columns = Math.min(40, pen.width - 10);
  const full = Math.floor((counts.covered * columns) / required(counts));
  const half = Math.min(columns - full, Math.ceil((counts.partial * columns) / required(counts)));
  const { green, yellow, dim } = pen.colors;
  return `  ${green('█'.repeat(full))}${yellow('▒'.repeat(half))}${dim('░'.repeat(columns - full - half))} ${percent} %`;
}

function table({ scenarios }: Audit, gravities: readonly Gravity[], pen: Pen): string {
  const columns = pen.width < 48 ? 8 : 9;
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(6)}${cells.map((cell) => `${cell}`.padStart(columns)).join('')}`;
  const rows = gravities.flatMap((gravity) => {
    const mine = scenarios.filter(({ coverage }) => coverage.scenario.gravity === gravity);
    const counts = countStates(mine.map(({ coverage }) => coverage.state));
    return mine.length === 0
      ? []
      : [
          row(
            gravity,
            STATES.map((state) => counts[state]),
          ),
        ];
  });
  return rows.length === 0 ? '' : [pen.colors.dim(row('', STATES)), ...rows].join('\n');
}

function gapsOf(audit: Audit, gravity: Gravity): Audited[] {
  const mine = audit.scenarios.filter(({ coverage }) => coverage.scenario.gravity === gravity);
  return ['missing', 'partial'].flatMap((state) => mine.filter(({ coverage }) => coverage.state === state));
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
    ...nearMisses.slice(0, 1).map((miss) => nearestLines(miss, pen, indent)),
  ].join('\n');
}

function nextStep(worst: Audited | undefined, pen: Pen): string {
  if (worst === undefined) return '';
  const command = pen.colors.bold(`signpost explain ${worst.coverage.scenario.id}`);
  return pen.wrap(`Next: ${command} shows every section that was looked at.`);
}
