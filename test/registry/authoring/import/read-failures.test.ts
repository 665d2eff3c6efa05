import { describe, expect, test } from 'vitest';
import { intoRegistry, MOST_ADDED } from '../../../../src/registry/authoring/import/into-registry.ts';
import { formatOf, type ImportFormat, readFailures } from '../../../../src/registry/authoring/import/read-failures.ts';
import { parsed, SETTINGS_FILE } from '../../registry-text.ts';

const OPTIONS = { map: [], least: 1, privateNames: ['Big Co'] };

const read = (text: string, format: ImportFormat = 'csv', options = {}) =>
  readFailures('in', text, format, { ...OPTIONS, ...options });

/** What a file makes of a registry: its entries in a few words, and the text. */
function taken(text: string, format: ImportFormat = 'csv', before = 'version: 1\n', update = false) {
  const files = [{ path: SETTINGS_FILE, text: before }];
  const target = { name: SETTINGS_FILE, text: before, files, registry: parsed(before).registry! };
  const result = intoRegistry(target, read(text, format), update);
  return { text: result.text, said: result.entries.map(({ action, id, why }) => `${action} ${id}: ${why}`) };
}

describe('a ticket', () => {
  const draft = (text: string) => read(text)[0]!.draft;

  test('has the code of its column, of its title or of its text', () => {
    expect(draft('title,code\nIt fails,"x, card_declined; other_one"\n').codes).toEqual(['card_declined']);
    expect(draft('title,code\nIt fails,The card was declined\n').codes).toEqual(['The card was declined']);
    expect(draft('title\nLogin: invalid_grant\n').codes).toEqual(['invalid_grant']);
    expect(draft('title,body\nLogin,We see NetworkTimeoutError here.\n').codes).toEqual(['NetworkTimeoutError']);
    expect(draft('title\nLogin fails SUP-1234 user_verify_url a/b_error_c\n').codes).toBeUndefined();
  });

  test('says in how far a code is none', () => {
    const [failure] = read('title,code\nHelp,expired\n');
    expect(failure?.problem).toBe('expired cannot be told from running text, and no phrase could be made');
    expect(read('title\nError\n')[0]?.problem).toBe('its title has one word that counts, and a phrase needs two');
    expect(read(`title\n${'接続に失敗しました'.repeat(4)}\n`)[0]?.problem).toBe('its title is too long for a phrase');
  });

  test('takes a phrase from its text only where that speaks of the same', () => {
    expect(draft('title,body\nUpload of files,The upload is rejected at once.\n')).toMatchObject({
      symptoms: ['upload rejected'],
      comments: { symptoms: 'check this phrase' },
    });
    expect(read('title,body\nLogo,The upload is rejected at once.\n')[0]?.problem).toContain('no word for a failure');
  });

  test('is quoted in a sentence of bounded length, without greeting and reply', () => {
    const long = `The export ${'really '.repeat(40)}fails`;
    const quote = (body: string) => draft(`title,body\nExport fails,"${body}"\n`).quotes;
    expect(quote('Hi there dear team of yours! > The export fails for her. We have read everything twice.')).toEqual([
      'We have read everything twice.',
    ]);
    expect(quote(long)![0]!.length).toBeLessThanOrEqual(160);
    expect(quote(long)![0]).toMatch(/really…$/);
    expect(quote('Too short.')).toEqual([]);
    expect(quote('SUP-1234, robin@orchard.io, org_a1b2c3d4e5')).toEqual([]);
  });

  test('gives up to three quotes of different customers, and never a name of a customer', () => {
    const rows = [
      'A Ltd,Big Co and B Ltd cannot export',
      'a ltd,The export fails here',
      'B Ltd,Our export fails again and again',
    ];
    const more = ['C Ltd,The whole export fails here', 'D Ltd,Some of the export fails'];
    const quotes = draft(
      `Account,Body,Title\n${[...rows, ...more].map((row) => `${row},Export fails`).join('\n')}\n`,
    ).quotes;
    expect(quotes).toEqual([
      '[name] and [name] cannot export',
      'Our export fails again and again',
      'The whole export fails here',
    ]);
  });

  test('counts customers by name or by number, and takes the gravest environment', () => {
    expect(draft('title,customers,env\nIt fails,4,test\nit fails,3,live\n').impact).toEqual({
      customers: 7,
      environment: 'production',
    });
    expect(draft('title,env\nIt fails,qa\nit fails,test\nit fails,qa\n').impact).toEqual({ environment: 'qa' });
    expect(draft('title\nIt fails\n').impact).toBeUndefined();
  });

  test('keeps a cause that is short enough to be a phrase, links that are some, and pages', () => {
    const rows =
      'title,cause,link,page\nIt fails,disk full,/disk/,docs/disk.mdx\nit fails,one two three four five six seven,disk,disk\n';
    expect(draft(rows)).toMatchObject({ causes: ['disk full'], links: ['/disk/'], pages: ['docs/disk'] });
    expect(draft('title,page\nIt fails,/\n').pages).toEqual(['/']);
  });

  test('without words of its own is no failure', () => {
    expect(read('title,b\n ,x\nBig Co,y\n').map(({ problem }) => problem)).toEqual([
      'nothing is left of its title without names and numbers',
      'the row names no failure',
    ]);
  });

  test('of which there are few is left out', () => {
    const failures = read('title\nImport fails\nExport fails\nimport FAILS!\n', 'csv', { least: 2 });
    expect(failures.map(({ problem }) => problem)).toEqual([null, '1 ticket, fewer than 2']);
  });
});

describe('a registry takes', () => {
  test('nothing that would be an error, and says why', () => {
    const { text, said } = taken('error_4012\nsk_live_abcdefghij12345678\n', 'list');
    expect(said).toEqual([
      'added error-4012: ',
      'skipped null: "codes" holds a secret or token, which must not be public',
    ]);
    expect(text).not.toContain('sk_live');
  });

  test('no more than can be read through', () => {
    const codes = Array.from({ length: MOST_ADDED + 2 }, (_, i) => `err_${i}\n`).join('');
    const { said } = taken(codes, 'list');
    expect(said.filter((each) => each.startsWith('added'))).toHaveLength(MOST_ADDED);
    expect(said.at(-1)).toBe(`skipped null: ${MOST_ADDED} scenarios at once are enough`);
  });

  const KNOWN = 'scenarios:\n  - id: export-fails\n    title: The export\n    symptoms: [export breaks]\n';

  test('what it has once, by id, title or symptom', () => {
    expect(taken('title\nExport fails\n', 'csv', KNOWN).said).toEqual(['skipped export-fails: the registry has it']);
    expect(taken('title\nexport breaks!\n', 'csv', KNOWN).said).toEqual(['skipped export-fails: the registry has it']);
    expect(taken('title\nExport stuck\nIs export stuck?\n').said).toEqual(['added export-stuck: 2 tickets']);
  });

  test('two failures of the same id under two', () => {
    expect(taken('err_1\nERR_1\n', 'list').said).toEqual(['added err-1: ', 'added err-1-2: ']);
  });

  test('more of what it has where that is asked for and can be written', () => {
    const row = 'title,customers,body\nExport fails,2,The export fails every day.\n';
    expect(taken(row, 'csv', KNOWN, true).said).toEqual(['updated export-fails: customers 0 → 2, 1 more quote']);
    expect(taken('title\nExport fails\n', 'csv', KNOWN, true).said).toEqual([
      'skipped export-fails: nothing new on it',
    ]);
    const fixed = `${KNOWN}    quotes: &q []\n  - id: b\n    title: b\n    codes: [b_1]\n    impact: &i { customers: 1 }\n`;
    const aliased = fixed.replace('symptoms: [export breaks]', 'impact: *i').replace('quotes: &q []', 'codes: [c_1]');
    expect(
      taken(row, 'csv', aliased.replace(/(scenarios:\n)([\s\S]*?)( {2}- id: b[\s\S]*)/, '$1$3$2'), true).said[0],
    ).toMatch(/^skipped export-fails/);
  });
});

test('a list may hold bullets, quotes, descriptions and remarks', () => {
  const list =
    '# a\n// b\n1. `err_one`: it is one.\n• "err_two" = it is two\nerr_three\terr_one\nerr_one\n\nNothing works today\n';
  const told = read(list, 'list').map(({ draft, why }) => [draft.codes?.[0] ?? null, draft.title, why]);
  expect(told).toEqual([
    ['err_one', 'It is one.', '2 places'],
    ['err_two', 'It is two', ''],
    ['err_three', 'err_one', ''],
    [null, 'Nothing works today', ''],
  ]);
  expect(() => read('# nothing\n', 'list')).toThrow('it lists nothing');
});

test.each([
  ['csv', `${'a,'.repeat(501)}\n1\n`, 'more than 500 columns'],
  ['json', `[{${Array.from({ length: 501 }, (_, i) => `"a${i}":1`).join()}}]`, 'more than 500 fields'],
  ['jsonl', '{"title":"a"}\n'.repeat(200_001), 'more than 200,000 rows'],
  ['json', `[${'{},'.repeat(200_001)}{}]`, 'more than 200,000 rows'],
  ['csv', `title\n${'a\n'.repeat(200_001)}`, 'more than 200,000 rows'],
  ['list', 'a\n'.repeat(200_001), 'too many lines'],
  ['json', `a: &a [1]\n${'b: [*a]\n'.repeat(200)}`, 'alias'],
  ['json', '# nothing', 'the file is empty'],
] as const)('%s beyond what is read is said so', (format, text, said) => {
  expect(() => read(text, format)).toThrow(said);
});

test('an API description with too many aliases is none', () => {
  const levels = Array.from({ length: 6 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]\n`);
  const bomb = `openapi: 3.1.0\na0: &a0 [x, x]\n${levels.join('')}`;
  expect(() => read(bomb, 'openapi')).toThrow(/alias/i);
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
