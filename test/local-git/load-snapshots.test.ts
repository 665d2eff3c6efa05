import { expect, test } from 'vitest';
import { type LoadOptions, loadSnapshots, type ReadBlobs } from '../../src/local-git/repository.ts';
import type { BlobText, Snapshot, Tree } from '../../src/review/compare/snapshot.ts';

const snapshot = (commit: string, files: Record<string, string>): Snapshot => ({
  commit,
  tree: new Map(Object.entries(files).map(([path, blob]) => [path, { blob, mode: '100644' }])),
});

const blobOf = (tree: Tree, path: string): string[] => {
  const file = tree.get(path);
  return file ? [file.blob] : [];
};

/** A page needs the file whose path it holds. */
const needed: LoadOptions['needed'] = (tree, blobs) => {
  const wanted = new Set(blobOf(tree, 'page.md'));
  for (const blob of wanted) {
    const found = blobs.get(blob);
    if (found && 'text' in found) for (const next of blobOf(tree, found.text)) wanted.add(next);
  }
  return wanted;
};

/** A store of `id → text` that records the batches it is asked for. */
function store(texts: Record<string, string | null>) {
  const batches: string[][] = [];
  const read: ReadBlobs = async (ids, receive) => {
    batches.push([...ids]);
    for (const id of ids) receive(id, typeof texts[id] === 'string' ? Buffer.from(texts[id]) : 'too large');
  };
  return { batches, read };
}

const decode = (bytes: Uint8Array): BlobText => ({ text: Buffer.from(bytes).toString() });

test('reads what both snapshots need in one pass, and what they share once', async () => {
  const { batches, read } = store({ p1: 'shared.md', p2: 'shared.md', s: 'end' });
  const base = snapshot('base', { 'page.md': 'p1', 'shared.md': 's', 'other.bin': 'o' });
  const head = snapshot('head', { 'page.md': 'p2', 'shared.md': 's', 'other.bin': 'o' });
  const blobs = new Map<string, BlobText>();
  await loadSnapshots([base, head], { needed, decode, blobs }, read);
  expect(batches).toEqual([['p1', 'p2'], ['s']]);
  expect([...blobs]).toEqual([
    ['p1', { text: 'shared.md' }],
    ['p2', { text: 'shared.md' }],
    ['s', { text: 'end' }],
  ]);
});

test('asks again until nothing new is needed', async () => {
  const { batches, read } = store({ p: 'a', a: 'b', b: 'c', c: 'page.md' });
  const blobs = new Map<string, BlobText>();
  await loadSnapshots([snapshot('x', { 'page.md': 'p', a: 'a', b: 'b', c: 'c' })], { needed, decode, blobs }, read);
  expect(batches).toEqual([['p'], ['a'], ['b'], ['c']]);
});

test('does not read again what is known already', async () => {
  const { batches, read } = store({ s: 'end' });
  const blobs = new Map<string, BlobText>([['p', { text: 'shared.md' }]]);
  await loadSnapshots([snapshot('x', { 'page.md': 'p', 'shared.md': 's' })], { needed, decode, blobs }, read);
  expect(batches).toEqual([['s']]);
});

test('reads nothing for a commit without docs', async () => {
  const { batches, read } = store({});
  await loadSnapshots([snapshot('x', { 'main.c': 'm' })], { needed, decode, blobs: new Map() }, read);
  expect(batches).toEqual([]);
});

test('asks each tree once a round, and no more once it has everything', async () => {
  const { read } = store({ p: 'end', q: 'a', a: 'end' });
  const [done, longer] = [snapshot('x', { 'page.md': 'p' }), snapshot('y', { 'page.md': 'q', a: 'a' })];
  const asked: Tree[] = [];
  const recording: LoadOptions['needed'] = (tree, blobs) => {
    asked.push(tree);
    return needed(tree, blobs);
  };
  await loadSnapshots([done, longer, { ...done }], { needed: recording, decode, blobs: new Map() }, read);
  expect(asked).toEqual([done.tree, longer.tree, done.tree, longer.tree, longer.tree]);
});

test('records a blob that is too large, and does not ask for it again', async () => {
  const { batches, read } = store({ p: null });
  const blobs = new Map<string, BlobText>();
  await loadSnapshots([snapshot('x', { 'page.md': 'p' })], { needed, decode, blobs }, read);
  expect(batches).toEqual([['p']]);
  expect(blobs.get('p')).toEqual({ unreadable: 'too large' });
});

test('reports progress after each blob', async () => {
  const { read } = store({ p1: 'shared.md', p2: 'none', s: 'end' });
  const snapshots = [snapshot('a', { 'page.md': 'p1', 'shared.md': 's' }), snapshot('b', { 'page.md': 'p2' })];
  const progress: string[] = [];
  const onProgress = (done: number, total: number) => progress.push(`${done}/${total}`);
  await loadSnapshots(snapshots, { needed, decode, blobs: new Map(), onProgress }, read);
  expect(progress).toEqual(['1/2', '2/2', '3/3']);
});
