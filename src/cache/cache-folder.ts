import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Entries, PackedFile, packEntries } from './packed-file.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Where a program keeps what it can work out again: `$XDG_CACHE_HOME`, else the platform's own place (XDG Base Directory
 * Specification; Apple's File System Programming Guide; Windows' LOCALAPPDATA). Null where no home is known.
 */
export function userCacheFolder(name: string, variables: Variables, platform: NodeJS.Platform): string | null {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = variables;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, name);
  if (platform === 'win32') return LOCALAPPDATA ? join(LOCALAPPDATA, name, 'Cache') : null;
  if (!HOME) return null;
  return platform === 'darwin' ? join(HOME, 'Library', 'Caches', name) : join(HOME, '.cache', name);
}

/**
 * A folder of files that may be lost at any time. Each is written whole under another name and then put in its place, so
 * that neither a crash nor another process ever shows half of one. No file system makes this throw: without a cache all is
 * only slower.
 */
export class CacheFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** A file that was written; null where it is not there or cannot be read. Opening counts as use. */
  open(name: string): PackedFile | null {
    const path = join(this.#path, name);
    try {
      const file = PackedFile.open(path);
      touch(path);
      return file;
    } catch {
      return null;
    }
  }

  /** One piece of a file of which no other is needed. */
  read(name: string, key: string): Uint8Array | undefined {
    const file = this.open(name);
    const bytes = file?.get(key);
    file?.close();
    return bytes;
  }

  remove(name: string): void {
    remove(join(this.#path, name));
  }

  /**
   * @param entries of the file, in order; few of them are held at once
   * @param release is called when all are written: some systems do not replace a file that is open
   * @returns whether it was written
   */
  write(name: string, entries: Entries, release: () => void = () => {}): boolean {
    const draft = join(this.#path, `${name}.${process.pid}.${Date.now().toString(36)}.tmp`);
    try {
      mkdirSync(this.#path, { recursive: true });
      writePieces(draft, packEntries(entries));
      release();
      renameSync(draft, join(this.#path, name));
      return true;
    } catch (error) {
      remove(draft);
      if (isOfFileSystem(error)) return false;
      throw error;
    }
  }
}

/** As Node.js throws it; whoever makes the pieces has bugs of another kind. */
function isOfFileSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** Bytes that are written at once: pieces are mostly far smaller. */
const AT_ONCE = 256 * 1024;

function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w', 0o600);
  const held = Buffer.alloc(AT_ONCE);
  let size = 0;
  try {
    for (const piece of pieces) {
      if (size + piece.length > AT_ONCE) {
        writeFileSync(file, held.subarray(0, size));
        size = 0;
      }
      if (piece.length <= AT_ONCE) {
        held.set(piece, size);
        size += piece.length;
      } else writeFileSync(file, piece);
    }
    writeFileSync(file, held.subarray(0, size));
  } finally {
    closeSync(file);
  }
}

/** So long a file that a crash left behind is kept. */
const DRAFT_AGE = 3_600_000;

/**
 * Keeps everything under a folder below a number of bytes: what was used longest ago goes first, and what a crash left
 * behind after an hour.
 */
export function trimFolder(path: string, limit: number, now: number): void {
  const files = filesUnder(path).sort((a, b) => b.used - a.used);
  let total = 0;
  for (const { path: file, size, used } of files) {
    const isLeftOver = file.endsWith('.tmp') && now - used > DRAFT_AGE;
    total += size;
    if (total > limit || isLeftOver) remove(file);
  }
}

interface CachedFile {
  path: string;
  size: number;
  /** Milliseconds since the epoch. */
  used: number;
}

function filesUnder(path: string): CachedFile[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => factsOf(join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}

/** Another process may have taken it away by now. */
function factsOf(path: string): CachedFile[] {
  try {
    const { size, mtimeMs } = statSync(path);
    return [{ path, size, used: mtimeMs }];
  } catch {
    return [];
  }
}

/** What cannot be removed stays for the next time. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function touch(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}
