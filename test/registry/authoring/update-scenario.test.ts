import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { updateScenario } from '../../../src/registry/authoring/update-scenario.ts';

const update = { customers: 7, quotes: ['say: "hi"'] };

test.each([
  ['in braces', 'impact: { customers: 1 } # c\n', 'impact: { customers: 7 } # c\n    quotes: [\'say: "hi"\']\n'],
  [
    'without a number',
    'impact: { recurring: true }\n',
    'impact: { customers: 7, recurring: true }\n    quotes: [\'say: "hi"\']\n',
  ],
  [
    'as a block',
    'impact:\n      # n\n      customers: 1\n    quotes:\n      - a # b\n',
    'impact:\n      # n\n      customers: 7\n    quotes:\n      - a # b\n      - \'say: "hi"\'\n',
  ],
  ['empty', 'quotes: []\n    impact: {}\n', 'quotes: [\'say: "hi"\']\n    impact: { customers: 7 }\n'],
  [
    'absent',
    'codes: [a]\n    # c\n',
    'codes: [a]\n    impact: { customers: 7 }\n    quotes: [\'say: "hi"\']\n    # c\n',
  ],
])('fields that are written %s', (_, fields, after) => {
  const around = (inner: string) => `scenarios:\n  - id: a\n    ${inner}\n  - id: b\n`;
  expect(updateScenario(around(fields), 'a', update)).toBe(around(after));
});

test('an entry in braces, after a byte order mark and with CRLF', () => {
  const text = '\uFEFFscenarios: [{id: a, title: b}]\r\n';
  const after = updateScenario(text, 'a', update)!;
  expect(after.startsWith('\uFEFFscenarios: [{')).toBe(true);
  expect(after.endsWith('id: a, title: b}]\r\n')).toBe(true);
  expect(parse(after.slice(1)).scenarios[0]).toMatchObject({ impact: { customers: 7 }, quotes: update.quotes });
});

test.each(['scenarios: [{id: b}]\n', 'version: 1\n', 'a: &i {}\nscenarios: [{id: a, impact: *i}]\n', '- a\n'])(
  '%j has nothing that can be changed in place',
  (text) => {
    expect(updateScenario(text, 'a', update)).toBeNull();
  },
);

test('whatever the quotes, the rest stays as it is', () => {
  const text = 'scenarios:\n  - id: a # one\n    title: x\n    impact: { customers: 1, recurring: true }\n  - id: b\n';
  const quotes = fc.array(
    fc.string({ unit: 'binary', minLength: 1 }).filter((each) => each.isWellFormed()),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(quotes, fc.nat(), (given, customers) => {
      const after = parse(updateScenario(text, 'a', { customers, quotes: given })!);
      expect(after.scenarios).toEqual([
        { id: 'a', title: 'x', impact: { customers, recurring: true }, quotes: given },
        { id: 'b' },
      ]);
    }),
    {
      examples: [
        [['-\n '], 0],
        [[' \n!', '\u0000'], 0],
      ],
    },
  );
});
