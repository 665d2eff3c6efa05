import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { openRepository } from '../../src/local-git/repository.ts';
import type { Blobs, BlobText, Tree } from '../../src/review/compare/snapshot.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTempFolders);

const decode = (bytes: Uint8Array): BlobText => ({ text: Buffer.from(bytes).toString() });
const pages = (tree: Tree): string[] => [...tree].filter(([path]) => path.endsWith('.md')).map(([, { blob }]) => blob);

const textsOf = (tree: Tree, blobs: Blobs) =>
  Object.fromEntries([...tree].map(([path, { blob }]) => [path, blobs.get(blob) ?? null]));

/** What a person who asks for one revision of a folder gets. */
async function read(folder: string, revision: string) {
  const repository = await openRepository(folder);
  const snapshot = await repository.snapshot(revision);
  const blobs = new Map<string, BlobText>();
  const progress: number[] = [];
  await repository.load([snapshot], pages, blobs, decode, (done) => progress.push(done));
  expect(progress).toEqual([...blobs].map((_, i) => i + 1));
  await repository.close();
  return { commit: snapshot.commit, files: textsOf(snapshot.tree, blobs) };
}

test('reads both commits of a review, and only the blobs that matter', async () => {
  const { dir, commit, branch } = makeRepository();
  const base = commit({ 'a.md': 'one', 'b.md': 'two', 'code.ts': 'ignored' });
  branch('topic');
  const head = commit({ 'b.md': 'two, better' });
  const repository = await openRepository(dir);
  expect(repository.toplevel).toBe(realpathSync(dir));
  expect(await repository.mergeBase('main', 'topic')).toBe(base);
  const snapshots = [await repository.snapshot('main'), await repository.snapshot('topic')];
  expect(snapshots.map((each) => each.commit)).toEqual([base, head]);
  const blobs = new Map<string, BlobText>();
  await repository.load(snapshots, pages, blobs, decode);
  expect([...blobs.values()].map((blob) => 'text' in blob && blob.text).sort()).toEqual(['one', 'two', 'two, better']);
  expect(textsOf(snapshots[1]!.tree, blobs)).toEqual({
    'a.md': { text: 'one' },
    'b.md': { text: 'two, better' },
    'code.ts': null,
  });
  await repository.close();
});

test('reads uncommitted work and the commit that it stands on in one pass', async () => {
  const { dir, commit, write, rename } = makeRepository();
  const head = commit({ 'a.md': 'one', 'b.md': 'two', 'c.md': 'three' });
  write({ 'a.md': 'one, edited', 'new.md': 'four' });
  rename('b.md', 'moved.md');
  const repository = await openRepository(dir);
  const snapshots = [await repository.snapshot('HEAD'), await repository.snapshot('WORKTREE')];
  expect(snapshots.map((each) => each.commit)).toEqual([head, 'WORKTREE']);
  expect(await repository.mergeBase('HEAD', 'WORKTREE')).toBe(head);
  expect(await repository.commit('WORKTREE')).toBe(head);
  const blobs = new Map<string, BlobText>();
  await repository.load(snapshots, pages, blobs, decode);
  expect(textsOf(snapshots[0]!.tree, blobs)).toEqual({
    'a.md': { text: 'one' },
    'b.md': { text: 'two' },
    'c.md': { text: 'three' },
  });
  expect(textsOf(snapshots[1]!.tree, blobs)).toEqual({
    'a.md': { text: 'one, edited' },
    'moved.md': { text: 'two' },
    'c.md': { text: 'three' },
    'new.md': { text: 'four' },
  });
  await repository.close();
});

test('keeps the work tree of an earlier snapshot apart from a later one', async () => {
  const { dir, write } = makeRepository({ 'a.md': 'one' });
  const repository = await openRepository(dir);
  write({ 'a.md': 'two' });
  const earlier = await repository.snapshot('WORKTREE');
  write({ 'a.md': 'three' });
  const later = await repository.snapshot('WORKTREE');
  const blobs = new Map<string, BlobText>();
  await repository.load([later], pages, blobs, decode);
  expect(textsOf(later.tree, blobs)).toEqual({ 'a.md': { text: 'three' } });
  await expect(repository.load([earlier], pages, blobs, decode)).rejects.toThrow('changed while it was read');
  await repository.close();
});

test('works from a subfolder, by a relative path, in a linked work tree and on a detached HEAD', async () => {
  const { dir, git, write } = makeRepository({ 'a.md': 'one', 'docs/b.md': 'two' });
  const head = git('rev-parse', 'HEAD');
  const linked = join(tempFolder(), 'linked');
  git('worktree', 'add', '--quiet', '--detach', linked);
  const expected = { commit: head, files: { 'a.md': { text: 'one' }, 'docs/b.md': { text: 'two' } } };
  for (const folder of [dir, join(dir, 'docs'), relative(process.cwd(), dir), linked, join(dir, '.git')]) {
    expect(await read(folder, 'HEAD'), folder).toEqual(expected);
  }
  write({ 'a.md': 'edited' });
  for (const folder of [dir, join(dir, 'docs')]) {
    expect((await read(folder, 'WORKTREE')).files, folder).toEqual({
      'a.md': { text: 'edited' },
      'docs/b.md': { text: 'two' },
    });
  }
  expect((await read(linked, 'WORKTREE')).files).toEqual(expected.files);
});

test('reads a bare repository, which has no work tree', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  const { dir } = origin.clone('--bare');
  expect((await read(dir, 'main')).files).toEqual({ 'a.md': { text: 'one' } });
  const repository = await openRepository(dir);
  expect(repository.toplevel).toBeNull();
  await expect(repository.snapshot('WORKTREE')).rejects.toMatchObject({
    code: 'unknown-revision',
    message: expect.stringContaining('bare'),
  });
  expect(await repository.defaultBranch()).toBe('main');
});

test('reads the newest commit of a shallow clone', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.commit({ 'a.md': 'two' });
  expect((await read(origin.clone('--depth=1').dir, 'HEAD')).files).toEqual({ 'a.md': { text: 'two' } });
});

test('reads a repository of SHA-256', async () => {
  const { dir, write } = makeRepository({ 'a.md': 'one' }, '--object-format=sha256');
  expect(await read(dir, 'HEAD')).toEqual({
    commit: expect.stringMatching(/^[0-9a-f]{64}$/),
    files: { 'a.md': { text: 'one' } },
  });
  write({ 'a.md': 'two' });
  expect((await read(dir, 'WORKTREE')).files).toEqual({ 'a.md': { text: 'two' } });
});

test.each(['with space.md', 'quote".md', 'line\nbreak.md', 'caf\u00e9.md', 'cafe\u0301.md', '日本語.md'])(
  'reads %j from a commit and from the disk',
  async (path) => {
    const { dir, write } = makeRepository({ [path]: 'one' });
    expect((await read(dir, 'HEAD')).files).toEqual({ [path]: { text: 'one' } });
    write({ [path]: 'two' });
    expect((await read(dir, 'WORKTREE')).files).toEqual({ [path]: { text: 'two' } });
  },
);

test('reads a file whose name is no UTF-8 from the disk', async () => {
  const { dir, git } = makeRepository({});
  execFileSync('sh', ['-c', `printf one > "$(printf 'caf\\351.md')"`], { cwd: dir });
  expect((await read(dir, 'WORKTREE')).files).toEqual({ 'caf\ufffd.md': { text: 'one' } });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Add a page in Latin-1');
  expect((await read(dir, 'HEAD')).files).toEqual({ 'caf\ufffd.md': { text: 'one' } });
});

test('reads nothing of a commit without docs', async () => {
  const { dir } = makeRepository({ 'main.c': 'int main;' });
  expect((await read(dir, 'HEAD')).files).toEqual({ 'main.c': null });
});

test('lists a commit once as long as it is among the last that were asked for', async () => {
  const { dir, commit } = makeRepository({ 'a.md': 'one' });
  const repository = await openRepository(dir);
  const first = await repository.snapshot('HEAD');
  expect(await repository.snapshot('main')).toBe(first);
  for (let i = 0; i < 3; i++) await repository.snapshot(commit({ 'a.md': `early ${i}` }));
  expect(await repository.snapshot(first.commit)).toBe(first);
  for (let i = 0; i < 3; i++) await repository.snapshot(commit({ 'a.md': `late ${i}` }));
  expect(await repository.snapshot(first.commit)).toBe(first);
  for (let i = 0; i < 4; i++) await repository.snapshot(commit({ 'a.md': `last ${i}` }));
  expect(await repository.snapshot(first.commit)).not.toBe(first);
});

test('says that a folder is in no repository', async () => {
  await expect(openRepository(tempFolder())).rejects.toMatchObject({ code: 'not-a-repository' });
});

test('says that a folder does not exist', async () => {
  await expect(openRepository(join(tempFolder(), 'none'))).rejects.toMatchObject({ code: 'not-a-repository' });
});

test('says that git is missing', async () => {
  const { dir } = makeRepository();
  vi.stubEnv('PATH', '');
  await expect(openRepository(dir)).rejects.toMatchObject({ code: 'git-missing' });
});

test('says that a repository has no commits', async () => {
  const repository = await openRepository(makeRepository().dir);
  await expect(repository.snapshot('HEAD')).rejects.toMatchObject({ code: 'unknown-revision' });
});

test('finds no merge base where there is no common history', async () => {
  const { dir, git, commit } = makeRepository({ 'a.md': 'one' });
  git('switch', '--quiet', '--orphan', 'apart');
  commit({ 'b.md': 'two' });
  expect(await (await openRepository(dir)).mergeBase('main', 'apart')).toBeNull();
});

test('names the revisions as they were given when a shallow clone has no merge base', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.branch('topic');
  origin.commit({ 'b.md': 'two' });
  const repository = await openRepository(origin.clone('--depth=1', '--no-single-branch').dir);
  await expect(repository.mergeBase('origin/main', 'WORKTREE')).rejects.toMatchObject({
    code: 'shallow',
    message: expect.stringContaining('origin/main and HEAD'),
  });
});

test('works in a folder whose name ends in a line break', async () => {
  const dir = join(tempFolder(), 'odd name\n');
  mkdirSync(dir);
  execFileSync('git', ['init', '--quiet'], { cwd: dir });
  const repository = await openRepository(dir);
  expect(repository.toplevel).toBe(realpathSync(dir));
  expect((await repository.snapshot('WORKTREE')).tree.size).toBe(0);
});

test('says what a partial clone lacks once its remote is gone', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = origin.clone('--no-checkout', '--filter=blob:none');
  clone.git('remote', 'set-url', 'origin', `file://${join(tempFolder(), 'gone')}`);
  await expect(read(clone.dir, 'HEAD')).rejects.toMatchObject({
    code: 'missing-object',
    advice: expect.stringContaining('--filter'),
  });
});

test('reads now what stands on the disk alone, without asking git for nothing', async () => {
  const { dir } = makeRepository();
  writeFileSync(join(dir, 'a.md'), '# A\n');
  const repository = await openRepository(dir);
  const { tree } = await repository.snapshot('WORKTREE');
  const texts: string[] = [];
  repository.readNow([tree.get('a.md')!.blob], (_, bytes) => texts.push(Buffer.from(bytes as Uint8Array).toString()));
  expect(texts).toEqual(['# A\n']);
  await repository.close();
});
