import { openBrowser } from './open-browser.ts';
import { loadPageFiles } from './page-files.ts';
import type { RegistryFiles } from './registry-files.ts';
import { type StudioServer, startServer } from './server.ts';
import { type SessionOptions, StudioSession } from './session.ts';
import { FileWatch } from './watch-files.ts';

export interface StudioOptions extends Omit<SessionOptions, 'onBug'> {
  files: RegistryFiles;
  /** The work tree that is watched. */
  folder: string;
  port: number;
  opensBrowser: boolean;
  onBug(error: unknown): void;
  /** Called once people can come. */
  onReady(url: string): void;
  /** Ends the studio. */
  untilInterrupted(): Promise<void>;
}

/** Serves the page until it is interrupted. @throws if the port is taken, or the docs cannot be read */
export async function runStudio(options: StudioOptions): Promise<void> {
  const { onBug, port } = options;
  const [page, session] = await Promise.all([loadPageFiles(), StudioSession.begin(options)]);
  const server = await startServer({ session, page, port, onBug });
  const watch = await watchFiles(session, options);
  const forget = await ready(server, options);
  try {
    await options.untilInterrupted();
  } finally {
    session.end();
    await Promise.all([watch.end(), server.close(), forget()]);
  }
}

async function ready({ url }: StudioServer, { onReady, opensBrowser }: StudioOptions): Promise<() => Promise<void>> {
  onReady(url);
  return opensBrowser ? openBrowser(url) : async () => {};
}

function watchFiles(session: StudioSession, { folder, files, onBug }: StudioOptions): Promise<FileWatch> {
  return FileWatch.begin({
    folder,
    registryFiles: files.places,
    onRegistryFile: (place) => void session.fileChanged(files.nameOf(place) as string).catch(onBug),
    onRegistryFiles: () => session.tell({ kind: 'files' }),
    onDocs: () =>
      void session.docsChanged().catch((error: Error) => session.tell({ kind: 'note', text: error.message })),
    onFailure: (reason) =>
      session.tell({ kind: 'note', text: `Changes on disk are not noticed: ${reason}. Reload this page to see them.` }),
  });
}
