import { describe, expect, test } from 'vitest';
import { readCsv, readJson, readJsonl, type Table } from '../../../../src/registry/authoring/import/read-table.ts';
import { mistakeOf } from './mistake-of.ts';

const rows = ({ rows: all }: Table) => all.map(({ line, cells }) => [line, Object.fromEntries(cells)]);

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
