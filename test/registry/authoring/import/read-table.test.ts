import { describe, expect, test } from 'vitest';
import { mapColumns, nameColumns } from '../../../../src/registry/authoring/import/columns.ts';
import { ImportMistake } from '../../../../src/registry/authoring/import/import-mistake.ts';
import { isFormula, plainLine } from '../../../../src/registry/authoring/import/plain-line.ts';
import { formatOf } from '../../../../src/registry/authoring/import/read-failures.ts';
import { readCsv, readJson, readJsonl, type Table } from '../../../../src/registry/authoring/import/read-table.ts';
import { isDayFirst, isRecurring } from '../../../../src/registry/authoring/import/recurring.ts';
import { symptomOf } from '../../../../src/registry/authoring/import/symptom-of.ts';

const rows = ({ rows: all }: Table) => all.map(({ line, cells }) => [line, Object.fromEntries(cells)]);

/** What went wrong, as `line: message`. */
function mistakeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ImportMistake) return `${error.line}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('CSV', () => {
  test.each([',', ';', '\t', '|'])('is parted by %j', (char) => {
    expect(rows(readCsv(`a${char}b\n1,5${char}x\n`.replace('1,5', char === ',' ? '"1,5"' : '1,5')))).toEqual([
      [2, { a: '1,5', b: 'x' }],
    ]);
  });

  test('tells in which line a row begins, after cells of several lines and empty lines', () => {
    const table = readCsv('\uFEFFa,b\r\n"1\r\n2",x\r\n\r\n,\r\n3,"say ""hi"""\r\n');
    expect(rows(table)).toEqual([
      [2, { a: '1\n2', b: 'x' }],
      [6, { a: '3', b: 'say "hi"' }],
    ]);
  });

  test('tells equal columns and those without a name apart; short rows lack cells', () => {
    expect(readCsv('a,a,,a\n1\n').columns).toEqual(['a', 'a (2)', 'column 3', 'a (3)']);
    expect(rows(readCsv('a,b\n1\n'))).toEqual([[2, { a: '1', b: '' }]]);
  });

  test.each([
    ['', 'null: the file is empty'],
    ['a,b\n', '1: it has a header and no rows'],
    ['a,b\n,\n', '1: it has a header and no rows'],
    ['a,b\n1,2\n1,2,3\n', '3: the row has 3 cells and the header 2'],
    ['a,b\n1,2\n3,"x\n4,5\n', '3: the row is no CSV: a quote is opened and never closed'],
    ['a,b\n1,2\n3,"x"y\n', '3: the row is no CSV: something stands behind a closing quote'],
    ['a,b\n1,2\n3,x"y"\n', '3: the row is no CSV: a quote stands inside a cell without quotes around it'],
  ])('%j is none', (text, said) => {
    expect(mistakeOf(() => readCsv(text))).toBe(said);
  });
});

describe('JSON', () => {
  test('is a list, or an object with one, and tells the line of each item', () => {
    const items = '[\n {"a": 1, "b": {"c": "[{", "d": null}},\n {"a": ["x", "y"],\n "e": true}\n]';
    const read = [
      [2, { a: '1', 'b.c': '[{' }],
      [3, { a: 'x, y', e: 'true' }],
    ];
    expect(rows(readJson(items))).toEqual(read);
    expect(rows(readJson(`{"n": 2, "tickets": ${items}}`))).toEqual(read);
  });

  test.each([
    ['{"a": 1}', '1: it holds no list of objects'],
    ['[1]', '1: the item is no object'],
    ['[\n{"a": 1}\n{', '3: neither JSON nor YAML'],
    ['[]', 'null: the file is empty'],
  ])('%j is none', (text, said) => {
    expect(mistakeOf(() => readJson(text))).toContain(said);
  });

  test('has one object in each line as JSONL', () => {
    expect(rows(readJsonl('{"a":1}\r\n\r\n{"b":2}'))).toEqual([
      [1, { a: '1' }],
      [3, { b: '2' }],
    ]);
    expect(mistakeOf(() => readJsonl('{"a":1}\n{"a":'))).toBe('2: the line is no JSON');
  });
});

describe('columns', () => {
  test('are known by the names that exports give them', () => {
    expect(mapColumns(['Ticket ID', 'Subject', 'Error Code', 'Account Name', 'Created at', 'Description'], [])).toEqual(
      {
        title: 'Subject',
        code: 'Error Code',
        customer: 'Account Name',
        date: 'Created at',
        quote: 'Description',
      },
    );
  });

  test('are those that are named, whatever they are called', () => {
    const columns = ['subject', 'A, B', 'c=d'];
    expect(mapColumns(columns, ['title=A, B,code=c=d', 'quote=Subject'])).toEqual({
      title: 'A, B',
      code: 'c=d',
      quote: 'subject',
    });
    expect(mapColumns(['title', 'code'], ['code='])).toEqual({ title: 'title' });
  });

  test.each([
    [['x', 'y'], [], '1: no column for title, code or theme among "x", "y"'],
    [['x'], ['title=z'], '1: no column is called "z"'],
    [['x'], ['titel=x'], 'null: --map knows no field "titel"'],
    [['x'], ['x'], 'null: --map knows no field "x"'],
  ])('%j with %j are none', (columns, map, said) => {
    expect(mistakeOf(() => mapColumns(columns, map))).toBe(said);
  });

  test('that name somebody are known whether they are mapped or not', () => {
    expect(nameColumns(['Subject', 'Assignee', 'Company', 'Price'], { title: 'Subject' })).toEqual([
      'Assignee',
      'Company',
    ]);
  });
});

test.each([
  ['a.tsv', '', 'csv'],
  ['a.ndjson', '', 'jsonl'],
  ['a.json', '[]', 'json'],
  ['a.json', '{\n "openapi": "3"', 'openapi'],
  ['a.yml', 'paths: {}', 'openapi'],
  ['a.txt', '', 'list'],
  ['stdin', '{"a":1}\n{"a":2}\n', 'jsonl'],
  ['stdin', ' [', 'json'],
  ['stdin', 'a;b;c\n1;2;3\n', 'csv'],
  ['stdin', 'some, words\n', null],
])('%s that begins with %j is %s', (path, text, format) => {
  expect(formatOf(path, text)).toBe(format);
});

test.each([
  [['2026-01-03', '2026-02-01T10:00:00Z'], true],
  [['2026-01-03', '2026-01-30'], false],
  [['03.01.2026', '03.02.2026'], true],
  [['13/01/2026', '01/02/2026'], true],
  [['01/13/2026', '01/02/2026'], false],
  [['01/02/2026', '02/02/2026'], false],
  [['3 Jan 2026', 'February 3, 2026'], true],
  [['1767225600', '1772323200000'], true],
  [['soon', '2026-13-01', ''], false],
])('%j recur: %s', (dates, recurring) => {
  expect(isRecurring(dates, isDayFirst(dates))).toBe(recurring);
});

test.each([
  ['Tokens are empty after connecting', 'tokens empty'],
  ['Magic link expired before use', 'magic link expired'],
  ['Cannot sign in with SSO', 'cannot sign SSO'],
  ['Failed to load the dashboard', 'failed load dashboard'],
  ['Uploads do not finish', 'uploads not finish'],
  ['Help: x|y "fails"!', 'x y fails'],
  ['接続に失敗', '接続に失敗'],
  ['Error', null],
  ['How do I add a logo', null],
  ['', null],
])('%j makes the phrase %j', (title, phrase) => {
  expect(symptomOf(title)?.phrase ?? null).toBe(phrase);
});

test('a cell is one line without what only a machine would read', () => {
  expect(plainLine('<p>It&nbsp;fails &amp;\r\n "x"</p>\u202e\u0007')).toBe('It fails & "x"');
  expect(plainLine("'=1+1")).toBe('=1+1');
  expect(['=1', '@SUM(1)', '+A()', '-x', '@name', '-1'].map(isFormula)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
