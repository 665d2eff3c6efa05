import { GRAVITIES } from '../../registry/registry.ts';
import type { Audit } from '../../review/review.ts';
import { isGap } from '../words/finding-words.ts';
import { groupBy } from '../words/group-by.ts';
import { capitalised, lackOf } from '../words/sentence.ts';
import { countStates, isOpen, percentCovered, required, STATES } from '../words/state-counts.ts';
import { addedBy, auditHeadline, auditResult, gravestFirst } from '../words/story.ts';
import { alsoNoticed, ENTRY_INDENT, explainHint, nearestLines, opening, scenarioEntry } from './terminal-parts.ts';
import { joined, type Pen, penFor, TERMINAL_SAY, type TerminalOptions } from './terminal-pen.ts';

type Audited = Audit['scenarios'][number];

/** Coverage at one commit for people at a prompt: how much, by gravity, and every gap. */
export function renderAuditTerminal(audit: Audit, options: TerminalOptions): string {
  const pen = penFor(options);
  const gaps = gravestFirst(audit).filter(({ coverage }) => isOpen(coverage.state));
  const [worst] = gaps;
  const others = audit.findings.filter((finding) => !isGap(finding));
  return joined([
    verdictLines(audit, pen),
    bar(audit, pen),
    table(audit, pen),
    ...Array.from(
      groupBy(gaps, ({ coverage }) => coverage.scenario.gravity),
      ([gravity, each]) =>
        pen.under(
          capitalised(gravity),
          each.map((gap) => scenarioLines(gap, pen)),
        ),
    ),
    alsoNoticed(others, pen),
    worst ? explainHint(worst.coverage.scenario.id, pen) : '',
  ]);
}

function verdictLines(audit: Audit, pen: Pen): string {
  const headline = auditHeadline(audit);
  const added = audit.verdict === 'fail' ? addedBy(audit.reason, headline) : '';
  return opening(auditResult(audit), headline, added, pen);
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

function table({ scenarios }: Audit, pen: Pen): string {
  const columns = pen.width < 48 ? 8 : 9;
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(6)}${cells.map((cell) => `${cell}`.padStart(columns)).join('')}`;
  const rows = GRAVITIES.toReversed().flatMap((gravity) => {
    const mine = scenarios.filter(({ coverage }) => coverage.scenario.gravity === gravity);
    const counts = countStates(mine.map(({ coverage }) => coverage.state));
    const cells = STATES.map((state) => counts[state]);
    return mine.length === 0 ? [] : [row(gravity, cells)];
  });
  return rows.length === 0 ? '' : [pen.colors.dim(row('', STATES)), ...rows].join('\n');
}

function scenarioLines({ coverage, nearMisses }: Audited, pen: Pen): string {
  const { scenario, state, gaps, evidence } = coverage;
  const lack = state === 'missing' ? 'named nowhere' : `lacks ${lackOf(state, gaps, TERMINAL_SAY)}`;
  const entry = { state, title: scenario.title, notes: [`${scenario.id}: ${lack}`], at: evidence[0] };
  const nearest = nearMisses.slice(0, 1).map((miss) => nearestLines(miss, pen, ENTRY_INDENT));
  return [scenarioEntry(entry, pen), ...nearest].join('\n');
}
