import type { Tree, TreeFile } from '../review/compare/snapshot.ts';
import { runGit } from './git.ts';

/**
 * All files of a commit, whatever folder `repo` is. Paths are those that git has, neither NFC nor NFD;
 * bytes that are no UTF-8 become U+FFFD.
 * @param commit a full object id
 * @throws {GitFailure} `missing-object` where a partial clone lacks a folder
 */
export async function readTree(repo: string, commit: string): Promise<Tree> {
  const { stdout } = await runGit(repo, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  return filesIn(stdout);
}

const MODE_LENGTH = 6;
/** Longer than the name of a type, shorter than an id. */
const TYPE_LENGTH = 10;

/**
 * The files that git lists with `-z`: `MODE TYPE ID TAB PATH` (git-ls-tree(1)) or `MODE ID STAGE TAB PATH`
 * (git-ls-files(1), `--stage`). The output is decoded at once, which takes a third of the time of one piece after another.
 */
export function filesIn(output: Buffer): Map<string, TreeFile> {
  const text = output.toString();
  const files = new Map<string, TreeFile>();
  const modes = new Map<string, string>();
  for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) {
    const tab = text.indexOf('\t', start);
    const mode = text.slice(start, start + MODE_LENGTH);
    const second = start + MODE_LENGTH + 1;
    const third = text.indexOf(' ', second) + 1;
    const blob = third - second > TYPE_LENGTH ? text.slice(second, third - 1) : text.slice(third, tab);
    const known = modes.get(mode) ?? mode;
    modes.set(known, known);
    files.set(text.slice(tab + 1, end), { mode: known, blob });
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
