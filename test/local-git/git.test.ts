import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { askGit, failureFromStderr, missingObjects, runGit, startGit } from '../../src/local-git/git.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTempFolders);

test('gives what git wrote, byte for byte', async () => {
  const { dir } = makeRepository({ 'a.bin': new Uint8Array([0, 255, 10, 0]) });
  expect([...(await runGit(dir, ['cat-file', 'blob', 'HEAD:a.bin']))]).toEqual([0, 255, 10, 0]);
});

test('survives a git that stops before it has read its input', async () => {
  const { child, failure } = startGit(makeRepository().dir, ['hash-object', '--no-such-option']);
  child.stdin.end(new Uint8Array(8_000_000));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBeGreaterThan(0);
  expect(failure().code).toBe('git-failed');
});

test('takes further exit codes for an answer if it is told so', async () => {
  const { dir } = makeRepository();
  const args = ['symbolic-ref', '--quiet', 'refs/heads/none'];
  expect(await askGit(dir, args, [0, 1])).toBe('');
  await expect(runGit(dir, args)).rejects.toMatchObject({ code: 'git-failed' });
});

test('repeats the words of git for a failure that it does not know', async () => {
  const { dir } = makeRepository();
  await expect(runGit(dir, ['merge-base', 'none'])).rejects.toMatchObject({
    code: 'git-failed',
    message: expect.stringContaining(`\`git merge-base\` failed in ${dir}: `),
    advice: expect.stringContaining(dir),
  });
});

test('says that a folder is in no repository', async () => {
  const dir = tempFolder();
  await expect(runGit(dir, ['rev-parse', '--git-dir'])).rejects.toMatchObject({
    code: 'not-a-repository',
    message: `${dir} is not in a git repository.`,
  });
});

test('says that a folder does not exist', async () => {
  await expect(runGit(join(tempFolder(), 'none'), ['rev-parse'])).rejects.toMatchObject({
    code: 'not-a-repository',
    message: expect.stringContaining('is not a folder'),
  });
});

test('says how to trust a folder of another user', async () => {
  const { dir } = makeRepository();
  vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
  await expect(runGit(dir, ['rev-parse', '--git-dir'])).rejects.toMatchObject({
    code: 'git-failed',
    advice: expect.stringContaining(`git config --global --add safe.directory ${dir}`),
  });
});

test('says that git is missing', async () => {
  const { dir } = makeRepository();
  vi.stubEnv('PATH', '');
  await expect(runGit(dir, ['rev-parse'])).rejects.toMatchObject({
    name: 'GitFailure',
    code: 'git-missing',
    advice: expect.stringContaining('PATH'),
  });
});

test('reads the folder that it is told, also from a hook of another repository', async () => {
  const [mine, other] = [makeRepository({ 'a.md': 'mine' }), makeRepository({ 'a.md': 'other' })];
  vi.stubEnv('GIT_DIR', join(other.dir, '.git'));
  vi.stubEnv('GIT_WORK_TREE', other.dir);
  vi.stubEnv('GIT_INDEX_FILE', join(other.dir, '.git', 'index'));
  expect(await askGit(mine.dir, ['cat-file', 'blob', 'HEAD:a.md'])).toBe('mine');
  expect(await askGit(mine.dir, ['rev-parse', '--show-toplevel'])).toBe(mine.dir);
});

test('ignores replacement objects, which a git host does not have', async () => {
  const { dir, git } = makeRepository({ 'a.md': 'real', 'b.md': 'replaced' });
  git('replace', 'HEAD:a.md', 'HEAD:b.md');
  expect(await askGit(dir, ['cat-file', 'blob', 'HEAD:a.md'])).toBe('real');
});

test('keeps line breaks within an answer', async () => {
  const dir = join(tempFolder(), 'two\nlines\n');
  mkdirSync(dir);
  await runGit(dir, ['init', '--quiet']);
  expect(await askGit(dir, ['rev-parse', '--show-toplevel'])).toBe(dir);
});

test('runs git offline, in English and without waiting for a person', async () => {
  const bin = tempFolder();
  writeFileSync(join(bin, 'git'), '#!/bin/sh\nenv\n', { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
  const lines = (await askGit(bin, ['status'])).split('\n');
  for (const line of ['LC_ALL=C', 'GIT_TERMINAL_PROMPT=0', 'GIT_OPTIONAL_LOCKS=0', 'GIT_ALLOW_PROTOCOL=none']) {
    expect(lines).toContain(line);
  }
});

test('prefers the line on which git gives up, and prints no control characters', () => {
  const stderr = 'warning: something else\nfatal: bad \u001b[31mcolour\nhint: try again\n';
  expect(failureFromStderr('/docs', ['status', '-z'], stderr)).toMatchObject({
    code: 'git-failed',
    message: '`git status` failed in /docs: fatal: bad  [31mcolour',
    advice: expect.stringContaining('`git -C /docs status -z`'),
  });
});

test('takes the last line where none begins as usual, and says so where there is none', () => {
  expect(failureFromStderr('/docs', ['status'], 'one\ntwo\n\n').message).toMatch(/: two$/);
  expect(failureFromStderr('/docs', ['status'], '').message).toMatch(/: it gave no reason\.$/);
});

test('bounds the words of git', () => {
  expect(failureFromStderr('/docs', ['status'], `fatal: ${'x'.repeat(10_000)}`).message.length).toBeLessThan(400);
});

test.each([
  ['fatal: not a git repository (or any of the parent directories): .git', 'not-a-repository'],
  ["fatal: cannot change to '/docs': No such file or directory", 'not-a-repository'],
  ["fatal: detected dubious ownership in repository at '/docs'", 'git-failed'],
  ['fatal: could not fetch 12ab from promisor remote', 'missing-object'],
  ['error: inflate: data stream error\nfatal: loose object 12ab (stored in x) is corrupt', 'missing-object'],
  ['fatal: not a tree object', 'missing-object'],
])('knows %j', (stderr, code) => {
  const failure = failureFromStderr('/docs', ['ls-tree'], stderr);
  expect(failure.code).toBe(code);
  expect(failure.message).toContain('/docs');
  expect(failure.advice).not.toBe('');
});

test('names the first of several missing objects and how many there are', () => {
  expect(missingObjects('/docs', ['1a', '2b', '3c']).message).toBe('/docs lacks the object 1a and 2 more.');
});
