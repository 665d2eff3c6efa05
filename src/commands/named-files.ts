import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { decodeBlob } from '../docs/decode-blob.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import type { CommandContext } from './command-context.ts';
import { UsageFailure } from './usage-failure.ts';

/** Far above an export of a year's tickets, which has a few megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a named file, or stdin for `-`: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write it.
 * @throws {UsageFailure}
 */
export async function readInput(
  typed: string,
  { pathOf, stdin }: CommandContext,
): Promise<{ path: string; text: string }> {
  if (typed === '-') return { path: 'stdin', text: decoded(await gathered(stdin, 'stdin'), 'stdin') };
  const bytes = await gathered(createReadStream(pathOf(typed)), typed).catch((error: unknown) => {
    if (error instanceof UsageFailure) throw error;
    throw unreadable(typed, fileProblem(error), 'file');
  });
  return { path: typed, text: decoded(bytes, typed) };
}

async function gathered(pieces: AsyncIterable<Uint8Array>, path: string): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > MOST_BYTES) throw new UsageFailure(`${path} is larger than 64 MB.`, 'Split it, or export less of it.');
    read.push(piece);
  }
  return Buffer.concat(read);
}

function decoded(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 8000).includes(0)) {
    throw new UsageFailure(`${path} is no text.`, 'Export it as CSV or JSON; a spreadsheet itself cannot be read.');
  }
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const advice = 'Save it as UTF-8; in Excel that is "CSV UTF-8".';
  throw new UsageFailure(`${path}:${badLine(bytes)} is not UTF-8.`, advice);
}

/** The number of the first line that is not UTF-8. In UTF-8 no other character contains the byte of a line feed. */
function badLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0, end = 0; end >= 0; start = end + 1, line++) {
    end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) break;
  }
  return line;
}

/** Reads a registry file. @param typed its name in messages @throws {UsageFailure} */
export async function readNamed(typed: string, path: string): Promise<RegistryFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(typed, fileProblem(error));
  });
  const blob = decodeBlob(bytes);
  if ('unreadable' in blob) throw unreadable(typed, `it is ${blob.unreadable}`);
  return { path: typed, text: blob.text };
}

export function unreadable(typed: string, problem: string, what = 'registry file or folder'): UsageFailure {
  return new UsageFailure(`${typed} cannot be read: ${problem}.`, `Name a ${what} that can be read.`);
}

/** Writes a file. @param typed its name in messages @throws {UsageFailure} with the advice */
export async function writeNamed(typed: string, advice: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    if (error instanceof UsageFailure) throw error;
    throw new UsageFailure(`${typed} cannot be written: ${fileProblem(error)}.`, advice);
  });
}

/** Puts an error of the file system into words, without its code and its path. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'access is denied',
    EROFS: 'the disk is read only',
    ENOSPC: 'the disk is full',
  };
  return (code && known[code]) || message;
}
