import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { askGit, runGit } from '../../src/local-git/git.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTempFolders);

test('gives what git wrote, byte for byte', async () => {
  const { dir } = makeRepository({ 'a.bin': new Uint8Array([0, 255, 10, 0]) });
  const { stdout, exit } = await runGit(dir, ['cat-file', 'blob', 'HEAD:a.bin']);
  expect([...stdout]).toEqual([0, 255, 10, 0]);
  expect(exit).toBe(0);
});

test('passes input on', async () => {
  const { dir } = makeRepository();
  expect(await askGit(dir, ['hash-object', '--stdin'], { input: '' })).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
});

test('survives a git that stops before it has read its input', async () => {
  const { dir } = makeRepository();
  const input = new Uint8Array(8_000_000);
  await expect(runGit(dir, ['hash-object', '--no-such-option'], { input })).rejects.toMatchObject({
    code: 'git-failed',
  });
});

test('takes further exit codes for an answer if it is told so', async () => {
  const { dir } = makeRepository();
  const args = ['symbolic-ref', '--quiet', 'refs/heads/none'];
  expect((await runGit(dir, args, { exits: [0, 1] })).exit).toBe(1);
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
