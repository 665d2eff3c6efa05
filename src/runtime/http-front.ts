import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

/** GitHub sends no larger webhooks (https://docs.github.com/webhooks/webhook-events-and-payloads). */
const WEBHOOK_BYTES = 25 * 1024 * 1024;
/** All bodies being read at one moment: whoever sends many must not fill the memory before a signature is checked. */
const BYTES_AT_ONCE = 4 * WEBHOOK_BYTES;

export interface FrontOptions {
  /** Null where none are taken. */
  webhookPath: string | null;
  /** Gets a POST whose body has come whole: in `rawBody`, as @octokit/webhooks looks for it. */
  receive: RequestListener;
  /** Null while all is well, else why no work should be sent here. */
  whyNotReady(): string | null;
  /** Null while webhooks are taken, else why they are answered with 503 before they are read. */
  whyClosed(): string | null;
  metrics(): Promise<{ contentType: string; text: string }>;
  /** A request was turned away before its signature was looked at. */
  onRefusal?(status: number): void;
  /** 25 MB and four times that, unless given. */
  bytes?: { body: number; atOnce: number };
  /** Milliseconds for all headers, and for the whole request. */
  timeouts?: { headers: number; request: number };
}

/** The HTTP server: webhooks by POST on one path, and three pages for whoever runs it. It does not listen yet. */
export function createFront(options: FrontOptions): Server {
  const pages = ownPages(options);
  const webhooks = webhookReader(options);
  const { headers, request } = options.timeouts ?? { headers: 10_000, request: 60_000 };
  // Node looks for late requests every 30 seconds unless told otherwise.
  const limits = {
    headersTimeout: headers,
    requestTimeout: request,
    connectionsCheckingInterval: Math.min(headers, 5_000),
  };
  const server = createServer(limits, (incoming, response) => {
    const path = pathOf(incoming);
    const page = pages[path];
    if (page && (incoming.method === 'GET' || incoming.method === 'HEAD')) return void page(response);
    if (path !== options.webhookPath)
      return refuse(incoming, response, page ? 405 : 404, page ? 'GET, HEAD' : undefined);
    if (incoming.method !== 'POST') return refuse(incoming, response, 405, 'POST');
    webhooks(incoming, response);
  });
  server.keepAliveTimeout = 5_000;
  return server;
}

/** The path of a request, without slashes at its end. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const query = url.indexOf('?');
  let end = query < 0 ? url.length : query;
  while (end > 1 && url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

type Page = (response: ServerResponse) => unknown;

function ownPages({ whyNotReady, metrics }: FrontOptions): Record<string, Page | undefined> {
  return {
    '/healthz': (response) => answer(response, 200, 'alive\n'),
    '/readyz': (response) => {
      const reason = whyNotReady();
      answer(response, reason === null ? 200 : 503, `${reason ?? 'ready'}\n`);
    },
    '/metrics': (response) =>
      metrics().then(
        ({ contentType, text }) => answer(response, 200, text, contentType),
        () => answer(response, 500, ''),
      ),
  };
}

function webhookReader({ receive, whyClosed, onRefusal, bytes }: FrontOptions): RequestListener {
  const { body: most, atOnce } = bytes ?? { body: WEBHOOK_BYTES, atOnce: BYTES_AT_ONCE };
  let reading = 0;
  return (request, response) => {
    const turnAway = (status: number) => {
      onRefusal?.(status);
      refuse(request, response, status);
    };
    if (Number(request.headers['content-length'] ?? 0) > most) return turnAway(413);
    if (whyClosed() !== null) return turnAway(503);
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      reading += chunk.length;
      chunks.push(chunk);
      if (length <= most && reading <= atOnce) return;
      request.off('data', take).off('end', handOver);
      chunks.length = 0;
      turnAway(length > most ? 413 : 503);
    };
    const handOver = () => {
      Object.assign(request, { rawBody: Buffer.concat(chunks), body: {} });
      receive(request, response);
    };
    request
      .on('data', take)
      .once('end', handOver)
      .once('error', () => {});
    request.once('close', () => {
      reading -= length;
    });
  };
}

/** Refuses a request and hangs up without reading the rest of it. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, allow?: string): void {
  const headers = { connection: 'close', 'content-length': 0, ...(allow === undefined ? {} : { allow }) };
  response.writeHead(status, headers).end(() => {
    // A sender that is still writing has to get the answer before the line is cut.
    setTimeout(() => request.destroy(), 500).unref();
  });
  request.resume();
}

const PLAIN_TEXT = 'text/plain; charset=utf-8';

function answer(response: ServerResponse, status: number, text: string, contentType = PLAIN_TEXT): void {
  const headers = {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, headers).end(text);
}
