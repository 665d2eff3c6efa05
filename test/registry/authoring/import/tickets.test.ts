import { describe, expect, test } from 'vitest';
import { isFormula, mapColumns, nameColumns, plainLine } from '../../../../src/registry/authoring/import/tickets.ts';
import { mistakeOf } from './mistake-of.ts';

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
