import { scrubber } from '../../scrub.ts';
import { type FoundCode, isTellingCode } from '../found-code.ts';
import { NotOpenapi, openapiCodes } from '../openapi-codes.ts';
import { draftCode, draftTickets, isDayFirst, type ToldFailure } from './draft-failure.ts';
import { groupTickets } from './group-tickets.ts';
import { ImportMistake } from './import-mistake.ts';
import { readCsv, readJson, readJsonl } from './read-table.ts';
import { mapColumns, plainLine, type Ticket, ticketsOf, titledTicket } from './tickets.ts';

export const IMPORT_FORMATS = ['csv', 'json', 'jsonl', 'openapi', 'list'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];

interface ImportOptions {
  /** `--map` as typed. */
  map: readonly string[];
  /** The least number of tickets for a failure that is not skipped. */
  least: number;
  /** Names that the registry calls private. */
  privateNames: readonly string[];
}

/** Guesses the format of a file from its name or its beginning; null where neither tells. */
export function formatOf(path: string, text: string): ImportFormat | null {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const beginning = text.slice(0, 2000);
  const isApi = /^\s*(?:\{\s*)?["']?(?:openapi|swagger)["']?\s*:/m.test(beginning);
  if (ending === 'csv' || ending === 'tsv') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
  if (/^(?:json|ya?ml)$/.test(ending)) return isApi || ending !== 'json' ? 'openapi' : 'json';
  if (/^(?:txt|text|md|list|log)$/.test(ending)) return 'list';
  if (isApi) return 'openapi';
  if (/^\s*\[/.test(beginning)) return 'json';
  if (/^\s*\{.*\}\s*$/m.test(beginning)) return 'jsonl';
  return looksLikeCsv(beginning) ? 'csv' : null;
}

/** Whether the first two lines have the same number of separators, and at least two. */
function looksLikeCsv(text: string): boolean {
  const [first = '', second = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/);
  return [',', ';', '\t'].some((char) => {
    const count = first.split(char).length;
    return count > 2 && second.split(char).length === count;
  });
}

/**
 * The failures that a file tells of, the gravest first.
 * @throws {ImportMistake}
 */
export function readFailures(path: string, text: string, format: ImportFormat, options: ImportOptions): ToldFailure[] {
  if (text.trim() === '') throw new ImportMistake(null, 'the file is empty', 'Name a file that holds something.');
  if (format === 'openapi') return openapiFailures(path, text);
  if (format === 'list') return listFailures(path, text, options);
  const table = { csv: readCsv, json: readJson, jsonl: readJsonl }[format](text);
  const { tickets, unread } = ticketsOf(table, mapColumns(table.columns, options.map));
  const skipped = unread.map(({ line, title, why }): ToldFailure => {
    return { draft: { title }, source: `${path}:${line}`, why: '', problem: why };
  });
  return [...ticketFailures(path, tickets, options), ...skipped];
}

function openapiFailures(path: string, text: string): ToldFailure[] {
  try {
    const codes = openapiCodes({ path, text });
    if (codes.length > 0) return codes.map(draftCode);
  } catch (error) {
    if (error instanceof NotOpenapi)
      throw new ImportMistake(error.line, error.message, 'Name another format with --from.');
    throw error;
  }
  const advice = 'They are looked for in enums and examples of code, error_code and the like, and in x-error-codes.';
  throw new ImportMistake(null, 'it describes no error codes', advice);
}

const MOST_LINES = 200_000;

/**
 * Reads one failure from each line: a code, `code: what it means`, or a sentence. Empty lines, and what follows `#` at
 * the start of a line, count for nothing; bullets are left out.
 */
function listFailures(path: string, text: string, options: ImportOptions): ToldFailure[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > MOST_LINES) throw new ImportMistake(MOST_LINES, 'too many lines', 'Split the file.');
  const codes = new Map<string, FoundCode>();
  const tickets: Ticket[] = [];
  for (const [index, raw] of lines.entries()) {
    if (/^\s*(?:#|\/\/)/.test(raw)) continue;
    const line = plainLine(raw).replace(/^(?:[-*+•]|\d+[.)])\s+/, '');
    if (line === '') continue;
    const [, first = '', title = ''] =
      /^[`"']?([^\s`"',;:]+(?::[^\s`"',;:]+)*)[`"']?\s*(?:[:;,=|–—-]+\s*|\s|$)(.*)$/.exec(line) ?? [];
    if (!isTellingCode(first)) tickets.push(titledTicket(index + 1, line));
    else if (codes.has(first)) codes.get(first)!.count++;
    else codes.set(first, { code: first, title: title || null, path, line: index + 1, count: 1 });
  }
  if (codes.size + tickets.length === 0)
    throw new ImportMistake(null, 'it lists nothing', 'Write one failure on each line.');
  const told = ticketFailures(path, tickets, { ...options, least: 1 });
  return [...[...codes.values()].map(draftCode), ...told.map((failure) => ({ ...failure, why: '' }))];
}

/** Every text is searched for all names, so more of them would take too long. */
const MOST_NAMES = 5000;

function ticketFailures(path: string, tickets: readonly Ticket[], options: ImportOptions): ToldFailure[] {
  const dayFirst = isDayFirst(tickets.map(({ date }) => date));
  const groups = groupTickets(tickets, options.privateNames);
  // What one customer writes may name another.
  const names = new Set([...options.privateNames, ...tickets.flatMap((ticket) => ticket.names)]);
  const neutral = scrubber([...names].slice(0, MOST_NAMES));
  const told = groups.map((group) => {
    const failure = draftTickets(group, path, neutral, dayFirst);
    const few = group.tickets.length < options.least;
    return { failure: few ? { ...failure, problem: `${failure.why}, fewer than ${options.least}` } : failure, group };
  });
  const weight = ({ failure, group }: (typeof told)[number]) =>
    (failure.draft.impact?.customers ?? 0) * 1_000_000 + group.tickets.length;
  return told.sort((a, b) => weight(b) - weight(a)).map(({ failure }) => failure);
}
