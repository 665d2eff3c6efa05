import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MAX_BLOB_BYTES } from '../../src/local-git/blob-reader.ts';
import { readTree } from '../../src/local-git/read-tree.ts';
import { readWorktree, readWorktreeFile } from '../../src/local-git/read-worktree.ts';
import { git, makeRepository, removeTempFolders, type TempRepository } from '../temp-repository.ts';

afterAll(removeTempFolders);

const worktree = ({ dir }: TempRepository) => readWorktree(dir, 'sha1');

/** What git itself would commit now. */
function committed(repository: TempRepository) {
  repository.commit({});
  return readTree(repository.dir, 'HEAD');
}

test('is the commit when nothing was changed, and then reads no file', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'docs/b.md': 'two' });
  const { tree, files } = await worktree(repository);
  expect(tree).toEqual(await readTree(repository.dir, 'HEAD'));
  expect(files.size).toBe(0);
});

test('has each file with the blob id and mode that git would give it', async () => {
  const repository = makeRepository({ 'edited.md': 'one', 'deleted.md': 'two', 'moved.md': 'three', 'run.sh': 'four' });
  symlinkSync('edited.md', join(repository.dir, 'link.md'));
  repository.write({ 'edited.md': 'one, edited\r\n', 'deleted.md': null, 'new file "é\n.md': 'new', 'empty.md': '' });
  repository.rename('moved.md', 'there/moved.md');
  chmodSync(join(repository.dir, 'run.sh'), 0o755);
  const { tree } = await worktree(repository);
  const expected = await committed(repository);
  expect(new Map([...tree].sort())).toEqual(new Map([...expected].sort()));
  expect(tree.has('deleted.md')).toBe(false);
  expect(tree.get('link.md')?.mode).toBe('120000');
  expect(tree.get('run.sh')?.mode).toBe('100755');
});

test('has staged files as they stand on the disk', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  repository.write({ 'staged.md': 'staged', 'both.md': 'staged' });
  repository.git('add', '--all');
  repository.git('rm', '--quiet', '--cached', 'a.md');
  repository.write({ 'both.md': 'edited since' });
  repository.write({ 'intended.md': 'not staged yet' });
  repository.git('add', '--intent-to-add', 'intended.md');
  const { tree } = await worktree(repository);
  expect(new Map([...tree].sort())).toEqual(await committed(repository));
});

test('reads no file from the disk that is as it was staged', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'b.md': 'two' });
  repository.git('mv', 'a.md', 'moved.md');
  repository.write({ 'b.md': 'two, edited' });
  repository.git('add', '--all');
  const { tree, files } = await worktree(repository);
  expect(files.size).toBe(0);
  expect(tree).toEqual(await committed(repository));
});

test('has a file that was renamed in the index and edited since', async () => {
  const text = 'a line that stays\n'.repeat(50);
  const repository = makeRepository({ 'a.md': text, 'z.md': 'last' });
  repository.git('mv', 'a.md', 'moved.md');
  repository.write({ 'moved.md': `${text}and one more\n` });
  const { tree } = await worktree(repository);
  expect(tree).toEqual(await committed(repository));
});

test('leaves out ignored files and repositories inside this one', async () => {
  const repository = makeRepository({ '.gitignore': 'build/\n', 'a.md': 'one' });
  repository.write({ 'build/out.md': 'ignored', 'inner/b.md': 'in a repository of its own' });
  git(join(repository.dir, 'inner'), 'init', '--quiet');
  expect([...(await worktree(repository)).tree.keys()]).toEqual(['.gitignore', 'a.md']);
});

test('has the file as it stands in the middle of a conflict', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  repository.branch('topic');
  repository.commit({ 'a.md': 'two' });
  repository.switch('main');
  repository.commit({ 'a.md': 'three' });
  expect(() => repository.git('merge', 'topic')).toThrow();
  const { tree } = await worktree(repository);
  expect(tree).toEqual(await committed(repository));
});

test('leaves out the file that one side of a conflict deleted from the disk', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'b.md': 'stays' });
  repository.branch('topic');
  repository.commit({ 'a.md': 'two' });
  repository.switch('main');
  repository.commit({ 'a.md': null });
  expect(() => repository.git('merge', 'topic')).toThrow();
  rmSync(join(repository.dir, 'a.md'));
  expect([...(await worktree(repository)).tree.keys()]).toEqual(['b.md']);
});

test('has the file that the other side of a conflict deleted', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  repository.branch('topic');
  repository.commit({ 'a.md': null });
  repository.switch('main');
  repository.commit({ 'a.md': 'two' });
  expect(() => repository.git('merge', 'topic')).toThrow();
  const { tree } = await worktree(repository);
  expect([...tree.keys()]).toEqual(['a.md']);
  expect(tree).toEqual(await committed(repository));
});

test('keeps submodules without looking into them', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  const id = repository.git('rev-parse', 'HEAD');
  repository.git('update-index', '--add', '--cacheinfo', `160000,${id},vendor`);
  repository.git('commit', '--quiet', '--message', 'Add a submodule');
  const vendor = join(repository.dir, 'vendor');
  mkdirSync(vendor, { recursive: true });
  git(vendor, 'init', '--quiet');
  git(vendor, 'commit', '--quiet', '--allow-empty', '--message', 'Not the commit that is recorded');
  expect((await worktree(repository)).tree.get('vendor')).toEqual({ mode: '160000', blob: id });
});

test('takes files that a sparse checkout leaves out for unchanged', async () => {
  const repository = makeRepository({ 'docs/a.md': 'one', 'src/b.ts': 'two' });
  repository.git('sparse-checkout', 'set', 'docs');
  expect((await worktree(repository)).tree).toEqual(await readTree(repository.dir, 'HEAD'));
});

test('takes a touched file for unchanged, and writes nothing into the repository', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  utimesSync(join(repository.dir, 'a.md'), 0, 0);
  const { files } = await worktree(repository);
  expect(files.size).toBe(0);
});

test('shares blob ids with the commit where git turns line ends on checkout', async () => {
  const repository = makeRepository({ 'a.md': 'one\ntwo\n' });
  repository.git('config', 'core.autocrlf', 'true');
  rmSync(join(repository.dir, 'a.md'));
  repository.git('checkout', '--quiet', '--', 'a.md');
  const { tree } = await worktree(repository);
  expect(tree).toEqual(await readTree(repository.dir, 'HEAD'));
});

test('works before the first commit', async () => {
  const repository = makeRepository();
  repository.write({ 'a.md': 'hello\n' });
  const { tree } = await worktree(repository);
  expect([...tree]).toEqual([['a.md', { mode: '100644', blob: 'ce013625030ba8dba906f756967f9e9ca394464a' }]]);
});

test('makes ids of SHA-256 in a repository of SHA-256', async () => {
  const repository = makeRepository({ 'a.md': 'one' }, '--object-format=sha256');
  repository.write({ 'a.md': 'two', 'b.md': 'three' });
  const { tree } = await readWorktree(repository.dir, 'sha256');
  expect(tree).toEqual(await committed(repository));
});

test('gives large files their id without reading them later', async () => {
  const repository = makeRepository({});
  repository.write({ 'large.md': 'x'.repeat(MAX_BLOB_BYTES + 1) });
  const { tree, files } = await worktree(repository);
  const [[id, file]] = [...files] as [[string, Buffer]];
  expect(readWorktreeFile(file, id, 'sha1')).toBe('too large');
  expect(tree).toEqual(await committed(repository));
});

test('hands out the bytes of changed files and of links', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  repository.write({ 'a.md': 'two' });
  symlinkSync('a.md', join(repository.dir, 'link.md'));
  const { tree, files } = await worktree(repository);
  const read = (path: string) => {
    const { blob } = tree.get(path)!;
    return Buffer.from(readWorktreeFile(files.get(blob)!, blob, 'sha1') as Uint8Array).toString();
  };
  expect(read('a.md')).toBe('two');
  expect(read('link.md')).toBe('a.md');
});

test('notices a file that changes while it is read', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  repository.write({ 'a.md': 'two' });
  const [[id, file]] = [...(await worktree(repository)).files] as [[string, Buffer]];
  repository.write({ 'a.md': 'three' });
  const read = () => readWorktreeFile(file, id, 'sha1');
  const message = `${join(repository.dir, 'a.md')} changed while it was read.`;
  expect(read).toThrow(expect.objectContaining({ code: 'git-failed', message }));
  rmSync(join(repository.dir, 'a.md'));
  expect(read).toThrow('cannot be read');
});
