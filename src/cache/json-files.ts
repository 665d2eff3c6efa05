import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The CRC-32 of what follows, in hexadecimal digits, and a line end. */
const HEAD = 9;
/** A file that a crash left half written is removed after so many milliseconds. */
const DRAFT_AGE = 3_600_000;

/**
 * Values as JSON files in a folder. Each file is written whole under another name and then renamed, so that neither a
 * crash nor another process shows half of one. A file that is damaged counts as absent. No file system makes a method
 * throw: where nothing can be written, nothing is kept.
 */
export class JsonFiles {
  /** Bytes that were written. */
  written = 0;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get(kind: string, key: string): unknown {
    try {
      const bytes = readFileSync(this.#pathOf(kind, key));
      const json = bytes.subarray(HEAD);
      return bytes.toString('latin1', 0, HEAD) === headOf(json) ? JSON.parse(json.toString()) : undefined;
    } catch {
      return undefined;
    }
  }

  set(kind: string, key: string, value: unknown): void {
    const path = this.#pathOf(kind, key);
    const json = Buffer.from(JSON.stringify(value));
    const draft = `${path}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(draft, Buffer.concat([Buffer.from(headOf(json)), json]), { mode: 0o600 });
      renameSync(draft, path);
      this.written += HEAD + json.length;
    } catch {
      remove(draft);
    }
  }

  #pathOf(kind: string, key: string): string {
    return join(this.#folder, kind, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}

function headOf(json: Uint8Array): string {
  return `${crc32(json).toString(16).padStart(8, '0')}\n`;
}

/**
 * Removes files under a folder until they take at most so many bytes, those that were written longest ago first.
 * @param now in milliseconds since the epoch
 * @returns the bytes that are left
 */
export function trimFolder(path: string, limit: number, now: number): number {
  let total = 0;
  for (const { file, size, writtenAt } of filesUnder(path).sort((a, b) => b.writtenAt - a.writtenAt)) {
    const isLeftOver = file.endsWith('.tmp') && now - writtenAt > DRAFT_AGE;
    if (total + size > limit || isLeftOver) remove(file);
    else total += size;
  }
  return total;
}

function filesUnder(path: string): { file: string; size: number; writtenAt: number }[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        // Another process may have removed it by now.
        const { size = 0, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
        return { file, size, writtenAt: mtimeMs };
      });
  } catch {
    return [];
  }
}

/** What cannot be removed stays for the next time. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}
