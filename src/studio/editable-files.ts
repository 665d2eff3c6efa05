import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeBlob } from '../docs/decode-blob.ts';
import type { ConflictAnswer, OpenedFile } from './protocol.ts';

/** A registry file: its name in messages and its place on disk. */
export interface NamedFile {
  path: string;
  absolute: string;
}

export type Saved = { version: string } | { conflict: ConflictAnswer };

/** A file that must not be written, for instance because it is no longer the one that was opened. */
export class UnwritableFile extends Error {
  override readonly name = 'UnwritableFile';
}

const BYTE_ORDER_MARK = '\uFEFF';

/** The registry files that a session began with. The studio edits and writes no others. */
export class EditableFiles {
  /** Path as it is named → real place on disk. */
  readonly places = new Map<string, string>();
  readonly blocked: { path: string; reason: string }[] = [];

  /**
   * @param inside the folder in which all files must lie; null if the person named them
   */
  static async open(named: readonly NamedFile[], inside: string | null): Promise<EditableFiles> {
    const files = new EditableFiles();
    const root = inside === null ? null : await realpath(inside);
    for (const file of named) await files.#add(file, inside, root);
    return files;
  }

  async #add({ path, absolute }: NamedFile, inside: string | null, root: string | null): Promise<void> {
    try {
      const real = await realpath(absolute);
      const expected = root === null || inside === null ? real : root + absolute.slice(inside.length);
      if (real !== expected) this.blocked.push({ path, reason: 'it lies behind a symbolic link' });
      else if (!(await lstat(real)).isFile()) this.blocked.push({ path, reason: 'it is no regular file' });
      else {
        this.places.set(path, real);
        await this.read(path);
      }
    } catch (error) {
      this.places.delete(path);
      this.blocked.push({ path, reason: (error as Error).message });
    }
  }

  get paths(): string[] {
    return [...this.places.keys()];
  }

  /** Reads a file; an absent one is empty. @throws {UnwritableFile} if it is no text */
  async read(path: string): Promise<OpenedFile> {
    const bytes = await this.#bytes(path);
    if (bytes === null) return { path, text: '', version: null };
    const blob = decodeBlob(bytes);
    if ('unreadable' in blob) throw new UnwritableFile(`it is ${blob.unreadable}`);
    return {
      path,
      text: hasWindowsLines(blob.text) ? blob.text.replaceAll('\r\n', '\n') : blob.text,
      version: versionOf(bytes),
    };
  }

  /**
   * Writes a file whole or not at all. Its mode, its line ends and its byte order mark are kept.
   * @param version the version that was edited; if the disk has another one, nothing is written
   */
  async save(path: string, text: string, version: string | null): Promise<Saved> {
    const real = this.places.get(path);
    if (real === undefined) throw new UnwritableFile(`${path} is not a registry file of this session.`);
    const before = await this.#bytes(path);
    if (versionOf(before) !== version) return { conflict: await this.read(path) };
    const bytes = Buffer.from(before === null ? text : inTheFormOf(before, text));
    await replaceFile(real, bytes, async () => versionOf(await this.#bytes(path)) === version);
    const after = await this.read(path);
    const written = versionOf(bytes) as string;
    return after.version === written ? { version: written } : { conflict: after };
  }

  /** The bytes of a file; null where there is none. A symbolic link that took its place is not followed. */
  async #bytes(path: string): Promise<Buffer | null> {
    const real = this.places.get(path) as string;
    if ((await realpath(dirname(real)).catch(() => null)) !== dirname(real))
      throw new UnwritableFile(`The folder of ${path} is not the one that was opened.`);
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      if (error.code === 'ELOOP') throw new UnwritableFile(`${path} has become a symbolic link.`);
      throw error;
    });
    try {
      return handle && (await handle.readFile());
    } finally {
      await handle?.close();
    }
  }
}

/** Null for a file that is not there. */
function versionOf(bytes: Uint8Array | null): string | null {
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

/** Whether every line ends in CRLF. Mixed line ends are kept as they are. */
function hasWindowsLines(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text);
}

function inTheFormOf(before: Buffer, text: string): string {
  const old = before.toString();
  const lines = hasWindowsLines(old) ? text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : text;
  return old.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + lines : lines;
}

/** Writes a new file beside the old one and renames it, if `isUnchanged` still holds. */
async function replaceFile(file: string, bytes: Buffer, isUnchanged: () => Promise<boolean>): Promise<void> {
  const mode = await lstat(file).then(
    (stats) => stats.mode & 0o7777,
    () => 0o644,
  );
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(beside, bytes, { flag: 'wx', mode: 0o600, flush: true });
    await chmod(beside, mode);
    if (await isUnchanged()) await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}
