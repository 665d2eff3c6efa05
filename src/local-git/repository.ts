import { resolve } from 'node:path';
import type { Blobs, BlobText, Snapshot, Tree } from '../review/compare/snapshot.ts';
import { BlobReader, type ReceiveBlob, readNow } from './blob-reader.ts';
import { askGit, GitFailure, runGit } from './git.ts';
import { type HistoryRange, type MergeHistory, readMergeHistory } from './merge-history.ts';
import { applyDifference, type CommitPair, type Difference, readDifferences, readTree } from './read-tree.ts';
import { type HashName, readWorktree, readWorktreeFile } from './read-worktree.ts';
import { defaultBranch, mergeBase, remoteUrl, resolveCommit } from './revisions.ts';

/** Names the uncommitted work as it stands, where a revision is asked for. */
export const WORKTREE = 'WORKTREE';

/** Snapshots of the same commit are read once, but a long replay must not keep them all. */
const MOST_SNAPSHOTS = 4;

/**
 * Opens the repository that a folder lies in: a work tree, one of its subfolders, a linked work tree or a bare repository.
 * @throws {GitFailure} `not-a-repository` or `git-missing`
 */
export async function openRepository(folder: string): Promise<Repository> {
  const dir = resolve(folder);
  const { hash, toplevel } = await inspect(dir);
  return new Repository(dir, toplevel, hash);
}

/** A repository on this machine, read only. Its methods throw `GitFailure`. */
export class Repository {
  /** Absolute path of its work tree, else of the folder that it was opened by. */
  readonly directory: string;
  /** Absolute path of the work tree; null in a bare repository. */
  readonly toplevel: string | null;
  readonly #dir: string;
  readonly #hash: HashName;
  readonly #reader: BlobReader;
  readonly #snapshots = new Map<string, Promise<Snapshot>>();
  readonly #commits = new WeakMap<Tree, string>();
  /** Of a work tree as it was read: blob id → the file that has these bytes. */
  readonly #files = new WeakMap<Tree, ReadonlyMap<string, Buffer>>();
  /** Those of all work trees. */
  readonly #onDisk = new Map<string, Buffer>();
  /** Full ids that are known to be commits. */
  readonly #resolved = new Set<string>();

  constructor(dir: string, toplevel: string | null, hash: HashName) {
    this.directory = toplevel ?? dir;
    this.toplevel = toplevel;
    this.#dir = dir;
    this.#hash = hash;
    this.#reader = new BlobReader(dir);
  }

  /** The full id of the commit that a revision names; `WORKTREE` stands for HEAD. */
  async commit(revision: string): Promise<string> {
    if (this.#resolved.has(revision)) return revision;
    const id = await resolveCommit(this.#dir, committed(revision));
    this.#resolved.add(id);
    return id;
  }

  /** The best common ancestor; null if there is none. `WORKTREE` stands for HEAD. */
  async mergeBase(a: string, b: string): Promise<string | null> {
    const base = await mergeBase(this.#dir, committed(a), committed(b), (revision) => this.commit(revision));
    if (base !== null) this.#resolved.add(base);
    return base;
  }

  /**
   * What files there are at a revision, or in the work tree as it stands; none is read yet.
   * @param near a snapshot of this repository that it is likely to differ little from
   */
  async snapshot(revision: string, near?: Snapshot): Promise<Snapshot> {
    if (revision === WORKTREE) return this.#snapshotOfWorktree();
    const commit = await this.commit(revision);
    const snapshot = this.#snapshots.get(commit) ?? this.#snapshotOf(commit, near);
    this.#snapshots.delete(commit);
    this.#snapshots.set(commit, snapshot);
    snapshot.catch(() => this.#snapshots.delete(commit));
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > MOST_SNAPSHOTS && oldest !== undefined) this.#snapshots.delete(oldest);
    return snapshot;
  }

  async #snapshotOf(commit: string, near: Snapshot | undefined): Promise<Snapshot> {
    const tree =
      near && this.#commits.has(near.tree) ? await this.#treeNear(near, commit) : await readTree(this.#dir, commit);
    if (!this.#commits.has(tree)) this.#commits.set(tree, commit);
    return { commit, tree };
  }

  async #treeNear(near: Snapshot, commit: string): Promise<Tree> {
    for await (const difference of this.differences([{ from: near.commit, to: commit }]))
      return applyDifference(near.tree, difference);
    throw new Error(`git names no difference between ${near.commit} and ${commit}`);
  }

  async #snapshotOfWorktree(): Promise<Snapshot> {
    if (this.toplevel === null) throw withoutWorktree(this.#dir);
    const { tree, files } = await readWorktree(this.toplevel, this.#hash);
    this.#files.set(tree, files);
    for (const [id, file] of files) this.#onDisk.set(id, file);
    return { commit: WORKTREE, tree };
  }

  /** A name that only trees with the same files share; null where none is known, as for a work tree. */
  nameOf(tree: Tree): string | null {
    return this.#commits.get(tree) ?? null;
  }

  /** Reads into `blobs` what any of the snapshots needs, which must come from this repository; see `LoadOptions`. */
  load(
    snapshots: readonly Snapshot[],
    needed: LoadOptions['needed'],
    blobs: LoadOptions['blobs'],
    decode: LoadOptions['decode'],
    onProgress?: LoadOptions['onProgress'],
  ): Promise<void> {
    const files = new Map(snapshots.flatMap(({ tree }) => [...(this.#files.get(tree) ?? [])]));
    return loadSnapshots(snapshots, { needed, blobs, decode, onProgress }, async (ids, receive) => {
      const inGit = [...ids].filter((id) => !files.has(id));
      await this.#reader.read(inGit, receive);
      this.#readFiles(ids, files, receive);
    });
  }

  /** Reads a few blobs synchronously; work tree files as they are on the disk. */
  readNow(ids: readonly string[], receive: ReceiveBlob): void {
    const inGit = ids.filter((id) => !this.#onDisk.has(id));
    readNow(this.#dir, inGit, receive);
    this.#readFiles(ids, this.#onDisk, receive);
  }

  #readFiles(ids: Iterable<string>, files: ReadonlyMap<string, Buffer>, receive: ReceiveBlob): void {
    for (const id of ids) {
      const file = files.get(id);
      if (file) receive(id, readWorktreeFile(file, id, this.#hash));
    }
  }

  /** The changes that came to a branch one after another; see `MergeHistory`. */
  mergeHistory(range: HistoryRange): Promise<MergeHistory> {
    return readMergeHistory(this.#dir, range);
  }

  /** How commits differ, pair by pair. */
  differences(pairs: readonly CommitPair[]): AsyncGenerator<Difference> {
    return readDifferences(this.#dir, pairs);
  }

  /** The revision that pull requests most likely go to, or null. */
  defaultBranch(): Promise<string | null> {
    return defaultBranch(this.#dir);
  }

  /** Where it was cloned from, as git names it, or null. */
  remoteUrl(): Promise<string | null> {
    return remoteUrl(this.#dir);
  }

  /** Ends the git process that reads blobs. */
  close(): Promise<void> {
    return this.#reader.close();
  }
}

function committed(revision: string): string {
  return revision === WORKTREE ? 'HEAD' : revision;
}

/**
 * A git that knows SHA-1 alone repeats the option; one in a bare repository says what it knows before it refuses to
 * name a work tree.
 */
async function inspect(dir: string): Promise<{ hash: HashName; toplevel: string | null }> {
  const args = ['rev-parse', '--show-object-format', '--show-toplevel'];
  const stdout = await runGit(dir, args, [0, 128]);
  const [, format, top] = /^(.+?)\r?\n(?:(.+?)\r?\n)?$/s.exec(stdout.toString()) ?? [];
  // Where it is no repository at all, git says so once more.
  if (format === undefined) await askGit(dir, ['rev-parse', '--show-object-format']);
  return { hash: format === 'sha256' ? 'sha256' : 'sha1', toplevel: top === undefined ? null : resolve(top) };
}

function withoutWorktree(dir: string): GitFailure {
  return new GitFailure(
    'unknown-revision',
    `${dir} is a bare repository and has no work tree.`,
    `Name a commit or a branch in place of ${WORKTREE}.`,
  );
}

export interface LoadOptions {
  /** The ids of the blobs that matter, as far as can be told from the blobs read so far; asked until it names no new one. */
  needed: (tree: Tree, blobs: Blobs) => Iterable<string>;
  decode: (bytes: Uint8Array) => BlobText;
  /** Filled with what is read; what it already holds is not read again. */
  blobs: Blobs & { set(id: string, blob: BlobText): unknown };
  /** Called after each blob with how many were read and how many are known to be wanted. */
  onProgress?: ((read: number, total: number) => void) | undefined;
}

/** Hands the bytes of each blob to `receive`, in any order. */
export type ReadBlobs = (ids: ReadonlySet<string>, receive: ReceiveBlob) => Promise<void>;

/** Reads the blobs that any of the snapshots needs: each once, and those of all snapshots in one pass. */
export async function loadSnapshots(
  snapshots: readonly Snapshot[],
  options: LoadOptions,
  read: ReadBlobs,
): Promise<void> {
  const { blobs, decode, onProgress } = options;
  const progress = { read: 0, total: 0 };
  let trees = [...new Set(snapshots.map(({ tree }) => tree))];
  for (;;) {
    const wanted = new Set<string>();
    trees = trees.filter((tree) => addNeeded(tree, options, wanted));
    if (wanted.size === 0) return;
    progress.total += wanted.size;
    await read(wanted, (blob, bytes) => {
      blobs.set(blob, bytes === 'too large' ? { unreadable: 'too large' } : decode(bytes));
      progress.read += 1;
      onProgress?.(progress.read, progress.total);
    });
  }
}

/** Adds what a tree still needs; false if it has everything, and then it need not be asked again. */
function addNeeded(tree: Tree, { needed, blobs }: LoadOptions, wanted: Set<string>): boolean {
  const absent = [...needed(tree, blobs)].filter((blob) => !blobs.has(blob));
  for (const blob of absent) wanted.add(blob);
  return absent.length > 0;
}
