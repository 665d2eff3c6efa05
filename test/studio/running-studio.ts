import { request } from 'node:http';
import { decodeBlob } from '../../src/docs/decode-blob.ts';
import { openRepository, WORKTREE } from '../../src/local-git/repository.ts';
import { registryPaths } from '../../src/registry/registry-files.ts';
import { EditableFiles } from '../../src/studio/editable-files.ts';
import { runStudio } from '../../src/studio/run-studio.ts';
import type { TempRepository } from '../temp-repository.ts';

export interface RunningStudio {
  url: string;
  port: number;
  token: string;
  bugs: unknown[];
  /** A request as the page sends it; headers given come on top. */
  ask(path: string, body?: unknown, more?: Asked): Promise<Answered>;
  end(): Promise<void>;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it as it pleases
  json(): any;
}

/** Runs the studio in this process on a repository's work tree. */
export async function startStudio({ dir }: TempRepository, today = '2026-06-01'): Promise<RunningStudio> {
  const repository = await openRepository(dir);
  const folder = repository.toplevel as string;
  const { tree } = await repository.snapshot(WORKTREE);
  const named = registryPaths(tree.keys()).map((path) => ({ path, absolute: `${folder}/${path}` }));
  const bugs: unknown[] = [];
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  let running: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    running = EditableFiles.open(named, folder).then((files) =>
      runStudio({
        name: 'lanyard',
        folder,
        files,
        defaults: null,
        docs: {
          snapshot: () => repository.snapshot(WORKTREE),
          load: (snapshot, needed, blobs) => repository.load([snapshot], needed, blobs, decodeBlob),
        },
        today: () => today,
        port: 0,
        opensBrowser: false,
        onReady: resolve,
        onBug: (error) => bugs.push(error),
        untilInterrupted: () => interrupted,
      }),
    );
    running.catch(reject);
  });
  const { port, hash } = new URL(url);
  const token = hash.slice(1);
  let hasEnded = false;
  return {
    url,
    port: Number(port),
    token,
    bugs,
    ask: (path, body, more) => send(Number(port), token, path, body, more),
    async end() {
      if (hasEnded) return;
      hasEnded = true;
      interrupt();
      await running;
      await repository.close();
    },
  };
}

/** By node:http, which sends any Host and any path as it is told. */
function send(port: number, token: string, path: string, body: unknown, more: Asked = {}): Promise<Answered> {
  const method = more.method ?? (body === undefined ? 'GET' : 'POST');
  const payload = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    'content-length': String(Buffer.byteLength(payload)),
    ...more.headers,
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) }),
      );
    });
    asked.on('error', reject);
    asked.end(payload);
  });
}
