import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, REGISTRY } from './small-docs.ts';

afterAll(removeTempFolders);

const SETTINGS = '.github/signpost.yml';
const TICKETS = `Subject,Error,Account,Created
Card declined,card_declined,Orchard,2026-01-03
Export stuck,EXP_17,Orchard,2026-01-03
Export stuck again,EXP_17,Hillside,2026-03-03
Receipts empty,,Hillside,2026-03-03
What is new?,,Hillside,2026-03-03
`;

const FOUND = `  - id: exp-17
    title: Export stuck
    codes: [EXP_17]
    impact: { customers: 2, recurring: true }
  - id: receipts-empty
    title: Receipts empty
    symptoms: [receipts empty]
    impact: { customers: 1 }
`;

const textOf = (dir: string) => readFileSync(join(dir, SETTINGS), 'utf8');

function withFiles(files: Record<string, string | Uint8Array> = {}) {
  const repository = makeRepository(FILES);
  repository.write(files);
  const take = (...options: string[]) => runCli(['registry', 'import', ...options], { cwd: repository.dir });
  return { ...repository, take };
}

describe('tickets', () => {
  test('become scenarios, and each is told with what the docs say of it', async () => {
    const { dir, take } = withFiles({ 'tickets.csv': TICKETS });
    const ran = await take('tickets.csv');
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain('✔ 2 scenarios added to .github/signpost.yml and 2 skipped');
    expect(ran.stdout).toContain('missing  Export stuck\n           exp-17: 2 tickets, 2 customers; tickets.csv:3');
    expect(ran.stdout).toContain('card-declined: the registry has it; tickets.csv:2');
    expect(textOf(dir)).toBe(REGISTRY + FOUND);
    const { exitCode } = await runCli(['registry', 'check'], { cwd: dir });
    expect(exitCode).toBe(0);
  });

  test('a second import adds nothing and says so', async () => {
    const { dir, take } = withFiles({ 'tickets.csv': TICKETS });
    await take('tickets.csv');
    const ran = await take('tickets.csv');
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('▲ Nothing to change: 4 skipped');
    expect(textOf(dir)).toBe(REGISTRY + FOUND);
  });

  test('a dry run shows the diff and writes nothing', async () => {
    const { dir, take } = withFiles({ 'tickets.csv': TICKETS });
    const { stdout } = await take('tickets.csv', '--dry-run');
    expect(stdout).toContain('+  - id: exp-17\n');
    expect(stdout).toContain('2 scenarios would be added');
    expect(textOf(dir)).toBe(REGISTRY);
  });

  test('--update raises what is known of a scenario, --least leaves out what few tell', async () => {
    const more = `${TICKETS}Card declined,card_declined,A,\nCard declined,card_declined,B,\nCard declined,card_declined,C,\n`;
    const { dir, take } = withFiles({ 'tickets.csv': more });
    const { stdout } = await take('tickets.csv', '--update', '--least', '2');
    expect(stdout).toContain('card-declined: customers 3 → 4');
    expect(stdout).toMatch(/1 ticket, 1 customer, fewer than 2;\s+tickets.csv:5/);
    expect(textOf(dir)).toContain('    impact: { customers: 4 }\n  - id: receipt-empty');
    expect(textOf(dir)).toContain('- id: exp-17');
    expect(textOf(dir)).not.toContain('receipts-empty');
  });

  test('are read from stdin, as spreadsheets and programs write them', async () => {
    const { dir } = withFiles();
    const utf16 = Buffer.from(`\uFEFF${TICKETS.replaceAll(',', '\t')}`, 'utf16le');
    const ran = await runCli(['registry', 'import', '-', '--from', 'csv'], { cwd: dir, stdin: utf16 });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('stdin:3');
    expect(textOf(dir)).toBe(REGISTRY + FOUND);
  });

  test('the JSON has every entry and why', async () => {
    const { take } = withFiles({ 'tickets.csv': TICKETS });
    const { scenarios, ...rest } = JSON.parse((await take('tickets.csv', '--format', 'json')).stdout);
    expect(rest).toMatchObject({ version: 1, kind: 'registry-import', written: true, counts: { errors: 0 } });
    expect(scenarios.map(({ action, id, source }: Record<string, string>) => [action, id, source])).toEqual([
      ['added', 'exp-17', 'tickets.csv:3'],
      ['skipped', 'card-declined', 'tickets.csv:2'],
      ['added', 'receipts-empty', 'tickets.csv:5'],
      ['skipped', null, 'tickets.csv:6'],
    ]);
    expect(scenarios[0]).toMatchObject({ state: 'missing', why: '2 tickets, 2 customers' });
  });
});

describe('codes in sources', () => {
  test('are found in the work tree, committed or not', async () => {
    const { dir, take } = withFiles({
      'src/a.ts': 'throw "ERR_FULL"',
      'src/deep/b.ts': '// ERR_FULL\n"ERR_GONE"',
      'c.ts': 'ERR_NO',
    });
    const ran = await take('--codes', 'src/**/*.ts:ERR_[A-Z]+');
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('err-full: 2 places; src/a.ts:1');
    expect(textOf(dir)).toContain('  - id: err-gone\n    title: Gone\n    codes: [ERR_GONE]\n');
    expect(textOf(dir)).not.toContain('ERR_NO');
  });

  test.each([
    ['ERR_[A-Z]+', 'is no GLOB:PATTERN'],
    ['*.ts:(', 'cannot be read: missing closing )'],
    ['lib/*.ts:ERR', 'no file of the work tree matches "lib/*.ts"'],
    ['docs/*.md:ERR_[0-9]', 'nothing matches "ERR_[0-9]" in 3 files'],
  ])('%s is bad usage', async (typed, said) => {
    const { take } = withFiles();
    const ran = await take('--codes', typed);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
  });
});

test.each([
  ['an empty file', 'a.csv', ' \n', 'a.csv: the file is empty.'],
  ['a broken row', 'a.csv', 'title,b\nx,"y\n', 'a.csv:2: the row is no CSV: a quote is opened and never closed.'],
  [
    'no such columns',
    'a.csv',
    'a,b\n1,2\n',
    'a.csv:1: no column for title, code or theme among "a", "b".\nSay which: --map title=a',
  ],
  [
    'bytes that are not UTF-8',
    'a.csv',
    Buffer.from('title\nok\nGr\xf6\xdfe fehlt\n', 'latin1'),
    'a.csv:3 is not UTF-8.',
  ],
  ['a spreadsheet', 'a.csv', Buffer.from('PK\x03\x04\x00\x00', 'latin1'), 'a.csv is no text.'],
  ['an unknown form', 'a.bin', 'hello\n', 'a.bin does not tell what it is.'],
  ['an API without errors', 'a.yaml', 'openapi: 3.1.0\npaths: {}\n', 'a.yaml: it describes no error codes.'],
  ['a line that is no JSON', 'a.jsonl', '{"title":"a"}\nb\n', 'a.jsonl:2: the line is no JSON.'],
])('%s is said with its file and line', async (_, name, content, said) => {
  const { dir, take } = withFiles({ [name]: content });
  const ran = await take(name);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain(said);
  expect(textOf(dir)).toBe(REGISTRY);
});

test.each([
  [[], 'There is nothing to import.'],
  [['none.csv'], 'none.csv cannot be read: there is no such file or folder.'],
  [['docs'], 'docs cannot be read: it is a folder.'],
  [['t.csv', '--least', 'few'], '--least takes a number'],
  [['t.csv', '--map', 'titel=Subject'], 'Did you mean title?'],
])('%j is bad usage', async (options, said) => {
  const { take } = withFiles({ 't.csv': TICKETS });
  const ran = await take(...options);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain(said);
});
