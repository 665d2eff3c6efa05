import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ClientFiles, pageWithNonce, policyWith } from './client-files.ts';
import {
  anchorsRequest,
  checkHost,
  checkOrigin,
  checkRequest,
  checkToken,
  makeToken,
  Refused,
  readJson,
  saveRequest,
  tryRequest,
} from './doorkeeper.ts';
import { UnwritableFile } from './editable-files.ts';
import type { ConflictAnswer } from './protocol.ts';
import type { StudioSession } from './session.ts';

interface StudioServer {
  /** Holds the key, so it is shown to the person alone. */
  url: string;
  close(): Promise<void>;
}

interface ServerOptions {
  session: StudioSession;
  page: ClientFiles;
  /** 0 for any that is free. */
  port: number;
  onBug(error: unknown): void;
}

/** Headers of every answer: browsers must not cache, frame or sniff it, nor send its address to others. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Serves one session on the loopback interface. @throws if the port is taken */
export async function startServer(options: ServerOptions): Promise<StudioServer> {
  const token = makeToken();
  const streams = new Set<ServerResponse>();
  options.session.onEvent = (event) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const server = createServer();
  server.listen({ port: options.port, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.on('request', (request, response) => {
    void answer(request, response, { ...options, streams, token, port });
  });
  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    async close() {
      for (const stream of streams) stream.end();
      streams.clear();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Context extends ServerOptions {
  /** The responses that events are written to, one for each open page. */
  streams: Set<ServerResponse>;
  token: string;
  port: number;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  try {
    checkHost(request, context.port);
    const path = (request.url ?? '/').replace(/\?.*$/s, '');
    if (!sendPage(request, response, path, context.page)) await sendAnswer(request, response, path, context);
  } catch (error) {
    refuse(response, error, context);
  }
}

/** Sends the page's own files, if the path is one of them. They need no key, for they hold nothing of the session. */
function sendPage(request: IncomingMessage, response: ServerResponse, path: string, page: ClientFiles): boolean {
  if (request.method !== 'GET') return false;
  if (path === '/') {
    const { html, nonce } = pageWithNonce(page);
    response.setHeader('content-security-policy', policyWith(nonce));
    send(response, 'text/html; charset=utf-8', html);
  } else if (path === '/main.js') send(response, 'text/javascript; charset=utf-8', page.script);
  else if (path === '/main.css') send(response, 'text/css; charset=utf-8', page.style);
  else return false;
  return true;
}

function send(response: ServerResponse, type: string, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, 'application/json', JSON.stringify(value), status);
}

/** The answers by path. The key is checked before, and so is the body. */
const GETS = new Map<string, (session: StudioSession) => unknown>([
  ['/api/session', (session) => session.answer()],
  ['/api/docs', (session) => session.docs()],
]);
const POSTS = new Map<string, (session: StudioSession, body: unknown) => unknown>([
  ['/api/check', (session, body) => session.check(checkRequest(body))],
  ['/api/try', (session, body) => session.try(tryRequest(body))],
  ['/api/anchors', (session, body) => session.anchors(anchorsRequest(body).route)],
  ['/api/save', (session, body) => session.save(saveRequest(body))],
]);

async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { session, token, streams }: Context,
): Promise<void> {
  checkOrigin(request);
  checkToken(request, token);
  const [get, post] = [GETS.get(path), POSTS.get(path)];
  if (post && request.method === 'POST') {
    const answer = await post(session, await readJson(request));
    // Only the answer to a save has one.
    const { conflict } = answer as { conflict?: ConflictAnswer };
    sendJson(response, conflict ?? answer, conflict ? 409 : 200);
  } else if (post || request.method !== 'GET') throw new Refused(405, 'This is not how it is asked for.');
  else if (path === '/api/events') openStream(response, streams);
  else if (get) sendJson(response, await get(session));
  else throw new Refused(404, 'There is no such thing here.');
}

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
function openStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': open\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function refuse(response: ServerResponse, error: unknown, { onBug }: Context): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, message } = refusalOf(error, onBug);
  if (status === 413) response.setHeader('connection', 'close');
  sendJson(response, { error: message }, status);
}

/** The status and message for an error. Errors of the disk or of git are no bugs: the page may ask again. */
function refusalOf(error: unknown, onBug: (error: unknown) => void): { status: number; message: string } {
  if (error instanceof Refused) return error;
  if (error instanceof UnwritableFile) return { status: 403, message: error.message };
  const { code, message, advice } = error as NodeJS.ErrnoException & { advice?: string };
  if (typeof code === 'string') return { status: 503, message: advice ? `${message} ${advice}` : message };
  onBug(error);
  return { status: 500, message: 'This is a bug in Signpost; the terminal has more. Your text is still here.' };
}
