const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Whether dates lie in more than one month. Dates that cannot be read, or read in two ways, do not count. */
export function isRecurring(dates: readonly string[], dayFirst: boolean | null): boolean {
  return new Set(dates.map((date) => monthOf(date, dayFirst)).filter((month) => month !== null)).size > 1;
}

/** Whether `a/b/year` begins with the day, by dates that can be read in one way only; null where none is. */
export function isDayFirst(dates: readonly string[]): boolean | null {
  for (const date of dates) {
    const [, a, b] = SLASHED.exec(date) ?? [];
    if (Number(a) > 12) return true;
    if (Number(b) > 12) return false;
  }
  return null;
}

const SLASHED = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/;

/** `2026-03`, or null. */
function monthOf(date: string, dayFirst: boolean | null): string | null {
  const iso = /^\s*(\d{4})[-/.](\d{1,2})\b/.exec(date);
  if (iso) return month(Number(iso[1]), Number(iso[2]));
  const slashed = SLASHED.exec(date);
  // German and others write dots and always begin with the day.
  const first = date.includes('.') ? true : dayFirst;
  if (slashed) return first === null ? null : month(Number(slashed[3]), Number(first ? slashed[2] : slashed[1]));
  const named = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-].*?\b(\d{4})\b/i.exec(date);
  if (named) return month(Number(named[2]), MONTHS.indexOf(named[1]!.toLowerCase()) + 1);
  const seconds = /^\s*(\d{10})(?:\d{3})?\s*$/.exec(date);
  return seconds ? new Date(Number(seconds[1]) * 1000).toISOString().slice(0, 7) : null;
}

function month(year: number, number: number): string | null {
  return number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : null;
}
