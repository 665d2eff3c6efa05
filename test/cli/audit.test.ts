import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { ERRORS, FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

afterAll(removeTempFolders);

test('tells the state of every scenario at HEAD and passes whatever it is', async () => {
  const { dir, git } = makeRepository(FILES);
  const ran = await runCli(['audit', '--format', 'json'], { cwd: dir });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    version: 1,
    kind: 'audit',
    rev: git('rev-parse', 'HEAD'),
    verdict: 'pass',
    scenarios: [
      { id: 'card-declined', state: 'covered', evidence: [{ path: 'docs/errors.md', line: 3 }] },
      { id: 'receipt-empty', state: 'missing', evidence: [] },
    ],
    counts: { covered: 1, missing: 1, pages: 3 },
  });
});

test.each([
  ['high', 0],
  ['medium', 0],
  ['low', 1],
])('with --fail-on %s, a gap of low gravity ends with %d', async (gravity, exitCode) => {
  const { dir } = makeRepository(FILES);
  expect((await runCli(['audit', '--fail-on', gravity], { cwd: dir })).exitCode).toBe(exitCode);
});

test('looks at another commit or at the work tree', async () => {
  const { dir, git, commit, write } = makeRepository(FILES);
  commit({ 'docs/errors.md': WITHOUT_CAUSE });
  write({ 'docs/errors.md': null });
  const stateAt = async (...options: string[]) => {
    const { stdout } = await runCli(['audit', '--format', 'json', ...options], { cwd: dir });
    const { rev, scenarios } = JSON.parse(stdout);
    return [rev, scenarios[0].state];
  };
  expect(await stateAt('--rev', 'HEAD~1')).toEqual([git('rev-parse', 'HEAD~1'), 'covered']);
  expect(await stateAt()).toEqual([git('rev-parse', 'HEAD'), 'partial']);
  expect(await stateAt('--rev', 'WORKTREE')).toEqual(['WORKTREE', 'missing']);
});

test('fails for an invalid registry', async () => {
  const { dir } = makeRepository({ ...FILES, '.github/signpost.yml': `${REGISTRY}    symptom: []\n` });
  expect((await runCli(['audit'], { cwd: dir })).exitCode).toBe(1);
});

test('speaks JSON also where git cannot answer', async () => {
  const ran = await runCli(['audit', '--format', 'json', '--rev', 'v1'], { cwd: tempFolder() });
  expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject({ kind: 'audit', rev: 'v1', verdict: 'not-judged', scenarios: [] });
});

test.each(['terminal', 'markdown', 'sarif', 'github', 'html'])('has the format %s', async (format) => {
  const { dir } = makeRepository(FILES);
  const ran = await runCli(['audit', '--fail-on', 'low', '--format', format], { cwd: dir });
  expect(ran.exitCode).toBe(1);
  expect(ran.stdout).toContain('receipt');
});

test('reads paths with spaces, quotes and letters of other scripts', async () => {
  const registry = REGISTRY.replace('pages: [errors]', 'pages: ["Fehler & Lösungen/エラー"]');
  const { 'docs/errors.md': errors, ...rest } = FILES;
  const { dir } = makeRepository({
    ...rest,
    '.github/signpost.yml': registry,
    'docs/Fehler & Lösungen/エラー.md': errors as string,
    'docs/it\'s "quoted".md': '# Notes\n',
  });
  const { stdout, exitCode } = await runCli(['audit', '--format', 'json'], { cwd: dir });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).scenarios[0]).toMatchObject({
    state: 'covered',
    evidence: [{ path: 'docs/Fehler & Lösungen/エラー.md', line: 3 }],
  });
});

describe('a page', () => {
  const html = ['audit', '--format', 'html'];

  test('is written to a file, with links to where the repository was cloned from', async () => {
    const { dir, git } = makeRepository(FILES);
    git('remote', 'add', 'origin', 'git@github.com:acme/docs.git');
    const ran = await runCli([...html, '--output', 'report.html'], { cwd: dir, tty: true });
    expect(ran).toMatchObject({ exitCode: 0, stdout: '' });
    const page = readFileSync(join(dir, 'report.html'), 'utf8');
    expect(page).toContain('<h1>1 of 2 scenarios covered</h1>');
    expect(page).toContain(
      `https://github.com/acme/docs/blob/${git('rev-parse', 'HEAD')}/docs/errors.md?plain=1#L3-L5`,
    );
  });

  test('is linked on a GitHub server of one’s own where it runs there', async () => {
    const { dir, git } = makeRepository(FILES);
    git('remote', 'add', 'upstream', 'https://git.acme.example/acme/docs');
    const linked = async (env: Record<string, string>) =>
      (await runCli(html, { cwd: dir, env })).stdout.includes('/blob/');
    expect(await linked({ GITHUB_SERVER_URL: 'https://git.acme.example' })).toBe(true);
    expect(await linked({})).toBe(false);
  });

  test('on a terminal comes with a word on where to put it', async () => {
    const { dir } = makeRepository(FILES);
    const { stdout, stderr } = await runCli(html, { cwd: dir, tty: true });
    expect(stdout).toMatch(/^<!DOCTYPE html>/);
    expect(stderr).toContain('--output report.html');
  });

  test('has coverage over time where that is asked for', async () => {
    const { dir, commit } = makeRepository({ ...FILES, 'docs/errors.md': WITHOUT_CAUSE });
    commit({ 'docs/errors.md': ERRORS }, { date: '2026-03-01T12:00:00Z' });
    const { stdout } = await runCli([...html, '--trend', '6 months'], { cwd: dir });
    expect(stdout).toContain('2026-01-01: 0 of 2 scenarios covered (0 %); 2026-03-01: 1 of 2 scenarios covered (50 %)');
    expect((await runCli(html, { cwd: dir })).stdout).not.toContain('Over time');
  });

  test('has no trend where the history tells none, and says so', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli([...html, '--trend', '2026-05-01'], { cwd: dir, tty: true });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).not.toContain('Over time');
    expect(ran.stderr).toContain('The report has no trend. There is no change to judge in HEAD since 2026-05-01.');
  });

  test.each([
    [['--trend', 'soon'], '"soon" is no date.', '`--trend 2026-01-31`'],
    [['--trend', '2026-01-01', '--format', 'json'], 'json has no trend.', '`--format html`'],
  ])('refuses %j', async (options, problem, advice) => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli([...html, ...options], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(problem);
    expect(ran.stderr).toContain(advice);
  });
});
