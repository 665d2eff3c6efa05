import { afterAll, expect, test } from 'vitest';
import { remoteUrl } from '../../src/local-git/remote.ts';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';

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
