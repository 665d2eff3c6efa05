import { open } from 'node:fs/promises';
import type { Occasion } from './command.ts';
import { fileProblem, UsageFailure } from './usage-failure.ts';

/** An export of a year's tickets has a few megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file that a person named, or with `-` of what is piped in: UTF-8, or UTF-16 with a byte order mark as
 * spreadsheets write it.
 * @throws {UsageFailure}
 */
export async function readInput(typed: string, { pathOf, stdin }: Occasion): Promise<{ path: string; text: string }> {
  const path = typed === '-' ? 'stdin' : typed;
  const bytes = typed === '-' ? await gathered(stdin, path) : await readFileBytes(typed, pathOf(typed));
  return { path, text: decoded(bytes, path) };
}

async function readFileBytes(typed: string, path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      return await gathered(file.createReadStream({ autoClose: false }), typed);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageFailure) throw error;
    throw new UsageFailure(`${typed} cannot be read: ${fileProblem(error)}.`, 'Name a file that can be read.');
  }
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
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  if (bytes.subarray(0, 8000).includes(0)) {
    throw new UsageFailure(`${path} is no text.`, 'Export it as CSV or JSON; a spreadsheet itself cannot be read.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageFailure(
      `${path}:${badLine(bytes)} is not UTF-8.`,
      'Save it as UTF-8; in Excel that is "CSV UTF-8".',
    );
  }
}

/** The first line with bytes that are not UTF-8; line feeds are never part of another character. */
function badLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}
