import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeGitHub } from './fake-github.ts';
import { changedFiles, linePatch, mergeBase, mergeFiles } from './git-history.ts';
import { GitObjects, objectId } from './git-objects.ts';

describe('objects', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'fake-github-'));
    execFileSync('git', ['init', '-q', folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const git = (args: string[], input?: string | Buffer): string =>
    execFileSync('git', ['-C', folder, ...args], { input, encoding: 'utf8' }).trim();

  it('have the names that git gives them', () => {
    const objects = new GitObjects();
    const files = objects.change(new Map(), {
      'a.md': 'one\r\n',
      'a/b.md': '\uFEFFtwo',
      'a.d/c.md': new Uint8Array([0, 255]),
      'run.sh': { executable: '#!/bin/sh\n' },
      'link.md': { symlink: 'a.md' },
    });
    const tree = objects.writeTree(files);
    for (const [name, { mode, oid }] of files) {
      const written = git(['hash-object', '-w', '--stdin'], objects.blobs.get(oid));
      expect(written).toBe(oid);
      git(['update-index', '--add', '--cacheinfo', `${mode},${oid},${name}`]);
    }
    expect(git(['write-tree'])).toBe(tree);
    const author = { name: 'Ann', email: 'ann@example.com' };
    const commit = objects.writeCommit({ tree, parents: [], author, time: 1_767_603_600, message: 'Begin' });
    const person = 'Ann <ann@example.com> 1767603600 +0000';
    const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nBegin`;
    expect(git(['hash-object', '-t', 'commit', '-w', '--stdin'], text)).toBe(commit);
  });

  it('give back the files they were made of', () => {
    const name = fc.stringMatching(/^[a-z]{1,2}(?:\/[A-Z]{1,2}){0,2}$/);
    const content = fc.string();
    fc.assert(
      fc.property(fc.dictionary(name, content), (written) => {
        const objects = new GitObjects();
        const paths = Object.keys(written);
        fc.pre(!paths.some((one) => paths.some((other) => other.startsWith(`${one}/`))));
        const read = objects.files(objects.writeTree(objects.change(new Map(), written)));
        const texts = [...read].map(([file, { oid }]) => [file, objects.blobs.get(oid)?.toString()]);
        expect(new Map(texts as [string, string][])).toEqual(
          new Map(Object.entries(written).map(([file, text]) => [file, Buffer.from(text).toString()])),
        );
      }),
    );
  });

  it('name the empty blob as everybody does', () => {
    expect(objectId('blob', Buffer.alloc(0))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  });
});

describe('history', () => {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', { 'a.md': 'one\n' });
  const { git } = repository.state;

  it('finds the newest common commit, also after merges', () => {
    const begin = repository.defaultBranchSha;
    const pull = repository.openPullRequest({ files: { 'b.md': 'b\n' } });
    const main = repository.commit('main', { 'c.md': 'c\n' });
    expect(mergeBase(git, main, pull.headSha)).toBe(begin);
    const merge = pull.merge();
    expect(mergeBase(git, merge, pull.headSha)).toBe(pull.headSha);
    expect([...git.filesOf(merge).keys()].toSorted()).toEqual(['a.md', 'b.md', 'c.md']);
    expect(mergeBase(git, merge, repository.commitOrphan('other', { 'z.md': 'z\n' }))).toBeUndefined();
  });

  it('tells what changed', () => {
    const before = git.change(new Map(), { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c', 'd.sh': 'd' });
    const after = git.change(before, {
      'a.md': 'A',
      'b.md': null,
      'e/b.md': 'b',
      'c.md': null,
      'd.sh': { executable: 'd' },
      'f.md': 'f',
    });
    expect(
      changedFiles(before, after).map(({ status, path: name, previousPath }) => [status, name, previousPath]),
    ).toEqual([
      ['modified', 'a.md', undefined],
      ['removed', 'c.md', undefined],
      ['changed', 'd.sh', undefined],
      ['renamed', 'e/b.md', 'b.md'],
      ['added', 'f.md', undefined],
    ]);
  });

  it('merges by files, and not where both sides changed one', () => {
    const base = git.change(new Map(), { 'a.md': 'a', 'b.md': 'b' });
    const ours = git.change(base, { 'a.md': 'ours' });
    expect([...(mergeFiles(base, ours, git.change(base, { 'b.md': null })) ?? [])].map(([name]) => name)).toEqual([
      'a.md',
    ]);
    expect(mergeFiles(base, ours, git.change(base, { 'a.md': 'theirs' }))).toBeUndefined();
    expect(mergeFiles(base, ours, git.change(base, { 'a.md': 'ours' }))).toEqual(ours);
  });

  it('writes a patch as lines gone and lines come', () => {
    const { patch, additions, deletions } = linePatch(
      Buffer.from('1\n2\n3\n4\n5\n6\n'),
      Buffer.from('1\n2\n3\n4\nfive\n6\n'),
    );
    expect([patch, additions, deletions]).toEqual(['@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6', 1, 1]);
    expect(linePatch(undefined, Buffer.from('a\n')).patch).toBe('@@ -0,0 +1,1 @@\n+a');
    expect(linePatch(Buffer.from([0]), undefined)).toEqual({ additions: 0, deletions: 0 });
    expect(linePatch(undefined, Buffer.from('a\n'.repeat(2_001)))).toEqual({ additions: 2_001, deletions: 0 });
  });
});
