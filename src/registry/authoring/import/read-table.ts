import { CsvError, parse } from 'csv-parse/sync';
import { LineCounter, parseDocument } from 'yaml';
import { ImportMistake } from './import-mistake.ts';

/** Rows of an export by the names of its columns. */
export interface Table {
  columns: string[];
  rows: TableRow[];
}

export interface TableRow {
  /** Where it begins in the file; starts at 1. */
  line: number;
  cells: ReadonlyMap<string, string>;
}

const MOST_ROWS = 200_000;
const MOST_COLUMNS = 500;

/**
 * Reads CSV whose first row names the columns; the separator is a comma, semicolon, tab or bar.
 * @throws {ImportMistake}
 */
export function readCsv(text: string): Table {
  // The library counts a CRLF inside quotes as two lines.
  const [header, ...rows] = csvRecords(text.replace(/\r\n?/g, '\n'));
  if (!header) throw empty();
  const columns = distinct(header.record);
  const filled = rows.filter(({ record }) => record.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new ImportMistake(header.line, 'it has a header and no rows', 'Export it again.');
  return { columns, rows: filled.map((row) => csvRow(row, columns)) };
}

interface CsvRecord {
  line: number;
  record: string[];
}

function csvRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let linesRead = 0;
  const on_record = (record: string[], { lines }: { lines: number }) => {
    linesRead = lines;
    // The library tells where a record ends, which may lie lines behind its start.
    const lineBreaks = record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
    records.push({ line: lines - lineBreaks, record });
    return null;
  };
  const format = { bom: true, relax_column_count: true, skip_empty_lines: true, delimiter: delimiterOf(text) };
  try {
    parse(text, { ...format, to: MOST_ROWS + 2, on_record });
  } catch (error) {
    if (error instanceof CsvError) throw csvMistake(error, linesRead + 1);
    throw error;
  }
  if (records.length > MOST_ROWS + 1) throw tooManyRows();
  return records;
}

/** @param next where the row begins that could not be read */
function csvMistake(error: CsvError, next: number): ImportMistake {
  const advice = 'A cell with a quote in it is written "say ""hi""". Export the file again as CSV.';
  const problems: Readonly<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
    CSV_INVALID_CLOSING_QUOTE: 'something stands behind a closing quote',
    INVALID_OPENING_QUOTE: 'a quote stands inside a cell without quotes around it',
  };
  const message = problems[error.code] ?? error.message.replace(/ at line \d+.*$/s, '');
  return new ImportMistake(next, `the row is no CSV: ${message}`, advice);
}

function csvRow({ line, record }: CsvRecord, columns: readonly string[]): TableRow {
  if (record.slice(columns.length).some((cell) => cell.trim() !== '')) {
    const message = `the row has ${record.length} cells and the header ${columns.length}`;
    throw new ImportMistake(line, message, 'Put a cell that holds the separator in quotes.');
  }
  return { line, cells: new Map(columns.map((column, index) => [column, record[index] ?? ''])) };
}

/** The separator that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text.replace(/"(?:[^"]|"")*"/g, ''))![0];
  const counts = [',', ';', '\t', '|'].map((char) => ({ char, count: line.split(char).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).char;
}

/** The names of columns, made distinct: equal ones get a number, and empty ones the number of their column. */
function distinct(header: readonly string[]): string[] {
  if (header.length > MOST_COLUMNS)
    throw new ImportMistake(1, `more than ${MOST_COLUMNS} columns`, 'Export fewer of them.');
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/**
 * Reads a JSON (or YAML) list of objects, or an object that holds one such list. What lies deeper in an object is named
 * with dots: `fields.code`.
 * @throws {ImportMistake}
 */
export function readJson(text: string): Table {
  const root = readValue(text);
  const items = listIn(root);
  if (!items) throw new ImportMistake(1, 'it holds no list of objects', 'Write [{"title": "…"}, …].');
  if (items.length > MOST_ROWS) throw tooManyRows();
  const lines = itemLines(text);
  return tableOf(items.map((item, index) => ({ line: lines[index] ?? 1, item })));
}

/**
 * Reads one JSON object from each line.
 * @throws {ImportMistake}
 */
export function readJsonl(text: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const items = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ line: index + 1, text: line }]));
  if (items.length > MOST_ROWS) throw tooManyRows();
  return tableOf(
    items.map(({ line, text: source }) => {
      try {
        return { line, item: JSON.parse(source) as unknown };
      } catch {
        throw new ImportMistake(line, 'the line is no JSON', 'Write one JSON object on each line.');
      }
    }),
  );
}

function tableOf(items: readonly { line: number; item: unknown }[]): Table {
  if (items.length === 0) throw empty();
  const columns = new Set<string>();
  const rows = items.map(({ line, item }) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new ImportMistake(line, 'the item is no object', 'Write objects such as {"title": "…", "code": "…"}.');
    }
    const cells = new Map<string, string>();
    flatten(item, '', cells);
    for (const column of cells.keys()) columns.add(column);
    if (columns.size > MOST_COLUMNS) throw new ImportMistake(line, `more than ${MOST_COLUMNS} fields`, 'Export fewer.');
    return { line, cells };
  });
  return { columns: [...columns], rows };
}

const DEEPEST = 5;

function flatten(item: object, prefix: string, cells: Map<string, string>, depth = 1): void {
  for (const [key, value] of Object.entries(item)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) cells.set(prefix + key, value.filter((each) => typeof each !== 'object').join(', '));
    else if (typeof value !== 'object') cells.set(prefix + key, String(value));
    else if (depth < DEEPEST) flatten(value as object, `${prefix}${key}.`, cells, depth + 1);
  }
}

function readValue(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch {
    return readYaml(source);
  }
}

/** YAML holds JSON, is more lenient, and its errors have lines. */
function readYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const message = `neither JSON nor YAML: ${error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`;
    throw new ImportMistake(lineCounter.linePos(error.pos[0]).line, message, 'Export the file again.');
  }
  if (document.contents === null) throw empty();
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ImportMistake(1, error instanceof Error ? error.message : String(error), 'Write the values out.');
  }
}

function listIn(root: unknown): unknown[] | null {
  if (Array.isArray(root)) return root;
  if (typeof root !== 'object' || root === null) return null;
  const lists = Object.values(root).filter(
    (value) => Array.isArray(value) && value.some((item) => typeof item === 'object'),
  );
  return lists.length === 1 ? (lists[0] as unknown[]) : null;
}

/** The lines on which the objects of the outermost list begin. */
function itemLines(text: string): number[] {
  const found: number[] = [];
  const open: string[] = [];
  let line = 1;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}\n]/g)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') {
      if (token === '{' && open.at(-1) === '[' && open.filter((each) => each === '[').length === 1) found.push(line);
      open.push(token);
    } else if (token === '}' || token === ']') open.pop();
  }
  return found;
}

function empty(): ImportMistake {
  return new ImportMistake(null, 'the file is empty', 'Name a file with at least one row.');
}

function tooManyRows(): ImportMistake {
  const message = `more than ${MOST_ROWS.toLocaleString('en')} rows`;
  return new ImportMistake(MOST_ROWS, message, 'Split the file, or export a shorter time.');
}
