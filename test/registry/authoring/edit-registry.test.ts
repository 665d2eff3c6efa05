import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { addScenarios, UnwritableRegistry, updateScenario } from '../../../src/registry/authoring/edit-registry.ts';
import type { ScenarioDraft } from '../../../src/registry/authoring/scenario-draft.ts';

const NEW: ScenarioDraft = { id: 'new-one', title: 'It fails', codes: ['e_1'] };
const ADDED = ['- id: new-one', '  title: It fails', '  codes: [e_1]'];

/** The lines of a new entry, so far indented. */
const entry = (column: number, newline = '\n') => ADDED.map((line) => ' '.repeat(column) + line + newline).join('');

describe('a scenario is added', () => {
  test.each([
    ['an empty file', '', `scenarios:\n${entry(2)}`],
    ['a file of comments', '# mine\n', `# mine\nscenarios:\n${entry(2)}`],
    ['a file without scenarios', 'version: 1', `version: 1\nscenarios:\n${entry(2)}`],
    ['a document with an end', 'version: 1\n...\n', `version: 1\nscenarios:\n${entry(2)}...\n`],
    ['a key without a value', 'scenarios: # a\n  # b\ngate: {}\n', `scenarios: # a\n  # b\n${entry(2)}gate: {}\n`],
    ['an empty list', 'scenarios: [] # a\nversion: 1\n', `scenarios: # a\n${entry(2)}version: 1\n`],
    ['null', 'scenarios: null\n', `scenarios:\n${entry(2)}`],
    [
      'a list at the margin',
      'scenarios:\n- id: a\n# next\ngate: {}\n',
      `scenarios:\n- id: a\n${entry(0)}# next\ngate: {}\n`,
    ],
    ['a last line without a break', 'scenarios:\n  - id: a', `scenarios:\n  - id: a\n${entry(2)}`],
    ['CRLF', 'scenarios:\r\n  - id: a\r\n', `scenarios:\r\n  - id: a\r\n${entry(2, '\r\n')}`],
    ['a byte order mark', '\uFEFFscenarios:\n  - id: a\n', `\uFEFFscenarios:\n  - id: a\n${entry(2)}`],
    ['entries apart', 'scenarios:\n  - id: a\n\n  - id: b\n', `scenarios:\n  - id: a\n\n  - id: b\n\n${entry(2)}`],
    [
      'comments of the last entry',
      'scenarios:\n  - id: a\n    # b\n\n  # c\n\n# d\n',
      `scenarios:\n  - id: a\n    # b\n\n  # c\n${entry(2)}\n# d\n`,
    ],
    [
      'a block scalar at the end',
      'scenarios:\n  - id: a\n    title: |\n      b\n\ngate: {}\n',
      `scenarios:\n  - id: a\n    title: |\n      b\n${entry(2)}\ngate: {}\n`,
    ],
    [
      'an anchor and an alias in the list',
      'scenarios:\n  - &a\n    id: a\n',
      `scenarios:\n  - &a\n    id: a\n${entry(2)}`,
    ],
  ])('to %s', (_, before, after) => {
    expect(addScenarios(before, [NEW])).toBe(after);
  });

  test.each([
    ['[{id: a}]', '[{id: a}, { id: new-one, title: It fails, codes: [e_1] }]'],
    ['[{id: a},]', '[{id: a}, { id: new-one, title: It fails, codes: [e_1] },]'],
    ['[\n  {id: a} # b\n]', '[\n  {id: a}, # b\n  { id: new-one, title: It fails, codes: [e_1] },\n]'],
  ])('to the list in brackets %j', (before, after) => {
    expect(addScenarios(`scenarios: ${before}\n`, [NEW])).toBe(`scenarios: ${after}\n`);
  });

  test.each(['{}', '{version: 1}', '{"version": 1, "scenarios": []}', '{scenarios: }', '{scenarios: [{id: a}]}'])(
    'to the map in braces %s',
    (before) => {
      expect(parse(addScenarios(before, [NEW])).scenarios.at(-1)).toEqual(NEW);
    },
  );

  test('follows the indentation of the entries', () => {
    const text = addScenarios('scenarios:\n    -   id: a\n        title: b\n', [NEW]);
    expect(text).toContain('\n    -   id: new-one\n        title: It fails\n');
  });

  test('says a comment at the end of its field', () => {
    const text = addScenarios('', [{ ...NEW, symptoms: ['a b'], comments: { symptoms: 'check\nthis' } }]);
    expect(text).toContain('    symptoms: [a b] # check this\n');
  });
});

test.each([
  ['- a\n', 'no map'],
  ['scenarios: [\n', 'not valid YAML'],
  ['a: &x []\nscenarios: *x\n', 'alias'],
  ['scenarios: none\n', 'no list'],
  ['a: 1\n---\nb: 1\n', 'not valid YAML'],
])('%j cannot be added to', (text, why) => {
  expect(() => addScenarios(text, [NEW])).toThrow(UnwritableRegistry);
  expect(() => addScenarios(text, [NEW])).toThrow(why);
});

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.isWellFormed());
const texts = fc.array(words, { maxLength: 3 });
const draft = fc
  .record({ title: words, codes: fc.array(words, { minLength: 1, maxLength: 3 }), causes: texts, quotes: texts })
  .map((fields, index = 0) => ({ id: `new-${index}`, ...fields }));
const drafts = fc
  .array(draft, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((each, i) => ({ ...each, id: `new-${i}` })));

/** A registry as people write one: any indentation, comments, empty lines, line ends. */
const registry = fc
  .record({
    ids: fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 4 }),
    column: fc.constantFrom(0, 2, 4),
    gap: fc.constantFrom(' ', '   '),
    newline: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
    between: fc.constantFrom([], [''], ['', '# between'], ['  # - id: old']),
    after: fc.constantFrom([], ['# end'], ['', 'version: 1'], ['# next', 'gate: { block: off }', '...']),
    last: fc.constantFrom(
      [],
      ['owner: "@a" # b'],
      ['quotes:', '  - |', '    two', '    lines', ''],
      ['waive:', '  reason: >-', '   a'],
    ),
  })
  .map(({ ids, column, gap, newline, bom, between, after, last }) => {
    const inner = ' '.repeat(column + 1 + gap.length);
    const entries = ids.map((id) => [
      `${' '.repeat(column)}-${gap}id: ${id}`,
      `${inner}title: t # c`,
      ...last.map((line) => (line ? inner + line : '')),
    ]);
    const lines = [
      '# top',
      'scenarios: # all',
      ...entries.flatMap((entry, i) => (i === 0 ? entry : [...between, ...entry])),
      ...after,
    ];
    return { ids, text: (bom ? '\uFEFF' : '') + lines.map((line) => line + newline).join('') };
  });

test('leaves every line where it stands, and reads back as old and new', () => {
  fc.assert(
    fc.property(registry, drafts, ({ ids, text }, added) => {
      const after = addScenarios(text, added);
      const lines = after.split('\n');
      let at = 0;
      for (const line of text.split('\n').slice(0, -1)) {
        at = lines.indexOf(line, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
      expect(parseDocument(after).errors).toEqual([]);
      const before = parse(text.replace('\uFEFF', '')).scenarios ?? [];
      const now = parse(after.replace('\uFEFF', '')).scenarios;
      expect(now.slice(0, ids.length)).toEqual(before);
      const given = added.map((each) =>
        Object.fromEntries(Object.entries(each).filter(([, value]) => value.length > 0)),
      );
      expect(now.slice(ids.length)).toEqual(given);
    }),
    { numRuns: 100 },
  );
});

describe('a scenario is updated', () => {
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
    const text =
      'scenarios:\n  - id: a # one\n    title: x\n    impact: { customers: 1, recurring: true }\n  - id: b\n';
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
});
