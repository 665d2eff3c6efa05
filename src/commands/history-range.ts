import { UsageFailure } from './usage-failure.ts';

/** Which changes were asked for. */
export interface Period {
  /** Seconds since the epoch. */
  since: number | null;
  /** Revisions as they were typed. */
  after: string | null;
  to: string;
}

const SPAN = /^(\d{1,4})[ .]?(day|week|month|year)s?(?:[ .]ago)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads `--since` and `--range`. Git would take any word for a date and most for today, so dates are read here.
 * @param now milliseconds since the epoch
 */
export function readPeriod({ since, range }: { since?: string; range?: string }, now: number): Period {
  return { since: since === undefined ? null : readDate(since.trim(), now), ...readRange(range ?? 'HEAD') };
}

function readDate(typed: string, now: number): number {
  const [, count, unit] = SPAN.exec(typed) ?? [];
  const time = unit === undefined ? readIso(typed) : before(now, Number(count), unit.toLowerCase());
  if (time === null)
    throw new UsageFailure(`"${typed}" is no date.`, 'Write `--since 2026-01-31`, or a span: `--since "6 months"`.');
  return Math.floor(time / 1000);
}

/** UTC where no zone is given; null for a day that no calendar has. */
function readIso(typed: string): number | null {
  if (!DATE.test(typed)) return null;
  const text = typed.replace(' ', 'T');
  const time = Date.parse(text.length === 10 || /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  const day = text.slice(0, 10);
  const isDay =
    new Date(`${day}T00:00:00Z`).toString() !== 'Invalid Date' &&
    new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return Number.isNaN(time) || !isDay ? null : time;
}

/** The first moment of the day so long ago. */
function before(now: number, count: number, unit: string): number {
  const date = new Date(now);
  date.setUTCHours(0, 0, 0, 0);
  const day = date.getUTCDate();
  if (unit === 'day' || unit === 'week') return date.setUTCDate(day - count * (unit === 'week' ? 7 : 1));
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count * (unit === 'year' ? 12 : 1));
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, days));
}

function readRange(typed: string): Pick<Period, 'after' | 'to'> {
  const [after, to, more] = typed.split('..') as [string, ...string[]];
  if (to === undefined) return { after: null, to: after };
  if (after === '' || more !== undefined || to.startsWith('.')) {
    throw new UsageFailure(
      `"${typed}" is no range of commits.`,
      'Write `--range A..B` for what B has and A has not; `A..` goes to HEAD, and `B` alone from the beginning.',
    );
  }
  return { after, to: to === '' ? 'HEAD' : to };
}
