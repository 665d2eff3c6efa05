import { isTellingCode } from '../telling-code.ts';
import { type Columns, nameColumns, type TicketField } from './columns.ts';
import { isFormula, plainLine } from './plain-line.ts';
import type { Table, TableRow } from './read-table.ts';

/** One row of an export: what one customer met once. */
export interface Ticket {
  line: number;
  /** In the ticket's own words; empty where there are none. */
  title: string;
  code: string | null;
  /** What stands in the place of a code and is none. */
  uncode: string;
  theme: string;
  quote: string;
  /** In one form, so that equal ones can be counted; empty where not known. */
  customer: string;
  /** How many customers the row stands for, where it says so. */
  customers: number;
  environment: string;
  page: string;
  date: string;
  cause: string;
  link: string;
  /** Names that stand in the row and must not be public. */
  names: string[];
}

export interface UnreadRow {
  line: number;
  title: string;
  why: string;
}

/** Longer texts are read no further: what a failure is stands at their beginning. */
const LONGEST_TEXT = 4000;

/** The rows of a table as tickets, and those that say nothing. */
export function ticketsOf({ columns: all, rows }: Table, columns: Columns): { tickets: Ticket[]; unread: UnreadRow[] } {
  const names = nameColumns(all, columns);
  const tickets: Ticket[] = [];
  const unread: UnreadRow[] = [];
  for (const row of rows) {
    const ticket = ticketOf(row, columns, names);
    const raw = row.cells.get(columns.title ?? columns.theme ?? columns.code ?? '') ?? '';
    if (ticket.title || ticket.code || ticket.theme) tickets.push(ticket);
    else if (isFormula(raw)) unread.push({ line: row.line, title: plainLine(raw), why: 'the cell is a formula' });
    else unread.push({ line: row.line, title: '(no title)', why: 'the row names no failure' });
  }
  return { tickets, unread };
}

function ticketOf({ line, cells }: TableRow, columns: Columns, names: readonly string[]): Ticket {
  const raw = (field: TicketField): string => cells.get(columns[field] ?? '')?.slice(0, LONGEST_TEXT) ?? '';
  const cell = (field: TicketField): string => (isFormula(raw(field)) ? '' : plainLine(raw(field)));
  const title = withoutLead(cell('title'));
  return {
    line,
    title,
    uncode: codeIn(cell('code')) === null ? cell('code') : '',
    code: codeIn(cell('code')) ?? codeInText(title) ?? codeInText(cell('quote')),
    theme: cell('theme'),
    quote: cell('quote'),
    customer: cell('customer').normalize('NFC').toLowerCase(),
    customers: /^\d{1,6}$/.test(cell('customers')) ? Number(cell('customers')) : 0,
    environment: cell('environment').toLowerCase(),
    page: cell('page'),
    date: cell('date'),
    cause: cell('cause'),
    link: cell('link'),
    names: names.flatMap((column) => namesIn(plainLine(cells.get(column) ?? ''))),
  };
}

/** "Re: Fwd: [EXTERNAL] Tokens are blank" is about blank tokens. */
function withoutLead(title: string): string {
  return title.replace(/^(?:(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:\s*|\[[^\]]{1,20}\]\s*)+/i, '');
}

/** A cell for codes may hold several, or a message. */
function codeIn(cell: string): string | null {
  if (cell === '') return null;
  const pieces = cell.split(/[,;|\s]+/).filter(isTellingCode);
  return pieces[0] ?? (/\s/.test(cell) && cell.length <= 120 && !/[{}]/.test(cell) ? cell : null);
}

const CODE_IN_TEXT =
  /(?<![\w/.@-])(?:[a-z]+(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:Error|Exception)|[A-Z]{1,4}\d{3,6})(?![\w/@-])/g;

const FAILS =
  /err|fail|exception|invalid|denied|declin|reject|expir|missing|unauthor|forbid|timeout|timed|exceed|limit|not_|_not|unknown|unsupported|refus|conflict|mismatch|revok|^[A-Z]{1,4}\d/i;

/** A code in running text, where it can be told by its look that it names a failure: `invalid_grant`, `ERR_4012`. */
function codeInText(text: string): string | null {
  for (const [code] of text.matchAll(CODE_IN_TEXT)) {
    if (isTellingCode(code) && FAILS.test(code) && !TICKET_NUMBER.test(code)) return code;
  }
  return null;
}

/** `SUP-1234` is a ticket, `HTTP-500` and `UTF-8` are no code of this product. */
const TICKET_NUMBER = /^[A-Z]{2,10}-\d+$/;

/** A cell that names somebody: its whole text, and of an e-mail address the domain's name. */
function namesIn(cell: string): string[] {
  if (cell.length < 3 || cell.length > 80 || !/\p{L}/u.test(cell)) return [];
  const domain = /@([\w-]{3,})\./.exec(cell)?.[1];
  return domain && !/^(?:gmail|outlook|hotmail|yahoo|icloud|example|proton|mail)$/i.test(domain)
    ? [cell, domain]
    : [cell];
}
