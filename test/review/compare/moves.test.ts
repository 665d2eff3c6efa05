import { describe, expect, it } from 'vitest';
import { changedFiles } from '../../../src/docs/tree.ts';
import { findMoves, rootsAtHead } from '../../../src/review/compare/moves.ts';
import { docsRoot } from '../../site-of.ts';
import {
  BLANK_TOKENS,
  blobStore,
  COVERING,
  edit,
  type Files,
  REGISTRY,
  registry,
  review,
  SECURITY,
} from '../build-snapshots.ts';

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

const before = {
  [REGISTRY]: registry(BLANK_TOKENS),
  'docs/troubleshooting.md': COVERING,
  'docs/security.md': SECURITY,
};
const moved = registry(BLANK_TOKENS).replace('root: docs', 'root: content');

describe('a docs folder that moves as a whole', () => {
  it('is followed where the registry moves with it', () => {
    const after = { [REGISTRY]: moved, 'content/troubleshooting.md': COVERING, 'content/security.md': SECURITY };
    const reviewed = review({ before, after });
    expect(reviewed).toMatchObject({ verdict: 'pass', findings: [] });
    expect(reviewed.scenarios[0]?.after).toMatchObject({
      state: 'covered',
      evidence: [{ path: 'content/troubleshooting.md' }],
    });
  });

  it('is held to what it said before', () => {
    const worse = edit(COVERING, ' See [Security](/security/).', '');
    const after = { [REGISTRY]: moved, 'content/troubleshooting.md': worse, 'content/security.md': SECURITY };
    expect(review({ before, after })).toMatchObject({ verdict: 'fail', findings: [{ kind: 'missing-link' }] });
  });

  it('is not followed to a folder with other files, or while the old one has any', () => {
    const other = { [REGISTRY]: moved, 'content/other.md': '# Other\n' };
    expect(review({ before, after: other }).verdict).toBe('fail');
    const both = { ...before, [REGISTRY]: moved, 'content/troubleshooting.md': COVERING };
    expect(review({ before, after: both }).scenarios[0]?.after.evidence[0]?.path).toBe('docs/troubleshooting.md');
  });
});

it('keeps what the base registry says of the folder', () => {
  const file = { blob: 'x', mode: '100644' };
  const own = { ...docsRoot, root: 'content', exclude: ['**'], aliases: { '@/': 'lib/' } };
  const base = { ...docsRoot, exclude: ['drafts/**'] };
  const roots = rootsAtHead([base], [own], new Map([['docs/a.md', file]]), new Map([['content/a.md', file]]));
  expect(roots).toEqual([{ ...base, root: 'content', aliases: { '@/': 'lib/' } }]);
});
