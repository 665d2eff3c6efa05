import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const OPENERS: Partial<Record<NodeJS.Platform, [program: string, ...argv: string[]]>> = {
  darwin: ['open'],
  // `start` takes a first argument in quotes for the title of a window.
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Asks the desktop to show an address. Other users of the machine can read what a program was started with, so it is
 * given a file of this user that leads on. Where there is no desktop nothing happens: the address was printed.
 * @returns removes the file
 */
export async function openBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-studio-'));
  const file = join(folder, 'open.html');
  const page = `<!doctype html><meta charset="utf-8"><title>Signpost studio</title><meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">Signpost studio</a>`;
  await writeFile(file, page, { mode: 0o600 });
  const [program, ...argv] = OPENERS[platform] ?? ['xdg-open'];
  const child = spawn(program, [...argv, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return () => rm(folder, { recursive: true, force: true });
}
