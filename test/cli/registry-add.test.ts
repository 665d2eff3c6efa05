import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Cancelled, type Prompts, type TextQuestion } from '../../src/commands/prompts.ts';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, REGISTRY } from './small-docs.ts';

afterAll(removeTempFolders);

const SETTINGS = '.github/signpost.yml';
const FLAGS = ['--title', 'The export hangs', '--symptom', 'export hangs', '--cause', 'disk full'];

const add = (cwd: string, ...options: string[]) => runCli(['registry', 'add', ...options], { cwd });
const textOf = (dir: string, path = SETTINGS) => readFileSync(join(dir, path), 'utf8');

describe('by flags', () => {
  test('a scenario is appended, and what the docs say of it is said', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await add(
      dir,
      ...FLAGS,
      '--page',
      'test-cards',
      '--customers',
      '2',
      '--environment',
      'production',
      '--recurring',
    );
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain('✔ 1 scenario added to .github/signpost.yml');
    expect(ran.stdout).toContain('missing  The export hangs');
    expect(textOf(dir)).toBe(`${REGISTRY}  - id: export-hangs
    title: The export hangs
    symptoms: [export hangs]
    causes: [disk full]
    pages: [test-cards]
    impact: { customers: 2, environment: production, recurring: true }
`);
  });

  test('the state is that of the work tree', async () => {
    const { dir, write } = makeRepository(FILES);
    write({ 'docs/test-cards.md': '# Test cards\n\n## The export hangs\n\nThe disk is full.\n' });
    const { stdout } = await add(dir, ...FLAGS);
    expect(stdout).toContain('covered  The export hangs');
    expect(stdout).toContain('docs/test-cards.md:3-5');
  });

  test('a dry run shows the diff and writes nothing', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await add(dir, ...FLAGS, '--dry-run');
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(
      /^--- a\/.github\/signpost.yml\n\+\+\+ b\/.github\/signpost.yml\n@@ -\d+,3 \+\d+,7 @@\n/,
    );
    expect(ran.stdout).toContain('\n+  - id: export-hangs\n');
    expect(textOf(dir)).toBe(REGISTRY);
  });

  test('an error is said at the line where it would stand, and nothing is written', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await add(dir, ...FLAGS, '--link', 'test-cards', '--owner', 'robin@orchard.io');
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('Nothing was written');
    expect(ran.stdout).toContain(`${SETTINGS}:22:13  error`);
    expect(textOf(dir)).toBe(REGISTRY);
  });

  test('doubts are said and do not keep it from being written', async () => {
    const { dir } = makeRepository(FILES);
    const { stdout, exitCode } = await add(dir, '--title', 'Cards', '--symptom', 'test cards', '--link', '/nowhere/');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no page is served at "/nowhere/"');
    expect(stdout).toMatch(/has no word\s+for a failure/);
  });

  test('the JSON has the entry, its state, the diff and what is doubtful', async () => {
    const { dir } = makeRepository(FILES);
    const { stdout } = await add(dir, ...FLAGS, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      kind: 'registry-add',
      file: SETTINGS,
      isNew: false,
      written: true,
      unwritten: null,
      scenarios: [{ action: 'added', id: 'export-hangs', state: 'missing', gaps: [], evidence: [] }],
      findings: [],
      diff: expect.arrayContaining(['+  - id: export-hangs']),
    });
  });

  test.each([
    [[], 'A scenario needs --title.'],
    [['--title', 'x'], 'A scenario needs a --code or a --symptom.'],
    [['--title', 'x', '--code', 'c_1', '--id', 'card-declined'], 'The id card-declined is taken.'],
    [['--title', 'x', '--code', 'c_1', '--customers', 'some'], '--customers takes a number, found "some".'],
    [['--title', 'x', '--code', 'c_1', '--file', 'notes.txt'], 'notes.txt is no YAML file.'],
  ])('%j is bad usage', async (options, said) => {
    const { dir } = makeRepository(FILES);
    const ran = await add(dir, ...options);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
    expect(textOf(dir)).toBe(REGISTRY);
  });
});

describe('the file', () => {
  const SETTINGS_ALONE = 'docs:\n  - root: docs\n    framework: plain\n';
  const CARDS = 'scenarios:\n  - id: a\n    title: A\n    codes: [a_1]\n';

  test('is the only one with scenarios where the settings file has none', async () => {
    const { dir } = makeRepository({ ...FILES, [SETTINGS]: SETTINGS_ALONE, '.github/signpost/cards.yml': CARDS });
    expect((await add(dir, ...FLAGS)).stdout).toContain('.github/signpost/cards.yml');
    expect(textOf(dir)).toBe(SETTINGS_ALONE);
    expect(textOf(dir, '.github/signpost/cards.yml')).toContain(`${CARDS}  - id: export-hangs\n`);
  });

  test('must be named where several have scenarios', async () => {
    const files = { [SETTINGS]: SETTINGS_ALONE, '.github/signpost/cards.yml': CARDS };
    const { dir } = makeRepository({ ...FILES, ...files, '.github/signpost/b.yml': CARDS.replace('id: a', 'id: b') });
    const ran = await add(dir, ...FLAGS);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('Name one with --file: .github/signpost/b.yml, .github/signpost/cards.yml.');
    expect((await add(dir, ...FLAGS, '--file', '.github/signpost/b.yml')).exitCode).toBe(0);
    expect(textOf(dir, '.github/signpost/b.yml')).toContain('id: export-hangs');
  });

  test('may be a new one of the registry, which is said; its ids are held against the others', async () => {
    const { dir } = makeRepository(FILES);
    const { stdout } = await add(dir, ...FLAGS, '--file', '.github/signpost/cards.yml');
    expect(stdout).toContain('.github/signpost/cards.yml, which is new');
    expect(textOf(dir, '.github/signpost/cards.yml')).toMatch(/^scenarios:\n {2}- id: export-hangs\n/);
    expect(textOf(dir)).toBe(REGISTRY);
  });

  test('may be a draft outside the registry', async () => {
    const { dir, write } = makeRepository(FILES);
    write({ 'draft.yml': 'version: 1\n' });
    expect((await add(dir, ...FLAGS, '--file', 'draft.yml')).exitCode).toBe(0);
    expect(textOf(dir, 'draft.yml')).toContain('id: export-hangs');
  });

  test.each([
    ['no registry at all', {}, 'There is no registry in the work tree.'],
    ['a broken one', { [SETTINGS]: 'scenarios: [\n' }, `${SETTINGS}:2 is not valid YAML`],
    ['a list in its place', { [SETTINGS]: '- a\n' }, 'cannot be added to: it is no map'],
  ])('cannot be written where there is %s', async (_, files, said) => {
    const { dir } = makeRepository({ 'docs/a.md': '# A\n', ...files });
    const ran = await add(dir, ...FLAGS);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(said);
  });

  test('cannot be in a bare repository', async () => {
    const { dir } = makeRepository(FILES).clone('--bare');
    expect((await add(dir, ...FLAGS)).stderr).toContain('is a bare repository');
  });
});

/** Answers questions by the first words of their message; asks again as a person would be asked. */
function answering(answers: Record<string, (string | boolean)[]>) {
  const asked: string[] = [];
  const shown: string[] = [];
  const next = (message: string): string | boolean | undefined => {
    asked.push(message);
    const key = Object.keys(answers).find((start) => message.startsWith(start));
    return key === undefined ? undefined : answers[key]?.shift();
  };
  const text = async (question: TextQuestion): Promise<string> => {
    const answer = (next(question.message) as string | undefined) ?? question.initialValue ?? '';
    const wrong = question.validate?.(answer);
    if (wrong === undefined) return answer;
    asked.push(wrong);
    return text(question);
  };
  const prompts: Prompts = {
    begin: async (title) => void asked.push(title),
    text,
    confirm: async ({ message, initialValue = true }) => (next(message) as boolean | undefined) ?? initialValue,
    select: async ({ message, options }) => (next(message) ?? options[0]!.value) as never,
    multiselect: async () => [],
    show: async (lines) => void shown.push(lines),
  };
  return { prompts, asked, shown };
}

describe('by prompts', () => {
  const ANSWERS = () => ({
    'The failure': ['The export hangs'],
    Phrase: ['', 'cards', 'export hangs|freezes'],
    Words: ['disk full'],
    Route: ['test-cards', '/test-cards/'],
    'What a customer': ['mail robin@orchard.io', 'it refuses every card'],
    'How many': ['many', '3'],
    Where: ['production'],
  });

  test('every answer is held against the registry’s rules as it is typed', async () => {
    const { dir } = makeRepository(FILES);
    const { prompts, asked, shown } = answering(ANSWERS());
    const ran = await runCli(['registry', 'add', '--page', 'test-cards'], { cwd: dir, prompts });
    expect(ran.exitCode).toBe(0);
    expect(asked[0]).toBe(`A new scenario in ${SETTINGS}`);
    expect(asked).toContain('A scenario needs a code or a phrase');
    expect(asked.join('\n')).toContain('so it is never looked for (Enter again to keep it)');
    expect(asked.join('\n')).toContain('must be a route that starts with "/"');
    expect(asked.join('\n')).toContain('holds an e-mail address');
    expect(asked).toContain('Write a number');
    expect(asked.filter((message) => message.startsWith('Page'))).toEqual([]);
    expect(shown.join('\n')).toContain('+  - id: export-hangs');
    expect(textOf(dir)).toBe(`${REGISTRY}  - id: export-hangs
    title: The export hangs
    symptoms: [export hangs|freezes]
    causes: [disk full]
    links: [/test-cards/]
    pages: [test-cards]
    impact: { customers: 3, environment: production }
    quotes: [it refuses every card]
`);
  });

  test('what is only doubtful can be kept', async () => {
    const { dir } = makeRepository(FILES);
    const { prompts } = answering({ ...ANSWERS(), Phrase: ['cards', 'cards'] });
    await runCli(['registry', 'add'], { cwd: dir, prompts });
    expect(textOf(dir)).toContain('symptoms: [cards]');
  });

  test('nothing is written without consent, nor when the questions are left', async () => {
    const { dir } = makeRepository(FILES);
    const { prompts } = answering({ ...ANSWERS(), 'Write it': [false] });
    const ran = await runCli(['registry', 'add'], { cwd: dir, prompts });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('nothing was written');
    const left = { ...prompts, text: () => Promise.reject(new Cancelled()) };
    expect((await runCli(['registry', 'add'], { cwd: dir, prompts: left })).exitCode).toBe(2);
    expect(textOf(dir)).toBe(REGISTRY);
  });

  test('nobody is asked where a title is given, or with --quiet', async () => {
    const { dir } = makeRepository(FILES);
    const { prompts, asked } = answering({});
    await runCli(['registry', 'add', ...FLAGS], { cwd: dir, prompts });
    expect((await runCli(['registry', 'add', '--quiet'], { cwd: dir, prompts })).exitCode).toBe(2);
    expect(asked).toEqual([]);
  });
});
