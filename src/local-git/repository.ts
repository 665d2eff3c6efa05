import { resolve } from 'node:path';
import type { Snapshot, Tree } from '../review/compare/snapshot.ts';
import { BlobReader, type ReceiveBlob } from './blob-reader.ts';
import { askGit, runGit } from './git.ts';
import { GitFailure } from './git-failure.ts';
import { type LoadOptions, loadSnapshots } from './load-snapshots.ts';
import { type HistoryRange, type MergeHistory, readMergeHistory } from './merge-history.ts';
import { applyDifference, type CommitPair, type Difference, readDifferences } from './read-differences.ts';
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
  /**
   * What files there are at a revision, or in the work tree as it stands; none is read yet.
   * @param near a snapshot of this repository that it is likely to differ little from
   */
  snapshot(revision: string, near?: Snapshot): Promise<Snapshot>;
  /** Equal for snapshots with the same files alone; null where that is not known, as of a work tree. */
  nameOf(tree: Tree): string | null;
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
  const commits = new WeakMap<Tree, string>();
  const snapshotOf = remember(MAX_REMEMBERED_SNAPSHOTS, async (commit, near?: Snapshot): Promise<Snapshot> => {
    const tree = near && commits.has(near.tree) ? await readNear(near, commit) : await readTree(dir, commit);
    if (!commits.has(tree)) commits.set(tree, commit);
    return { commit, tree };
  });
  const committed = (revision: string) => (revision === WORKTREE ? 'HEAD' : revision);
  const resolved = new Set<string>();
  const commit = async (revision: string) => {
    if (resolved.has(revision)) return revision;
    const id = await resolveCommit(dir, committed(revision));
    resolved.add(id);
    return id;
  };

  async function snapshotOfWorktree(): Promise<Snapshot> {
    if (toplevel === null) throw withoutWorktree(dir);
    const { tree, files } = await readWorktree(toplevel, hash);
    worktrees.set(tree, files);
    for (const [id, file] of files) onDisk.set(id, file);
    return { commit: WORKTREE, tree };
  }

  async function readNear(near: Snapshot, commit: string): Promise<Tree> {
    for await (const difference of readDifferences(dir, [{ from: near.commit, to: commit }]))
      return applyDifference(near.tree, difference);
    throw new Error(`git names no difference between ${near.commit} and ${commit}`);
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
    mergeBase: async (a, b) => {
      const base = await mergeBase(dir, committed(a), committed(b), commit);
      if (base !== null) resolved.add(base);
      return base;
    },
    snapshot: async (revision, near) =>
      revision === WORKTREE ? snapshotOfWorktree() : snapshotOf(await commit(revision), near),
    nameOf: (tree) => commits.get(tree) ?? null,
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

/**
 * A git that knows SHA-1 alone repeats the option; one in a bare repository says what it knows before it refuses to
 * name a work tree.
 */
async function inspect(dir: string): Promise<{ hash: HashName; toplevel: string | null }> {
  const args = ['rev-parse', '--show-object-format', '--show-toplevel'];
  const { stdout } = await runGit(dir, args, { exits: [0, 128] });
  const [, format, top] = /^(.+?)\r?\n(?:(.+?)\r?\n)?$/s.exec(stdout.toString()) ?? [];
  // Where it is no repository at all, git says so once more.
  if (format === undefined) await askGit(dir, ['rev-parse', '--show-object-format']);
  return { hash: format === 'sha256' ? 'sha256' : 'sha1', toplevel: top === undefined ? null : resolve(top) };
}

/** Remembers the most recent answers. */
function remember<T, Hint>(
  limit: number,
  ask: (key: string, hint?: Hint) => Promise<T>,
): (key: string, hint?: Hint) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key, hint) => {
    const answer = answers.get(key) ?? ask(key, hint);
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
