import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { addScenarios, UnwritableRegistry } from '../../../src/registry/authoring/add-scenarios.ts';
import { proposeId } from '../../../src/registry/authoring/propose-id.ts';
import { starterRegistry } from '../../../src/registry/authoring/starter-registry.ts';
import { parseRegistry } from '../../../src/registry/parse-registry.ts';
import type { ScenarioDraft } from '../../../src/registry/scenario-draft.ts';

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

test('an id is kebab-case, short and new', () => {
  const taken = new Set(['scenario', 'a', 'tokens-empty', 'tokens-empty-2']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
      const id = proposeId(title, taken);
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(id.length).toBeLessThanOrEqual(48);
      expect(taken).not.toContain(id);
    }),
  );
});

test.each([
  ['Tokens are empty', 'tokens-empty-3'],
  ['Connection has an account id but its tokens are blank', 'connection-account-id-tokens-blank'],
  ['ERR_4012', 'err-4012'],
  ['TimeoutError', 'timeout-error'],
  ['Größe fällt weg', 'grosse-fallt-weg'],
  ['接続に失敗しました', 'scenario'],
  ['It is', 'it-is'],
  ['', 'scenario'],
  ['x'.repeat(99), 'x'.repeat(48)],
])('%j is called %s', (title, id) => {
  expect(proposeId(title, new Set(['tokens-empty', 'tokens-empty-2']))).toBe(id);
});

describe('a starter registry', () => {
  const docs = [{ root: 'docs', framework: 'plain' as const, site: null, include: [] }];

  test('is sound, with scenarios and without', () => {
    for (const scenarios of [[], [NEW]]) {
      const text = starterRegistry({ docs, preview: 'https://x.example/{number}', private: ['Big: Co'] }, scenarios);
      const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
      expect(mistakes).toEqual([]);
      expect(registry?.scenarios.map(({ id }) => id)).toEqual(scenarios.map(({ id }) => id));
      expect(registry?.settings).toMatchObject({ private: ['Big: Co'], docs: [{ root: 'docs', framework: 'plain' }] });
      expect(text.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=https:/);
    }
  });

  test('shows an example that is sound once it is no comment', () => {
    const text = starterRegistry({ docs }, []).replace(/^ {2}# {0,1}/gm, '  ');
    const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
    expect(mistakes).toEqual([]);
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['upload-rejected']);
  });
});
