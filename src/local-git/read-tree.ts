import type { Tree, TreeFile } from '../review/snapshot.ts';
import { runGit } from './git.ts';

/**
 * All files of a commit, whatever folder `repo` is. Paths are those that git has, neither NFC nor NFD;
 * bytes that are no UTF-8 become U+FFFD.
 * @param commit a full object id
 * @throws {GitFailure} `missing-object` where a partial clone lacks a folder
 */
export async function readTree(repo: string, commit: string): Promise<Tree> {
  const { stdout } = await runGit(repo, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const tree = new Map<string, TreeFile>();
  for (const { fields, path } of recordsOf(stdout)) tree.set(path.toString(), { mode: fields[0]!, blob: fields[2]! });
  return tree;
}

/** Splits the output of a command run with `-z` whose lines are `FIELD FIELD … TAB PATH`. */
export function* recordsOf(output: Buffer): Generator<{ fields: string[]; path: Buffer }> {
  for (const record of splitAtNul(output)) {
    const tab = record.indexOf(0x09);
    yield { fields: record.toString('latin1', 0, tab).split(' '), path: record.subarray(tab + 1) };
  }
}

/** The pieces of a buffer that end with a NUL each. */
export function* splitAtNul(output: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    yield output.subarray(start, end);
    start = end + 1;
  }
}
