import { resolve } from 'node:path';
import type { Snapshot, Tree } from '../review/snapshot.ts';
import { BlobReader, type ReceiveBlob } from './blob-reader.ts';
import { askGit, runGit } from './git.ts';
import { GitFailure } from './git-failure.ts';
import { type LoadOptions, loadSnapshots } from './load-snapshots.ts';
import { type HistoryRange, type MergeHistory, readMergeHistory } from './merge-history.ts';
import { type CommitPair, type Difference, readDifferences } from './read-differences.ts';
import { readNow } from './read-now.ts';
import { readTree } from './read-tree.ts';
import { type HashName, readWorktree, readWorktreeFile, readWorktreeFileNow } from './read-worktree.ts';
import { remoteUrl } from './remote.ts';
import { defaultBranch, mergeBase, resolveCommit } from './revisions.ts';

/** Names the uncommitted work as it stands, where a revision is asked for. */
export const WORKTREE = 'WORKTREE';

/** A repository on this machine, read only. Its methods throw `GitFailure`. */
export interface Repository {
  /** Absolute path of the folder that it was opened by. */
  readonly directory: string;
  /** Absolute path of the work tree; null in a bare repository. */
  readonly toplevel: string | null;
  /** The full id of the commit that a revision names; `WORKTREE` stands for HEAD. */
  commit(revision: string): Promise<string>;
  /** The best common ancestor; null if there is none. `WORKTREE` stands for HEAD. */
  mergeBase(a: string, b: string): Promise<string | null>;
  /** What files there are at a revision, or in the work tree as it stands; none is read yet. */
  snapshot(revision: string): Promise<Snapshot>;
  /** Reads into `blobs` what any of the snapshots needs, which must come from this repository; see `LoadOptions`. */
  load(
    snapshots: readonly Snapshot[],
    needed: LoadOptions['needed'],
    blobs: LoadOptions['blobs'],
    decode: LoadOptions['decode'],
    onProgress?: LoadOptions['onProgress'],
  ): Promise<void>;
  /** The changes that came to a branch one after another; see `MergeHistory`. */
  mergeHistory(range: HistoryRange): Promise<MergeHistory>;
  /** How commits differ, pair by pair. */
  differences(pairs: readonly CommitPair[]): AsyncGenerator<Difference>;
  /** Reads a few blobs while everything else waits; work tree files as they stand. */
  readNow(ids: readonly string[], receive: (blob: string, bytes: Uint8Array | 'too large') => void): void;
  /** The revision that pull requests most likely go to, or null. */
  defaultBranch(): Promise<string | null>;
  /** Where it was cloned from, as git names it, or null. */
  remoteUrl(): Promise<string | null>;
  /** Ends the git process that reads blobs. */
  close(): Promise<void>;
}

/** Snapshots of the same commit are read once, but a long replay must not keep them all. */
const MAX_REMEMBERED_SNAPSHOTS = 4;

/**
 * Opens the repository that a folder lies in: a work tree, one of its subfolders, a linked work tree or a bare repository.
 * @throws {GitFailure} `not-a-repository` or `git-missing`
 */
export async function openRepository(folder: string): Promise<Repository> {
  const dir = resolve(folder);
  const { hash, toplevel } = await inspect(dir);
  const reader = new BlobReader(dir);
  const worktrees = new WeakMap<Tree, ReadonlyMap<string, Buffer>>();
  const onDisk = new Map<string, Buffer>();
  const snapshotOf = remember(MAX_REMEMBERED_SNAPSHOTS, async (commit): Promise<Snapshot> => {
    return { commit, tree: await readTree(dir, commit) };
  });
  const committed = (revision: string) => (revision === WORKTREE ? 'HEAD' : revision);
  const commit = (revision: string) => resolveCommit(dir, committed(revision));

  async function snapshotOfWorktree(): Promise<Snapshot> {
    if (toplevel === null) throw withoutWorktree(dir);
    const { tree, files } = await readWorktree(toplevel, hash);
    worktrees.set(tree, files);
    for (const [id, file] of files) onDisk.set(id, file);
    return { commit: WORKTREE, tree };
  }

  async function read(ids: ReadonlySet<string>, trees: readonly Tree[], receive: ReceiveBlob): Promise<void> {
    const files = new Map(trees.flatMap((tree) => [...(worktrees.get(tree) ?? [])]));
    const inGit = [...ids].filter((id) => !files.has(id));
    await reader.read(inGit, receive);
    for (const [id, file] of files) if (ids.has(id)) receive(id, await readWorktreeFile(file, id, hash));
  }

  return {
    directory: toplevel ?? dir,
    toplevel,
    commit,
    mergeBase: (a, b) => mergeBase(dir, committed(a), committed(b)),
    snapshot: async (revision) => (revision === WORKTREE ? snapshotOfWorktree() : snapshotOf(await commit(revision))),
    load: (snapshots, needed, blobs, decode, onProgress) => {
      const trees = snapshots.map(({ tree }) => tree);
      const options = { needed, blobs, decode, onProgress };
      return loadSnapshots(snapshots, options, (ids, receive) => read(ids, trees, receive));
    },
    mergeHistory: (range) => readMergeHistory(dir, range),
    differences: (pairs) => readDifferences(dir, pairs),
    readNow: (ids, receive) => {
      readNow(
        dir,
        ids.filter((id) => !onDisk.has(id)),
        receive,
      );
      for (const id of ids) {
        const file = onDisk.get(id);
        if (file) receive(id, readWorktreeFileNow(file, id, hash));
      }
    },
    defaultBranch: () => defaultBranch(dir),
    remoteUrl: () => remoteUrl(dir),
    close: () => reader.close(),
  };
}

/** A git that knows SHA-1 alone repeats the option, which it does not know. */
async function inspect(dir: string): Promise<{ hash: HashName; toplevel: string | null }> {
  const [format, toplevel] = await Promise.all([
    askGit(dir, ['rev-parse', '--show-object-format']),
    runGit(dir, ['rev-parse', '--show-toplevel'], { exits: [0, 128] }),
  ]);
  const top = toplevel.stdout.toString().replace(/\r?\n$/, '');
  return { hash: format === 'sha256' ? 'sha256' : 'sha1', toplevel: top === '' ? null : resolve(top) };
}

/** Remembers the most recent answers. */
function remember<T>(limit: number, ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.delete(key);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    const oldest = answers.keys().next().value;
    if (answers.size > limit && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}

function withoutWorktree(dir: string): GitFailure {
  return new GitFailure(
    'unknown-revision',
    `${dir} is a bare repository and has no work tree.`,
    `Name a commit or a branch in place of ${WORKTREE}.`,
  );
}
