import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../src/commands/run.ts';
import { COMMANDS } from '../../src/commands/table.ts';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES } from './small-docs.ts';

afterAll(removeTempFolders);

describe('help', () => {
  test('lists every command and the exit codes', async () => {
    const { exitCode, stdout, stderr } = await runCli(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name } of COMMANDS) expect(stdout).toContain(name.split(' ')[0]);
    expect(stdout).toContain('2  not judged, or bad usage');
  });

  test.each(COMMANDS.map((command) => [command.name, command] as const))('of %s', async (name, command) => {
    const { exitCode, stdout } = await runCli([...name.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(command.description.slice(0, 40));
    for (const option of ['--repo', '--format', '--output', '--quiet', '--no-color', '--help'])
      expect(stdout).toContain(option);
    for (const [typed] of command.examples) expect(stdout).toContain(`$ signpost ${typed}\n`);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('no command at all is bad usage and shows the help', async () => {
    const ran = await runCli([]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Usage: signpost');
  });
});

describe('a slip of the pen ends with 2 and names what was meant', () => {
  test.each([
    ['a command', ['reviw'], 'Did you mean review?'],
    ['a command of a group', ['registry', 'chek'], 'Did you mean check?'],
    ['a flag', ['review', '--formt', 'json'], 'Did you mean --format?'],
    ['a format', ['audit', '--format', 'jsn'], 'Did you mean json?'],
    ['a gravity', ['audit', '--fail-on', 'hihg'], 'Did you mean high?'],
    ['a format that another command has', ['explain', 'x', '--format', 'sarif'], 'one of terminal, json'],
    ['a missing id', ['explain'], "missing required argument 'ID'"],
    ['one word too many', ['audit', 'now'], 'too many arguments'],
    ['a flag without its value', ['review', '--base'], 'argument missing'],
  ])('%s', async (_, argv, said) => {
    const ran = await runCli(argv);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
  });
});

describe('output', () => {
  test('goes to a file', async () => {
    const { dir } = makeRepository(FILES);
    const typed = ['audit', '--format', 'json', '--output', 'audit.json'];
    expect(await runCli(typed, { cwd: dir })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(join(dir, 'audit.json'), 'utf8')).kind).toBe('audit');
  });

  test('a file that cannot be written is bad usage', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['audit', '--output', 'no/such/folder.json'], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('no/such/folder.json cannot be written: there is no such file or folder');
  });

  const ESCAPE = '\u001b[';
  test.each([
    ['a terminal', true, {}, [], true],
    ['a pipe', false, {}, [], false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, [], false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, [], true],
    ['a terminal with --no-color', true, { FORCE_COLOR: '1' }, ['--no-color'], false],
    ['a dumb terminal', true, { TERM: 'dumb' }, [], false],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, [], true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, [], false],
  ])('colour on %s', async (_, tty, env, options, colored) => {
    const { dir } = makeRepository(FILES);
    const { stdout } = await runCli(['audit', ...options], { cwd: dir, tty, env });
    expect(stdout.includes(ESCAPE)).toBe(colored);
  });

  test('--quiet leaves the result alone', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['review', '--quiet'], { cwd: dir, tty: true });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).not.toBe('');
  });
});

test('a bug of ours ends with 3 and its stack', async () => {
  const said: string[] = [];
  const stdout = { write: () => {} };
  const stderr = { write: (text: string) => said.push(text) };
  const now = () => new Date(Number.NaN);
  const stdin = (async function* () {})();
  expect(await run(['audit'], { stdout, stderr, stdin, prompts: null, env: {}, cwd: '.', now })).toBe(3);
  expect(said.join('')).toMatch(/This is a bug in Signpost, please report it.*\nRangeError: Invalid time value\n +at /);
});
