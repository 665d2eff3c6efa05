import { fileNameOf, isPageFile } from '../../docs/repo-path.ts';
import type { Blobs, Tree, TreeFile } from '../../docs/tree.ts';
import type { ChangedFiles } from './changed-files.ts';
import { pairSimilar } from './text-similarity.ts';

/** Git's own default for a rename (`git diff -M50%`). */
const LEAST_SIMILARITY = 0.5;

/** With more words than this only every eighth triple of words is compared, so that moving a whole site stays fast. */
const MANY_CHARACTERS = 4_000_000;

/**
 * Finds which deleted pages and partials stand at a new path: the same blob, else text that is at least half the same.
 *
 * @returns old path → new path, in the order of the old paths
 */
export function findMoves(before: Tree, after: Tree, changes: ChangedFiles, blobs: Blobs): Map<string, string> {
  const deleted = changes.deleted.filter(isPageFile);
  const added = changes.added.filter(isPageFile);
  const moves = sameBlobMoves(deleted, added, before, after);
  const taken = new Set(moves.values());
  const from = deleted.filter((path) => !moves.has(path));
  const to = added.filter((path) => !taken.has(path));
  for (const [old, path] of similarMoves(from, to, before, after, blobs)) moves.set(old, path);
  return new Map([...moves].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where several files share a blob, those with the same file name go first. */
function sameBlobMoves(deleted: string[], added: string[], before: Tree, after: Tree): Map<string, string> {
  const moves = new Map<string, string>();
  const taken = new Set<string>();
  const pairBy = (keyOf: (path: string, tree: Tree) => string) => {
    const free = new Map<string, string[]>();
    for (const path of added) if (!taken.has(path)) append(free, keyOf(path, after), path);
    for (const list of free.values()) list.reverse();
    for (const path of deleted) {
      const to = moves.has(path) ? undefined : free.get(keyOf(path, before))?.pop();
      if (to === undefined) continue;
      moves.set(path, to);
      taken.add(to);
    }
  };
  pairBy((path, tree) => `${tree.get(path)?.blob} ${fileNameOf(path)}`);
  pairBy((path, tree) => `${tree.get(path)?.blob}`);
  return moves;
}

function append(map: Map<string, string[]>, key: string, path: string): void {
  const list = map.get(key);
  if (list) list.push(path);
  else map.set(key, [path]);
}

function similarMoves(from: string[], to: string[], before: Tree, after: Tree, blobs: Blobs): [string, string][] {
  if (from.length === 0 || to.length === 0) return [];
  const texts = (paths: string[], tree: Tree) => paths.map((path) => textOf(tree.get(path) as TreeFile, blobs));
  const old = texts(from, before);
  const fresh = texts(to, after);
  const size = [...old, ...fresh].reduce((sum, text) => sum + text.length, 0);
  const every = size > MANY_CHARACTERS ? 8 : 1;
  const pairs = pairSimilar(
    old.map((text) => tripleHashes(text, every)),
    fresh.map((text) => tripleHashes(text, every)),
    LEAST_SIMILARITY,
  );
  return pairs.map((pair) => [from[pair.from] as string, to[pair.to] as string]);
}

function textOf({ blob }: TreeFile, blobs: Blobs): string {
  const found = blobs.get(blob);
  return found && 'text' in found ? found.text : '';
}

/** Hashes of each three words in a row: they survive rewrapping, and the few that collide do not matter here. */
function tripleHashes(text: string, every: number): Set<number> {
  const hashes = new Set<number>();
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  let [first, second] = [0, 0];
  for (const word of words) {
    const third = hashWord(word);
    const triple = (Math.imul(first, 31 * 31) + Math.imul(second, 31) + third) >>> 0;
    if (triple % every === 0) hashes.add(triple);
    [first, second] = [second, third];
  }
  return hashes;
}

/** FNV-1a, 32 bits. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
