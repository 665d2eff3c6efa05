import type { Tree, TreeFile } from '../review/compare/snapshot.ts';
import { failureToStart, runGit, startGit } from './git.ts';
import { OBJECT_ID } from './revisions.ts';

/**
 * All files of a commit, whatever folder `repo` is. Paths are those that git has, neither NFC nor NFD;
 * bytes that are no UTF-8 become U+FFFD.
 * @param commit a full object id
 * @throws {GitFailure} `missing-object` where a partial clone lacks a folder
 */
export async function readTree(repo: string, commit: string): Promise<Tree> {
  const stdout = await runGit(repo, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  return filesIn(stdout);
}

const LISTED = /^(\d+) (?:[a-z]+ )?([0-9a-f]+)(?: \d)?\t(.*)$/s;

/**
 * The files that git lists with `-z`: `MODE TYPE ID TAB PATH` (git-ls-tree(1)) or `MODE ID STAGE TAB PATH`
 * (git-ls-files(1), `--stage`).
 */
export function filesIn(output: Buffer): Map<string, TreeFile> {
  const files = new Map<string, TreeFile>();
  for (const record of output.toString().split('\0')) {
    const [, mode, blob, path] = LISTED.exec(record) ?? [];
    if (mode !== undefined && blob !== undefined && path !== undefined) files.set(path, { mode, blob });
  }
  return files;
}

/** The pieces of a buffer that end with a NUL each. */
export function* splitAtNul(output: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    yield output.subarray(start, end);
    start = end + 1;
  }
}

/** What one commit has instead of another: path → its file, null where it has none. */
export type Difference = ReadonlyMap<string, TreeFile | null>;

export interface CommitPair {
  from: string;
  to: string;
}

const COMMAND = ['diff-tree', '--stdin', '--always', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'];

/**
 * How commits differ, pair by pair, through one process that compares no folder that is the same.
 * @throws {GitFailure}
 */
export async function* readDifferences(repo: string, pairs: readonly CommitPair[]): AsyncGenerator<Difference> {
  if (pairs.length === 0) return;
  const { child, failure } = startGit(repo, COMMAND);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(failureToStart(error)));
    child.on('close', resolve);
  });
  ended.catch(() => {});
  child.stdin.end(pairs.map(({ from, to }) => `${to} ${from}\n`).join(''));
  try {
    yield* differencesIn(recordsOf(child.stdout));
    if ((await ended) !== 0) throw failure();
  } finally {
    child.kill();
  }
}

/** Each difference begins with the id of the commit that it leads to. */
async function* differencesIn(records: AsyncIterable<string>): AsyncGenerator<Difference> {
  let difference: Map<string, TreeFile | null> | null = null;
  let fields: string[] | null = null;
  for await (const record of records) {
    if (fields !== null) {
      const [, mode = '', , blob = '', status] = fields;
      difference?.set(record, status === 'D' ? null : { mode, blob });
      fields = null;
    } else if (record.startsWith(':')) fields = record.split(' ');
    else if (OBJECT_ID.test(record)) {
      if (difference) yield difference;
      difference = new Map();
    }
  }
  if (difference) yield difference;
}

async function* recordsOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of output) {
    const bytes = Buffer.concat([rest, chunk]);
    for (const record of splitAtNul(bytes)) yield record.toString();
    rest = bytes.subarray(bytes.lastIndexOf(0) + 1);
  }
}

/** A tree with a difference applied; the tree itself where nothing differs. */
export function applyDifference(tree: Tree, difference: Difference): Tree {
  if (difference.size === 0) return tree;
  const changed = new Map(tree);
  for (const [path, file] of difference) {
    if (file === null) changed.delete(path);
    else changed.set(path, file);
  }
  return changed;
}
