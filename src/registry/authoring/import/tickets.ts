import { suggest } from '../../suggest.ts';
import { isTellingCode } from '../found-code.ts';
import { ImportMistake } from './import-mistake.ts';
import type { Table, TableRow } from './read-table.ts';

/**
 * What a column of an export may tell → the names that helpdesks, trackers and spreadsheets give to such columns, best
 * first; only letters count.
 */
const TICKET_FIELDS = {
  title: 'title subject summary ticketsubject issuesummary headline issue problem question fieldssummary',
  code: 'code errorcode error errorname exception errormessage errorid fieldscode',
  theme: 'theme topic cluster subcategory category issuetype contactreason',
  quote: 'quote body description firstmessage firstcomment message comment text content details fieldsdescription',
  customer:
    'customer customername account accountname company companyname organization organisation organizationname org ' +
    'client clientname tenant workspace requesterorganization requester requesteremail email',
  customers: 'customers customercount numberofcustomers affectedcustomers accounts',
  environment: 'environment env stage deployment fieldsenvironment',
  page: 'page pageurl docspage docsurl docurl article articleurl url',
  date: 'date created createdat createddate creationdate createdon opened openedat reported reportedat timestamp fieldscreated',
  cause: 'cause rootcause',
  link: 'link fix fixlink solutionlink',
} as const;

type TicketField = keyof typeof TICKET_FIELDS;

const FIELDS = Object.keys(TICKET_FIELDS) as TicketField[];

export type Columns = Partial<Record<TicketField, string>>;

/** Names of columns that name somebody: their cells must not come into a registry, whatever is mapped. */
const NAMES =
  /customer|account|company|organi[sz]ation|client|tenant|requester|reporter|author|assignee|agent|user|name|contact|email|phone/i;

/**
 * Finds the column of each field: the one that `map` names (`title=Subject,code=Error`), else one with a usual name.
 * With `title=` there is none.
 * @throws {ImportMistake} for a field or a column that does not exist, and if no column names the failure
 */
export function mapColumns(columns: readonly string[], map: readonly string[]): Columns {
  const mapped = parseMap(map, columns);
  const found: Columns = {};
  const free = new Set(columns.filter((column) => !Object.values(mapped).includes(column)));
  for (const field of FIELDS) {
    const column = mapped[field] === undefined ? guess(field, free) : mapped[field];
    if (!column) continue;
    found[field] = column;
    free.delete(column);
  }
  if (found.title ?? found.code ?? found.theme) return found;
  const message = `no column for title, code or theme among ${listed(columns)}`;
  throw new ImportMistake(1, message, `Say which: --map title=${argument(columns[0]!)}`);
}

/** The columns whose cells are names. */
export function nameColumns(
  columns: readonly string[],
  { customer, title, code, theme, environment }: Columns,
): string[] {
  const told = [title, code, theme, environment];
  return columns.filter((column) => !told.includes(column) && (column === customer || NAMES.test(column)));
}

function parseMap(map: readonly string[], columns: readonly string[]): Columns {
  const found: Columns = {};
  // A comma parts two pairs only where a field's name follows, for names of columns may hold commas.
  for (const pair of map.flatMap((given) => given.split(/,(?=\s*\w+\s*=)/))) {
    const [, field = '', column = ''] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
    const known = FIELDS.find((each) => each === field);
    if (!known) throw noField(field || pair.trim());
    found[known] = column === '' ? '' : columnNamed(column, columns);
  }
  return found;
}

function noField(name: string): ImportMistake {
  const near = suggest(name, FIELDS);
  const meant = near ? `Did you mean ${near}? ` : '';
  return new ImportMistake(null, `--map knows no field "${name}"`, `${meant}It knows ${FIELDS.join(', ')}.`);
}

function columnNamed(name: string, columns: readonly string[]): string {
  const same = columns.find((column) => column === name) ?? columns.find((column) => letters(column) === letters(name));
  if (same !== undefined) return same;
  const near = suggest(name, columns);
  const meant = near === null ? '' : `Did you mean ${JSON.stringify(near)}? `;
  throw new ImportMistake(1, `no column is called ${JSON.stringify(name)}`, `${meant}There are ${listed(columns)}.`);
}

function listed(columns: readonly string[]): string {
  const some = columns.slice(0, 20).map((column) => JSON.stringify(column));
  return some.join(', ') + (columns.length > 20 ? ', …' : '');
}

function guess(field: TicketField, free: ReadonlySet<string>): string | undefined {
  for (const name of TICKET_FIELDS[field].split(' ')) {
    for (const column of free) if (letters(column) === name) return column;
  }
  return undefined;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function argument(column: string): string {
  return /^[\w.-]+$/.test(column) ? column : `"${column.replace(/["\\$`]/g, '\\$&')}"`;
}

/** One row of an export: what one customer met once. */
export interface Ticket {
  line: number;
  /** In the ticket's own words; empty where there are none. */
  title: string;
  code: string | null;
  /** The text of the cell for codes if it is no code, else empty. */
  unusableCode: string;
  theme: string;
  quote: string;
  /** In lower case, so that equal ones can be counted; empty where not known. */
  customer: string;
  /** The number of customers that the row gives; 0 where it gives none. */
  customers: number;
  environment: string;
  page: string;
  date: string;
  cause: string;
  link: string;
  /** Names that stand in the row and must not be public. */
  names: string[];
}

/** A row that names no failure, and why. */
interface UnreadRow extends Pick<Ticket, 'line' | 'title'> {
  why: string;
}

/** The rest of longer texts is not read: they name the failure at their beginning. */
const LONGEST_TEXT = 4000;

/** The rows of a table as tickets, and those that name no failure. */
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
    unusableCode: codeIn(cell('code')) === null ? cell('code') : '',
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

/** A ticket of which no more than the title is known. */
export function titledTicket(line: number, title: string): Ticket {
  return { ...ticketOf({ line, cells: new Map() }, {}, []), title };
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

/** The first code in running text whose look says that it names a failure: `invalid_grant`, `ERR_4012`. */
function codeInText(text: string): string | null {
  for (const [code] of text.matchAll(CODE_IN_TEXT)) {
    if (isTellingCode(code) && FAILS.test(code) && !TICKET_NUMBER.test(code)) return code;
  }
  return null;
}

/** `SUP-1234` is a ticket, `HTTP-500` and `UTF-8` are no code of this product. */
const TICKET_NUMBER = /^[A-Z]{2,10}-\d+$/;

/** The names in a cell that names somebody: its whole text, and the domain of an e-mail address. */
function namesIn(cell: string): string[] {
  if (cell.length < 3 || cell.length > 80 || !/\p{L}/u.test(cell)) return [];
  const domain = /@([\w-]{3,})\./.exec(cell)?.[1];
  return domain && !/^(?:gmail|outlook|hotmail|yahoo|icloud|example|proton|mail)$/i.test(domain)
    ? [cell, domain]
    : [cell];
}

/** The common entities of HTML. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * A cell of an export as one line of text: without tags, control characters and invisible ones, with the common
 * entities decoded, and without the apostrophe by which spreadsheets keep a cell from being a formula.
 */
export function plainLine(text: string): string {
  return text
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, ' ')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);|&#39;/g, (_, name = 'apos') => ENTITIES[name]!)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/(?!\u200c|\u200d)[\p{Cf}\u115f\u1160\u3164]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^\s*'(?=[=+@-])/, '')
    .trim();
}

/** Whether a spreadsheet would run a cell as a formula. Such a cell holds no words of a customer. */
export function isFormula(text: string): boolean {
  return /^\s*(?:=|[+@-](?=[A-Za-z]+\())/.test(text);
}
