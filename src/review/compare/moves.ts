import type { DocsRoot } from '../../docs/frameworks/framework.ts';
import { fileNameOf, isPageFile } from '../../docs/repo-path.ts';
import type { Blobs, ChangedFiles, Tree, TreeFile } from '../../docs/tree.ts';
import { pairEqual, pairSimilar } from './text-similarity.ts';

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
  const byBlob = (path: string, tree: Tree) => `${tree.get(path)?.blob}`;
  const byName = (path: string, tree: Tree) => `${byBlob(path, tree)} ${fileNameOf(path)}`;
  const moves = new Map<string, string>();
  for (const keyOf of [byName, byBlob]) {
    const taken = new Set(moves.values());
    const from = deleted.filter((path) => !moves.has(path));
    const to = added.filter((path) => !taken.has(path));
    const pairs = pairEqual(
      from.map((path) => keyOf(path, before)),
      to.map((path) => keyOf(path, after)),
    );
    for (const pair of pairs) moves.set(from[pair.from] as string, to[pair.to] as string);
  }
  return moves;
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

/**
 * The base registry's docs roots as they stand at the head: one whose folder the pull request emptied is followed to
 * the folder that the head's own registry names and that holds at least half of its files by the same names.
 * What is judged there stays what the base registry says.
 *
 * @param own the roots of the head's registry; empty where the pull request leaves the registry alone
 */
export function rootsAtHead(
  roots: readonly DocsRoot[],
  own: readonly DocsRoot[],
  before: Tree,
  head: Tree,
): readonly DocsRoot[] {
  const fresh = own.filter((root) => roots.every((other) => other.root !== root.root));
  return roots.map((root) => {
    if (fresh.length === 0 || filesUnder(head, root.root).length > 0) return root;
    const successor = successorOf(root, fresh, before, head);
    return successor
      ? { ...root, root: successor.root, partials: successor.partials, aliases: successor.aliases }
      : root;
  });
}

function successorOf(root: DocsRoot, fresh: readonly DocsRoot[], before: Tree, head: Tree): DocsRoot | undefined {
  const names = filesUnder(before, root.root).map((path) => path.slice(root.root.length));
  return fresh.find(({ root: folder }) => {
    const kept = names.filter((name) => head.has(`${folder}${name}`));
    return kept.length > 0 && kept.length * 2 >= names.length;
  });
}

function filesUnder(tree: Tree, folder: string): string[] {
  return [...tree.keys()].filter((path) => path.startsWith(`${folder}/`));
}
