import { FORMATS, fits } from '../../text-formats.ts';
import { isSpaceless, namesFailure } from '../../words.ts';
import { codeInWords, type FoundCode, isTellingCode } from '../found-code.ts';
import type { ScenarioDraft } from '../scenario-draft.ts';
import { type Neutral, neutralTitle, type TicketGroup, titleKey } from './group-tickets.ts';
import { quotesOf, symptomOf } from './ticket-phrases.ts';

/** A failure that a file reports, before it is compared with the registry. */
export interface ToldFailure {
  draft: Omit<ScenarioDraft, 'id'>;
  /** Where it stands first, such as `tickets.csv:12`. */
  source: string;
  /** What it was drafted from: "4 tickets, 3 customers". */
  why: string;
  /** Why it cannot be a scenario; null where it can. */
  problem: string | null;
}

const MOST_PAGES = 3;
const MOST_CAUSE_WORDS = 6;

/** Drafts a scenario from a code that was found in sources or in an API description. */
export function draftCode({ code, title, path, line, count }: FoundCode): ToldFailure {
  return {
    draft: { title: capitalised(title ?? codeInWords(code)), codes: [code] },
    source: `${path}:${line}`,
    why: count === 1 ? '' : plural(count, 'place'),
    problem: isTellingCode(code) || /\s/.test(code) ? null : `${code} cannot be told from running text`,
  };
}

/** Drafts a scenario from tickets of one failure. `path` names their file; `neutral` hides the names of all tickets. */
export function draftTickets(
  group: TicketGroup,
  path: string,
  neutral: Neutral,
  dayFirst: boolean | null,
): ToldFailure {
  const { code, tickets } = group;
  const customers = customersOf(group);
  const impact = impactOf(group, customers, dayFirst);
  const title = neutralTitle(group.title, [], neutral) || (code ? codeInWords(code) : '');
  const fields = {
    title: capitalised(title),
    causes: distinct(tickets.map(({ cause }) => cause)).filter(
      (cause) => cause.split(/\s+/).length <= MOST_CAUSE_WORDS,
    ),
    links: distinct(tickets.map(({ link }) => link)).filter((link) => fits(link, FORMATS.link)),
    pages: distinct(tickets.map(({ page }) => pageOf(page))).slice(0, MOST_PAGES),
    ...(impact && { impact }),
    quotes: quotesOf(tickets, neutral),
  };
  const named = code ? { codes: [code] } : symptomFields(title, fields.quotes);
  return {
    draft: { ...fields, ...named },
    source: `${path}:${tickets[0]!.line}`,
    why: [plural(tickets.length, 'ticket'), ...(customers > 0 ? [plural(customers, 'customer')] : [])].join(', '),
    problem: problemOf(title, named, tickets[0]!.unusableCode),
  };
}

/** Begins a title with a capital letter, unless it begins with an identifier. */
function capitalised(title: string): string {
  return /^\p{Ll}+(?:\s|$)/u.test(title) ? title[0]!.toUpperCase() + title.slice(1) : title;
}

function symptomFields(title: string, quotes: readonly string[]): Partial<ScenarioDraft> {
  const own = symptomOf(title);
  const found = own ?? quotes.map(symptomOf).find((symptom) => symptom && sharesWord(symptom.phrase, title));
  if (!found) return {};
  const unsure = own === null || found.unsure;
  return { symptoms: [found.phrase], ...(unsure && { comments: { symptoms: 'check this phrase' } }) };
}

/** Whether a phrase of a ticket's text is about what its title is about. */
function sharesWord(phrase: string, title: string): boolean {
  const words = titleKey(title).split(' ');
  return titleKey(phrase)
    .split(' ')
    .some((word) => words.includes(word));
}

function problemOf(title: string, named: Partial<ScenarioDraft>, unusableCode: string): string | null {
  if (title === '') return 'nothing is left of its title without names and numbers';
  if (named.codes ?? named.symptoms) return null;
  if (unusableCode !== '')
    return `${unusableCode.slice(0, 40)} cannot be told from running text, and no phrase could be made`;
  const fails = title.split(/\s+/).some((word) => namesFailure(word));
  if (fails) return 'its title has one word that counts, and a phrase needs two';
  return isSpaceless(title)
    ? 'its title is too long for a phrase'
    : 'no code, and no word for a failure such as fails or missing';
}

function customersOf({ tickets }: TicketGroup): number {
  const named = distinct(tickets.map(({ customer }) => customer)).length;
  const stated = tickets.reduce((sum, { customers }) => sum + customers, 0);
  return Math.max(named, stated);
}

function impactOf(
  { tickets }: TicketGroup,
  customers: number,
  dayFirst: boolean | null,
): ScenarioDraft['impact'] | null {
  const environment = environmentOf(tickets.map((ticket) => ticket.environment));
  const dates = tickets.map(({ date }) => date);
  const recurring = isRecurring(dates, dayFirst);
  if (customers === 0 && !environment && !recurring) return null;
  return {
    ...(customers > 0 && { customers }),
    ...(environment && { environment }),
    ...(recurring && { recurring }),
  };
}

/** Production if any ticket names it, else the environment that most tickets name. */
function environmentOf(names: readonly string[]): string {
  if (names.some((name) => /^(?:prod|production|live)$/.test(name))) return 'production';
  const counts = new Map<string, number>();
  for (const name of names) if (name !== '' && name.length <= 40) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number])[0];
}

/** A URL or route as the route of a page; other texts as a path under the docs root. Empty for neither. */
function pageOf(page: string): string {
  const route = /^https?:\/\/[^/\s]+(\/[^?#\s]*)/.exec(page)?.[1] ?? /^\/[^?#\s]*/.exec(page)?.[0];
  if (route !== undefined) return route.replace(/(?<=.)\/+$/, '');
  return /^[\w./-]+$/.test(page) && page.includes('/') ? page.replace(/\.mdx?$/, '') : '';
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter(Boolean);
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Whether dates lie in more than one month. Dates that cannot be read, or read in two ways, do not count. */
export function isRecurring(dates: readonly string[], dayFirst: boolean | null): boolean {
  return new Set(dates.map((date) => monthOf(date, dayFirst)).filter((month) => month !== null)).size > 1;
}

/** Whether dates such as `a/b/year` begin with the day; null where all of them can be read both ways. */
export function isDayFirst(dates: readonly string[]): boolean | null {
  for (const date of dates) {
    const [, a, b] = SLASHED.exec(date) ?? [];
    if (Number(a) > 12) return true;
    if (Number(b) > 12) return false;
  }
  return null;
}

const SLASHED = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/;

/** The month of a date as `2026-03`; null where it cannot be read. */
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
