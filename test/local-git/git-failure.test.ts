import { expect, test } from 'vitest';
import { failureFromStderr, missingObjects } from '../../src/local-git/git-failure.ts';

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
