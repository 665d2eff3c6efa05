import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome, PlainRequest } from './answer-request.ts';

export type AnswerRequest = (request: PlainRequest) => Promise<Outcome>;

export interface RunningServer {
  /** `http://127.0.0.1:PORT`, the base URL of the API. */
  url: string;
  /** Breaks every open connection, also those that hang. */
  close(): Promise<void>;
}

/** Serves the API on a free port of the loopback. */
export async function startServer(answer: AnswerRequest): Promise<RunningServer> {
  const server = createServer((request, response) => {
    void serve(answer, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function serve(answer: AnswerRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const body = Buffer.concat(chunks).toString('utf8');
  const outcome = await answer({ method: request.method ?? 'GET', target: request.url ?? '/', headers, body });
  if (outcome === 'hang') return;
  if (outcome === 'reset') request.socket.resetAndDestroy();
  else
    response.writeHead(outcome.status, { ...outcome.headers, 'content-length': outcome.body.length }).end(outcome.body);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The same without a socket: for `new Octokit({ request: { fetch } })`. What hangs breaks when `ended` is aborted. */
export function makeFetch(answer: AnswerRequest, apiUrl: () => string, ended: AbortSignal): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // A request's own signal follows the given one weakly, and may be collected before it is aborted.
    const signal = init?.signal ?? request.signal;
    const { origin, pathname, search } = new URL(request.url);
    if (origin !== apiUrl()) throw failed(new Error(`${origin} is not ${apiUrl()}`));
    const headers = { 'user-agent': 'node', ...Object.fromEntries(request.headers) };
    const body = await request.text();
    signal.throwIfAborted();
    const outcome = await answer({ method: request.method, target: pathname + search, headers, body });
    if (outcome === 'hang') return await untilAborted(signal, ended);
    if (outcome === 'reset') throw failed(connectionReset());
    const empty = [204, 304].includes(outcome.status);
    return new Response(empty ? null : new Uint8Array(outcome.body), outcome);
  };
}

const failed = (cause: Error): TypeError => new TypeError('fetch failed', { cause });
const connectionReset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

function untilAborted(signal: AbortSignal, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    ended.addEventListener('abort', () => reject(failed(connectionReset())), { once: true });
  });
}
