import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree, TreeFile } from '../review/compare/snapshot.ts';
import { MAX_BLOB_BYTES } from './blob-reader.ts';
import { GitFailure, runGit } from './git.ts';
import { filesIn, splitAtNul } from './read-tree.ts';

/** The hash that a repository's object ids are made with. */
export type HashName = 'sha1' | 'sha256';

/** A work tree as it stands; files that git has no blob of are read from the disk. */
interface Worktree {
  tree: Tree;
  /** Blob id → the file that has these bytes. */
  files: ReadonlyMap<string, Buffer>;
}

/** One file that differs from the index, or that the index does not have; the path is relative to the top level. */
interface Change {
  path: Buffer;
  /** The mode as git sees it; null where git does not say. */
  mode: string | null;
}

const SYMLINK = '120000';
const ABSENT = '000000';

/**
 * Tracked and untracked files as they stand, without ignored ones and without files deleted from the disk.
 * Unchanged files keep the blob ids of the index; the others get the id that git would give to their very bytes.
 * Files that a sparse checkout leaves out count as unchanged.
 * @param top the work tree's top level
 * @throws {GitFailure} if a file cannot be read
 */
export async function readWorktree(top: string, hash: HashName): Promise<Worktree> {
  const [index, changes] = await Promise.all([readIndex(top), readChanges(top)]);
  const tree = new Map<string, TreeFile>(index);
  const files = new Map<string, Buffer>();
  for (const change of changes) {
    const file = absolute(top, change.path);
    const path = change.path.toString();
    const found = change.mode === ABSENT ? null : await identify(file, change.mode, hash);
    if (found === null) tree.delete(path);
    else {
      tree.set(path, found);
      files.set(found.blob, file);
    }
  }
  return { tree, files };
}

async function readIndex(top: string): Promise<Map<string, TreeFile>> {
  return filesIn(await runGit(top, ['ls-files', '--stage', '-z']));
}

/** `git status` compares contents where times differ, so a fresh checkout or a touched file is no change. */
async function readChanges(top: string): Promise<Change[]> {
  const args = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignored=no', '--no-renames'];
  const stdout = await runGit(top, [...args, '--ignore-submodules=all']);
  return [...splitAtNul(stdout)].flatMap((record) => changeOf(record) ?? []);
}

/**
 * Record formats of git-status(1), "Porcelain Format Version 2":
 * `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path`, `? path`.
 */
function changeOf(record: Buffer): Change | null {
  const kind = record.toString('latin1', 0, 1);
  if (kind === '?') return { path: record.subarray(2), mode: null };
  const width = kind === 'u' ? 10 : 8;
  const fields = record.toString('latin1').split(' ', width);
  if (kind === '1' && fields[1]?.[1] === '.') return null;
  return { path: record.subarray(fields.join(' ').length + 1), mode: fields[kind === 'u' ? 6 : 5] ?? null };
}

/**
 * Reads a file that `readWorktree` found, synchronously.
 * @throws {GitFailure} if the file no longer has the bytes whose id is asked for
 */
export function readWorktreeFile(file: Buffer, blob: string, hash: HashName): Uint8Array | 'too large' {
  const bytes = contentOf(file);
  if (bytes === 'too large' || blobId(bytes, hash) === blob) return bytes;
  throw new GitFailure('git-failed', `${file} changed while it was read.`, 'Run again.');
}

function contentOf(file: Buffer): Uint8Array | 'too large' {
  try {
    const stats = lstatSync(file);
    if (stats.isSymbolicLink()) return readlinkSync(file, 'buffer');
    return stats.size > MAX_BLOB_BYTES ? 'too large' : readFileSync(file);
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
}

/** Null if there is no such file (any more), or what is there is no file: a device, or a repository inside this one. */
async function identify(file: Buffer, mode: string | null, hash: HashName): Promise<TreeFile | null> {
  try {
    const stats = await lstat(file);
    if (stats.isSymbolicLink()) return { mode: SYMLINK, blob: blobId(await readlink(file, 'buffer'), hash) };
    if (!stats.isFile()) return null;
    return { mode: mode ?? modeOf(stats), blob: await hashFile(file, stats.size, hash) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(file, (error as Error).message);
  }
}

const modeOf = (stats: Stats): string => (stats.mode & 0o100 ? '100755' : '100644');

/** Small files are read in one go, which takes a third of the time; large ones are never held in memory. */
async function hashFile(file: Buffer, size: number, hash: HashName): Promise<string> {
  if (size <= MAX_BLOB_BYTES) return blobId(await readFile(file), hash);
  const digest = createHash(hash).update(`blob ${size}\0`);
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

/** The id that git gives to these bytes: the hash of `blob SIZE NUL` and the bytes (Pro Git, "Git Objects"). */
function blobId(bytes: Uint8Array, hash: HashName): string {
  return createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function unreadable(file: Buffer, reason: string): GitFailure {
  return new GitFailure(
    'git-failed',
    `${file} cannot be read: ${reason}.`,
    'Make the file readable, or let git ignore it.',
  );
}

const absolute = (top: string, path: Buffer): Buffer => Buffer.concat([Buffer.from(join(top, '/')), path]);
