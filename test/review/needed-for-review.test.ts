import { expect, it } from 'vitest';
import type { BlobText, Tree } from '../../src/review/compare/snapshot.ts';
import { neededForReview } from '../../src/review/needed-for-review.ts';
import { BLANK_TOKENS, blobStore, REGISTRY, registry } from './build-snapshots.ts';

const { blobs: all, treeOf } = blobStore();

const files = {
  [REGISTRY]: registry(BLANK_TOKENS),
  'docs/a.mdx': "import P from '../parts/p.mdx'\n\n<P />\n",
  'parts/p.mdx': 'text',
  'other/b.md': 'text of another folder',
  'src/code.ts': 'export {}',
};

/** The paths that are asked for, round by round. */
function rounds(tree: Tree, options: Parameters<typeof neededForReview>[2] = {}): string[][] {
  const blobs = new Map<string, BlobText>();
  const asked: string[][] = [];
  for (;;) {
    const ids = neededForReview(tree, blobs, options);
    if (ids.length === 0) return asked;
    asked.push(ids.map((id) => [...tree].find(([, file]) => file.blob === id)?.[0] ?? 'of another tree').sort());
    for (const id of ids) blobs.set(id, all.get(id) as BlobText);
  }
}

it('asks for the registry, then for pages under its docs roots, then for what these show', () => {
  expect(rounds(treeOf(files))).toEqual([[REGISTRY], ['docs/a.mdx'], ['parts/p.mdx']]);
});

it('asks for the pages that the registry of the base names as well', () => {
  const base = treeOf({ [REGISTRY]: registry(BLANK_TOKENS).replace('root: docs', 'root: other') });
  expect(rounds(treeOf(files), { judgedBy: base })).toEqual([
    ['.github/signpost.yml', 'of another tree'],
    ['docs/a.mdx', 'other/b.md'],
    ['parts/p.mdx'],
  ]);
});

it('follows the base where the tree has no registry', () => {
  const tree = treeOf(files) as Map<string, { blob: string; mode: string }>;
  tree.delete(REGISTRY);
  expect(rounds(tree, { judgedBy: treeOf(files) })).toEqual([['of another tree'], ['docs/a.mdx'], ['parts/p.mdx']]);
});

it('asks for no registry where one is given', () => {
  const given = {
    files: [{ path: 'my.yml', text: registry(BLANK_TOKENS).replace('root: docs', 'root: other') }],
    defaults: null,
  };
  expect(rounds(treeOf(files), { registry: given })).toEqual([['other/b.md']]);
});

it('asks for what an audit without a registry reads', () => {
  expect(rounds(treeOf({ 'package.json': '{}', 'docs/a.md': 'x' })).flat()).toContain('docs/a.md');
});

it('leaves symlinks and submodules out', () => {
  const tree = new Map([
    [REGISTRY, { blob: 'link', mode: '120000' }],
    ['docs', { blob: 'commit', mode: '160000' }],
  ]);
  expect(neededForReview(tree, new Map())).toEqual([]);
});
