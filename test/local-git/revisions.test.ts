import { afterAll, expect, test } from 'vitest';
import { GitFailure } from '../../src/local-git/git.ts';
import { defaultBranch, isShallow, mergeBase, remoteUrl, resolveCommit } from '../../src/local-git/revisions.ts';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';

afterAll(removeTempFolders);

const failure = (promise: Promise<unknown>): Promise<GitFailure> =>
  promise.then(
    (value) => expect.unreachable(`gave ${String(value)}`),
    (error) => {
      expect(error).toBeInstanceOf(GitFailure);
      return error as GitFailure;
    },
  );

test('resolves branches, short ids, ancestors and both kinds of tag to the full id of a commit', async () => {
  const { dir, git, commit } = makeRepository();
  const first = commit({ 'a.md': 'one' });
  const second = commit({ 'a.md': 'two' });
  git('tag', 'light');
  git('tag', '--annotate', '--message', 'A release', 'v1');
  git('tag', '--annotate', '--message', 'A tag of a tag', 'v1-again', 'v1');
  for (const revision of ['main', 'HEAD', 'light', 'v1', 'v1-again', second.slice(0, 8), 'refs/heads/main']) {
    expect(await resolveCommit(dir, revision), revision).toBe(second);
  }
  expect(await resolveCommit(dir, 'HEAD~1')).toBe(first);
});

test('resolves HEAD when it is detached', async () => {
  const { dir, git, commit } = makeRepository();
  const first = commit({ 'a.md': 'one' });
  commit({ 'a.md': 'two' });
  git('checkout', '--quiet', first);
  expect(await resolveCommit(dir, 'HEAD')).toBe(first);
});

test.each([
  ['a name that is nowhere', 'no-such-branch'],
  ['an option', '--all'],
  ['an option that writes a file', '--output=/tmp/owned'],
  ['nothing', ''],
  ['a line break', 'main\nmain'],
  ['a NUL', 'main\0'],
  ['a range', 'main..main'],
  ['an exclusion', '^main'],
  ['a file', 'HEAD:a.md'],
  ['an id that no commit has', '1234567890123456789012345678901234567890'],
  ['a branch without upstream', '@{upstream}'],
])('refuses %s as a revision', async (_, revision) => {
  const { dir } = makeRepository({ 'a.md': 'one' });
  const { code, message, advice } = await failure(resolveCommit(dir, revision));
  expect(code).toBe('unknown-revision');
  expect(message).toBe(`${dir} has no commit ${JSON.stringify(revision)}.`);
  expect(advice).toMatch(/git fetch/);
});

test('proposes the branch of the remote where only that one exists', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.branch('next');
  origin.switch('main');
  const { code, advice } = await failure(resolveCommit(origin.clone().dir, 'next'));
  expect(code).toBe('unknown-revision');
  expect(advice).toContain('origin/next');
});

test('says that a repository has no commits', async () => {
  const { dir } = makeRepository();
  const { code, message } = await failure(resolveCommit(dir, 'HEAD'));
  expect(code).toBe('unknown-revision');
  expect(message).toBe(`${dir} has no commits yet, so "HEAD" names none.`);
});

test('finds the commit that a branch left the main line at', async () => {
  const { dir, commit, branch, switch: switchTo } = makeRepository();
  const fork = commit({ 'a.md': 'one' });
  branch('topic');
  commit({ 'b.md': 'two' });
  switchTo('main');
  commit({ 'c.md': 'three' });
  expect(await mergeBase(dir, 'main', 'topic')).toBe(fork);
  expect(await mergeBase(dir, 'topic', 'main')).toBe(fork);
  expect(await mergeBase(dir, fork, 'topic')).toBe(fork);
});

test('takes one of several merge bases, always the same', async () => {
  const { dir, git, commit, branch, switch: switchTo, merge } = makeRepository({ 'a.md': 'one' });
  branch('left');
  const left = commit({ 'left.md': 'l' });
  branch('right', 'main');
  const right = commit({ 'right.md': 'r' });
  merge('left');
  switchTo('left');
  git('merge', '--quiet', '--no-ff', '--message', 'Criss-cross', right);
  const base = await mergeBase(dir, 'left', 'right');
  expect([left, right]).toContain(base);
  expect(await mergeBase(dir, 'left', 'right')).toBe(base);
});

test('gives null where two branches have no common history', async () => {
  const { dir, git, commit } = makeRepository({ 'a.md': 'one' });
  git('switch', '--quiet', '--orphan', 'apart');
  commit({ 'b.md': 'two' });
  expect(await mergeBase(dir, 'main', 'apart')).toBeNull();
});

test('says how to get the history that a shallow clone lacks', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.branch('topic');
  origin.commit({ 'b.md': 'two' });
  origin.switch('main');
  origin.commit({ 'c.md': 'three' });
  const { dir, git } = origin.clone('--depth=1', '--no-single-branch');
  expect(await isShallow(dir)).toBe(true);
  const { code, message, advice } = await failure(mergeBase(dir, 'origin/main', 'origin/topic'));
  expect(code).toBe('shallow');
  expect(message).toContain('origin/main and origin/topic');
  expect(advice).toContain('git fetch --unshallow');
  expect(advice).toContain('fetch-depth: 0');
  git('fetch', '--quiet', '--unshallow');
  expect(await isShallow(dir)).toBe(false);
  expect(await mergeBase(dir, 'origin/main', 'origin/topic')).toBe(await resolveCommit(dir, 'origin/main~1'));
});

test('accepts a merge base at the very end of a shallow history', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  const fork = origin.commit({ 'a.md': 'two' });
  origin.branch('topic');
  origin.commit({ 'b.md': 'three' });
  const { dir } = origin.clone('--depth=2', '--no-single-branch');
  expect(await mergeBase(dir, 'HEAD', fork)).toBe(fork);
});

test('does not trust an older merge base where the cut may hide a newer one', async () => {
  const origin = makeRepository();
  origin.commit({ 'a.md': 'root' });
  origin.branch('side');
  const shared = origin.commit({ 'side.md': 'shared by both branches' });
  origin.commit({ 'side.md': 'more' });
  origin.commit({ 'side.md': 'and more' });
  origin.branch('topic', 'main');
  origin.merge('side');
  origin.branch('target', 'main');
  origin.git('merge', '--quiet', '--no-ff', '--message', 'Merge the shared commit', shared);
  expect(await mergeBase(origin.dir, 'topic', 'target')).toBe(shared);
  origin.git('branch', '--delete', '--force', 'side');
  const clone = origin.clone('--depth=3', '--no-single-branch');
  expect(clone.git('merge-base', 'origin/topic', 'origin/target')).not.toBe(shared);
  expect((await failure(mergeBase(clone.dir, 'origin/topic', 'origin/target'))).code).toBe('shallow');
});

test('blames the shallow clone for a commit that it lacks', async () => {
  const origin = makeRepository();
  const first = origin.commit({ 'a.md': 'one' });
  origin.commit({ 'a.md': 'two' });
  const { code, advice } = await failure(resolveCommit(origin.clone('--depth=1').dir, first));
  expect(code).toBe('unknown-revision');
  expect(advice).toContain('git fetch --unshallow');
});

test('takes where origin/HEAD points for the default branch', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.branch('trunk');
  expect(await defaultBranch(origin.clone().dir)).toBe('origin/trunk');
});

test('takes the HEAD of a bare repository for the default branch', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.branch('trunk');
  expect(await defaultBranch(origin.clone('--bare').dir)).toBe('trunk');
});

test('takes main or master for the default branch where there is no remote', async () => {
  const { dir, branch, git } = makeRepository({ 'a.md': 'one' });
  branch('topic');
  expect(await defaultBranch(dir)).toBe('main');
  git('branch', '--move', 'main', 'master');
  expect(await defaultBranch(dir)).toBe('master');
  git('branch', '--delete', 'master');
  expect(await defaultBranch(dir)).toBeNull();
});

test('passes over an origin/HEAD that points nowhere', async () => {
  const { dir, git } = makeRepository({ 'a.md': 'one' });
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
  expect(await defaultBranch(dir)).toBe('main');
});

afterAll(removeTempFolders);

test.each([
  ['no remote', [], null],
  [
    'origin, whatever else there is',
    [
      ['fork', 'git@github.com:jo/docs.git'],
      ['origin', 'git@github.com:acme/docs.git'],
    ],
    'git@github.com:acme/docs.git',
  ],
  ['the only one', [['upstream', 'https://github.com/acme/docs']], 'https://github.com/acme/docs'],
  [
    'none of two without an origin',
    [
      ['a', 'https://github.com/a/a'],
      ['b', 'https://github.com/b/b'],
    ],
    null,
  ],
])('%s counts', async (_, remotes, url) => {
  const { dir, git } = makeRepository({ 'a.md': 'a' });
  for (const [name, address] of remotes) git('remote', 'add', name!, address!);
  expect(await remoteUrl(dir)).toBe(url);
});

test('short names that git knows for addresses are written out', async () => {
  const { dir, git } = makeRepository({ 'a.md': 'a' });
  git('config', 'url.https://github.com/.insteadOf', 'gh:');
  git('remote', 'add', 'origin', 'gh:acme/docs');
  expect(await remoteUrl(dir)).toBe('https://github.com/acme/docs');
});
