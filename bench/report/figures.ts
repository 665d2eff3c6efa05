import { cpuRatios, type Summary, summarize, wallRatios } from '../measure/statistics.ts';
import type { Budget, Result, Unit } from '../results.ts';

/** What a row came to, in the words of every table. */
export interface Figures {
  value: Summary;
  unit: Unit;
  /** Multiple of CPU time. */
  cpu: Summary | null;
  /** Seconds of wall time that the work itself took. */
  seconds: Summary | null;
  peakMiB: number | null;
  /** Null without a budget. */
  isMet: boolean | null;
}

/** Null for a row that was skipped. */
export function figuresOf({ measured, budget }: Result): Figures | null {
  if (measured.kind === 'skipped') return null;
  if (measured.kind === 'values') {
    const value = summarize(measured.values);
    return { value, unit: measured.unit, cpu: null, seconds: null, peakMiB: null, isMet: isMet(value, budget) };
  }
  const value = summarize(wallRatios(measured.pairs));
  const cpu = cpuRatios(measured.pairs);
  const peaks = measured.pairs.flatMap(({ b }) => b.peakMiB ?? []);
  return {
    ...{ value, unit: '×', isMet: isMet(value, budget) },
    cpu: cpu === null ? null : summarize(cpu),
    seconds: summarize(measured.pairs.map(({ b }) => b.wallMs / 1000)),
    peakMiB: peaks.length > 0 ? Math.max(...peaks) : null,
  };
}

const isMet = ({ median }: Summary, budget: Budget | null) => (budget === null ? null : median <= budget.most);

/** `1.2×`, `41 ms`, `6 calls`. */
export function amount(value: number, unit: Unit): string {
  return unit === '×' ? `${significant(value)}×` : `${unit === 'calls' ? value : significant(value)} ${unit}`;
}

export const budgetText = (budget: Budget | null): string =>
  budget === null ? '' : `≤ ${budget.most}${budget.unit === '×' ? '×' : ` ${budget.unit}`}`;

/** Median with least and most, or one number where there is only one. */
export function spread({ median, min, max }: Summary, unit: Unit): string {
  if (min === max) return amount(median, unit);
  return `${amount(median, unit)} (${significant(min)} – ${significant(max)})`;
}

/** Two digits that count; three from 100. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const digits = value >= 100 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(digits, 4));
}
