import { expect, it } from 'vitest';
import { changedFiles } from '../../../src/review/compare/changes.ts';
import { findMoves } from '../../../src/review/compare/moves.ts';
import { blobStore, type Files } from '../build-snapshots.ts';

function movesOf(before: Files, after: Files): [string, string][] {
  const { blobs, treeOf } = blobStore();
  const [a, b] = [treeOf(before), treeOf(after)];
  return [...findMoves(a, b, changedFiles(a, b), blobs)];
}

const PROSE = 'When the provider sends nothing back, the account has no tokens until somebody signs in again.\n';
const OTHER = 'A webhook that arrives twice carries the same id, so that a receiver can drop the second one.\n';

it('follows a file with the same text to its new path', () => {
  expect(movesOf({ 'docs/a.md': PROSE }, { 'guides/a.md': PROSE })).toEqual([['docs/a.md', 'guides/a.md']]);
});

it('pairs files of the same text by their file names first', () => {
  const before = { 'a/one.md': PROSE, 'a/two.md': PROSE, 'a/three.md': PROSE };
  const after = { 'b/two.md': PROSE, 'b/one.md': PROSE, 'b/four.md': PROSE };
  expect(movesOf(before, after)).toEqual([
    ['a/one.md', 'b/one.md'],
    ['a/three.md', 'b/four.md'],
    ['a/two.md', 'b/two.md'],
  ]);
});

it('follows a file that was edited and rewrapped on the way', () => {
  const edited = `${PROSE.replace('nothing back', 'nothing\nback')}Write to support if it lasts.\n`;
  expect(
    movesOf({ 'a.mdx': PROSE, 'b.mdx': OTHER }, { 'c.mdx': OTHER.replace('drop', 'ignore'), 'd.mdx': edited }),
  ).toEqual([
    ['a.mdx', 'd.mdx'],
    ['b.mdx', 'c.mdx'],
  ]);
});

it('does not take another text, another kind of file or a file that still stands for a move', () => {
  expect(movesOf({ 'a.md': PROSE }, { 'b.md': OTHER })).toEqual([]);
  expect(movesOf({ 'a.json': PROSE }, { 'b.json': PROSE })).toEqual([]);
  expect(movesOf({ 'a.md': PROSE }, { 'a.md': PROSE, 'b.md': PROSE })).toEqual([]);
});

it('leaves out what cannot be read', () => {
  expect(movesOf({ 'a.md': { unreadable: 'binary' } }, { 'b.md': { unreadable: 'too large' } })).toEqual([]);
});

it('follows thousands of edited files in a few seconds', { timeout: 20_000 }, () => {
  const text = (i: number) => Array.from({ length: 300 }, (_, k) => `word${k % 3 ? i : 0}x${k}`).join(' ');
  const before: Files = {};
  const after: Files = {};
  for (let i = 0; i < 1500; i += 1) {
    before[`old/${i}.md`] = text(i);
    after[`new/${i}.md`] = `${text(i)} and a line more`;
  }
  expect(movesOf(before, after)).toHaveLength(1500);
});
