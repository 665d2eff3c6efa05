import type { Tree } from '../../docs/tree.ts';

/** How two trees differ, each list in path order. */
export interface ChangedFiles {
  added: string[];
  deleted: string[];
  modified: string[];
}

const compared = new WeakMap<Tree, WeakMap<Tree, ChangedFiles>>();

/** Compares two trees by blob id and mode, without reading a file; once, whoever asks. */
export function changedFiles(before: Tree, after: Tree): Readonly<ChangedFiles> {
  const known = compared.get(before) ?? new WeakMap<Tree, ChangedFiles>();
  compared.set(before, known);
  const changes = known.get(after) ?? compare(before, after);
  known.set(after, changes);
  return changes;
}

function compare(before: Tree, after: Tree): ChangedFiles {
  const changes: ChangedFiles = { added: [], deleted: [], modified: [] };
  for (const [path, file] of after) {
    const old = before.get(path);
    if (!old) changes.added.push(path);
    else if (old !== file && (old.blob !== file.blob || old.mode !== file.mode)) changes.modified.push(path);
  }
  for (const path of before.keys()) if (!after.has(path)) changes.deleted.push(path);
  for (const list of [changes.added, changes.deleted, changes.modified]) list.sort();
  return changes;
}
