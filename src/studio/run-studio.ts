import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadClientFiles } from './client-files.ts';
import { startServer } from './server.ts';
import { type SessionOptions, StudioSession } from './session.ts';
import { watchFiles } from './watch-files.ts';

interface StudioOptions extends SessionOptions {
  /** The work tree that is watched. */
  folder: string;
  port: number;
  opensBrowser: boolean;
  /** Called when the page is served. */
  onReady(url: string): void;
  /** Settles when the studio is to end. */
  untilInterrupted(): Promise<void>;
}

/** Serves the page until it is interrupted. @throws if the port is taken, or the docs cannot be read */
export async function runStudio(options: StudioOptions): Promise<void> {
  const { folder, files, onBug, port } = options;
  const [page, session] = await Promise.all([loadClientFiles(), StudioSession.begin(options)]);
  const server = await startServer({ session, page, port, onBug });
  const note = (text: string) => session.onEvent({ kind: 'note', text });
  const endWatch = await watchFiles({
    folder,
    registryFiles: [...files.places.values()],
    onRegistryFile: (place) => void session.fileChanged(place).catch(onBug),
    onRegistryFiles: () => session.onEvent({ kind: 'files' }),
    onDocs: () => void session.docsChanged().catch((error: Error) => note(error.message)),
    onFailure: (reason) => note(`Changes on disk are not noticed: ${reason}. Reload this page to see them.`),
  });
  options.onReady(server.url);
  const forget = options.opensBrowser ? await openBrowser(server.url) : null;
  try {
    await options.untilInterrupted();
  } finally {
    session.end();
    await Promise.all([endWatch(), server.close(), forget?.()]);
  }
}

const OPENERS: Partial<Record<NodeJS.Platform, [program: string, ...argv: string[]]>> = {
  darwin: ['open'],
  // `start` takes a first argument in quotes for the title of a window.
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Asks the desktop to show an address. Other users of the machine can see the arguments of a program, so the browser is
 * given a file that only this user can read and that leads to the address. Without a desktop nothing happens.
 * @returns a function that removes the file
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
