import type { Tree, TreeFile } from '../review/compare/snapshot.ts';
import { failureToStart, startGit } from './git.ts';
import { failureFromStderr } from './git-failure.ts';
import { OBJECT_ID } from './revisions.ts';

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
  const child = startGit(repo, COMMAND);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(failureToStart(error)));
    child.on('close', resolve);
  });
  ended.catch(() => {});
  child.stdin.end(pairs.map(({ from, to }) => `${to} ${from}\n`).join(''));
  try {
    yield* differencesIn(recordsOf(child.stdout));
    if ((await ended) !== 0) throw failureFromStderr(repo, COMMAND, stderr);
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
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      yield bytes.toString('utf8', start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
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
