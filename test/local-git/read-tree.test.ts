import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTree } from '../../src/local-git/read-tree.ts';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';

afterAll(removeTempFolders);

const HELLO = 'ce013625030ba8dba906f756967f9e9ca394464a';

test('lists every file of a commit with its blob and mode', async () => {
  const { dir, git, commit } = makeRepository({ 'docs/guide.md': 'hello\n', 'run.sh': 'hello\n' });
  symlinkSync('docs/guide.md', join(dir, 'link.md'));
  git('update-index', '--add', '--cacheinfo', `160000,${HELLO},vendor`);
  git('update-index', '--chmod=+x', 'run.sh');
  git('add', 'link.md');
  git('commit', '--quiet', '--message', 'Modes');
  const second = git('rev-parse', 'HEAD');
  commit({ 'docs/guide.md': null });
  expect([...(await readTree(dir, second))]).toEqual([
    ['docs/guide.md', { mode: '100644', blob: HELLO }],
    ['link.md', { mode: '120000', blob: git('rev-parse', `${second}:link.md`) }],
    ['run.sh', { mode: '100755', blob: HELLO }],
    ['vendor', { mode: '160000', blob: HELLO }],
  ]);
});

test.each([
  'with space.md',
  ' leading and trailing ',
  'quote"s and \\backslash.md',
  'line\nbreak.md',
  'tab\there.md',
  '-option.md',
  'caf\u00e9.md',
  'cafe\u0301.md',
  '日本語/導入.md',
  'emoji-🚦.md',
  '__proto__/constructor.md',
])('keeps the path %j as git has it', async (path) => {
  const { dir } = makeRepository({ [path]: 'hello\n' });
  expect([...(await readTree(dir, 'HEAD'))]).toEqual([[path, { mode: '100644', blob: HELLO }]]);
});

test('keeps paths apart that differ in their Unicode form alone', async () => {
  const { dir, git } = makeRepository({});
  const entries = ['caf\u00e9.md', 'cafe\u0301.md'].map((path) => `100644 ${HELLO}\t${path}\0`).join('');
  execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: dir, input: entries });
  const tree = git('write-tree', '--missing-ok');
  expect([...(await readTree(dir, tree)).keys()].sort()).toEqual(['cafe\u0301.md', 'caf\u00e9.md']);
});

test('lists the whole commit when it is asked from a subfolder', async () => {
  const { dir } = makeRepository({ 'a.md': 'one', 'docs/b.md': 'two' });
  expect([...(await readTree(join(dir, 'docs'), 'HEAD')).keys()]).toEqual(['a.md', 'docs/b.md']);
});

test('gives an empty tree for a commit without files', async () => {
  const { dir } = makeRepository({});
  expect((await readTree(dir, 'HEAD')).size).toBe(0);
});

test('reads 100,000 files', async () => {
  const { dir, git } = makeRepository();
  const entries = Array.from({ length: 100_000 }, (_, i) => `100644 ${HELLO}\tdocs/${i % 100}/page ${i}.md\0`).join('');
  execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: dir, input: entries });
  const tree = await readTree(dir, git('write-tree', '--missing-ok'));
  expect(tree.size).toBe(100_000);
  expect(tree.get('docs/99/page 99999.md')).toEqual({ mode: '100644', blob: HELLO });
});

test('says that a partial clone lacks the folders of a commit', async () => {
  const origin = makeRepository({ 'docs/a.md': 'one' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = origin.clone('--no-checkout', '--filter=tree:0');
  await expect(readTree(clone.dir, 'HEAD')).rejects.toMatchObject({
    code: 'missing-object',
    message: expect.stringContaining('partial clone'),
  });
});
