import { suggest } from '../../suggest.ts';
import { ImportMistake } from './import-mistake.ts';

/** What a column of an export may tell. */
export const TICKET_FIELDS = [
  'title',
  'code',
  'theme',
  'quote',
  'customer',
  'customers',
  'environment',
  'page',
  'date',
  'cause',
  'link',
] as const;

export type TicketField = (typeof TICKET_FIELDS)[number];

export type Columns = Partial<Record<TicketField, string>>;

/** Names that exports of helpdesks, trackers and spreadsheets give to such columns, best first; only letters count. */
const USUAL: Readonly<Record<TicketField, string>> = {
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
};

/** Columns that name somebody, whatever is mapped: what stands there must not come into a registry. */
const NAMES =
  /customer|account|company|organi[sz]ation|client|tenant|requester|reporter|author|assignee|agent|user|name|contact|email|phone/i;

/**
 * Which column tells what: as `map` says (`title=Subject,code=Error`), else by the usual names. `title=` takes a guess
 * away.
 * @throws {ImportMistake} for a field or a column that there is not, and if nothing names the failure
 */
export function mapColumns(columns: readonly string[], map: readonly string[]): Columns {
  const mapped = parseMap(map, columns);
  const found: Columns = {};
  const free = new Set(columns.filter((column) => !Object.values(mapped).includes(column)));
  for (const field of TICKET_FIELDS) {
    const column = mapped[field] === undefined ? guess(field, free) : mapped[field];
    if (!column) continue;
    found[field] = column;
    free.delete(column);
  }
  if (found.title ?? found.code ?? found.theme) return found;
  const some = columns.slice(0, 20).map((column) => JSON.stringify(column));
  const message = `no column for title, code or theme among ${some.join(', ')}${columns.length > 20 ? ', …' : ''}`;
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
    if (!isField(field)) throw noField(field || pair.trim());
    found[field] = column === '' ? '' : columnNamed(column, columns);
  }
  return found;
}

function isField(name: string): name is TicketField {
  return TICKET_FIELDS.some((field) => field === name);
}

function noField(name: string): ImportMistake {
  const near = suggest(name, TICKET_FIELDS);
  const meant = near ? `Did you mean ${near}? ` : '';
  return new ImportMistake(null, `--map knows no field "${name}"`, `${meant}It knows ${TICKET_FIELDS.join(', ')}.`);
}

function columnNamed(name: string, columns: readonly string[]): string {
  const same = columns.find((column) => column === name) ?? columns.find((column) => letters(column) === letters(name));
  if (same !== undefined) return same;
  const near = suggest(name, columns);
  const meant = near === null ? '' : `Did you mean ${JSON.stringify(near)}? `;
  const some = columns.slice(0, 20).map((column) => JSON.stringify(column));
  const all = `There are ${some.join(', ')}${columns.length > 20 ? ', …' : ''}.`;
  throw new ImportMistake(1, `no column is called ${JSON.stringify(name)}`, meant + all);
}

function guess(field: TicketField, free: ReadonlySet<string>): string | undefined {
  for (const name of USUAL[field].split(' ')) {
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
