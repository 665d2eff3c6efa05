import { afterAll, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

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

test.each(['terminal', 'markdown', 'sarif', 'github'])('has the format %s', async (format) => {
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
