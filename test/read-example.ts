import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeBlob } from '../src/docs/decode-blob.ts';
import type { BlobText, TreeFile } from '../src/docs/tree.ts';
import type { Snapshots } from '../src/review/compare/snapshot.ts';

/** Each folder is one situation: `registry.yml`, the docs `before/` and `after/`, and what is expected. */
export const EXAMPLES = fileURLToPath(new URL('./examples/pull-requests', import.meta.url));

const BASE = 'ba5e000000000000000000000000000000000000';
const HEAD = 'c0ffee0000000000000000000000000000000000';
const REGISTRY = '.github/signpost.yml';

/** Path → bytes. */
export type Tree = Map<string, Buffer>;

export interface Example {
  before: Tree;
  after: Tree;
  /** Files of one more commit that closes the gaps; empty where an example has none. */
  repaired: Tree;
}

/** Reads an example pull request. `after/` may hold a registry of its own; otherwise it is that of before. */
export function readExample(name: string): Example {
  const folder = join(EXAMPLES, name);
  const registry = readFileSync(join(folder, 'registry.yml'));
  const side = (which: string) => new Map([[REGISTRY, registry], ...readFolder(join(folder, which))]);
  return { before: side('before'), after: side('after'), repaired: new Map(readFolder(join(folder, 'repaired'))) };
}

function readFolder(folder: string): [path: string, bytes: Buffer][] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)]);
}

/** The two sides as git would hand them over, without git. */
export function snapshotsOf({ before, after }: Pick<Example, 'before' | 'after'>): Snapshots {
  const blobs = new Map<string, BlobText>();
  const treeOf = (files: Tree) => new Map([...files].map(([path, bytes]) => [path, addBlob(bytes, blobs)]));
  const base = { commit: BASE, tree: treeOf(before) };
  return { base, mergeBase: base, head: { commit: HEAD, tree: treeOf(after) }, blobs };
}

function addBlob(bytes: Buffer, blobs: Map<string, BlobText>): TreeFile {
  const blob = createHash('sha1').update(bytes).digest('hex');
  blobs.set(blob, decodeBlob(bytes));
  return { blob, mode: '100644' };
}
