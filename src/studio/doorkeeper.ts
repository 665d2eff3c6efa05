import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AnchorsRequest, CheckRequest, SaveRequest, TryRequest } from './protocol.ts';

/** Far above any registry, for those are written by hand. */
export const MOST_BODY_BYTES = 16 * 1024 * 1024;

/** A request that is turned away. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Makes a key of 128 random bits. Only the printed address holds it. */
export function makeToken(): string {
  return randomBytes(16).toString('base64url');
}

/** Turns away requests for another host name. A site whose name points to this machine could else read our answers. */
export function checkHost({ headers }: IncomingMessage, port: number): void {
  const host = headers.host ?? '';
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    throw new Refused(421, 'There is no such host here.');
}

/** Turns away requests that a page of another site, or of another port, makes. */
export function checkOrigin({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  const from = headers['sec-fetch-site'];
  if ((origin !== undefined && origin !== `http://${host}`) || (from !== undefined && from !== 'same-origin'))
    throw new Refused(403, 'Another site may not ask here.');
}

/** Checks the token. It comes in a header: a cookie would also be sent to other ports and by other sites. */
export function checkToken({ headers }: IncomingMessage, token: string): void {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refused(401, 'Open the address that `signpost studio` printed: it holds the key to this page.');
}

/** Reads a body of JSON. @throws {Refused} */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json(?:;|$)/.test(request.headers['content-type'] ?? '')) throw new Refused(415, 'Send JSON.');
  const body = await text(request.pipe(limited()));
  try {
    return JSON.parse(body);
  } catch {
    throw new Refused(400, 'This is not JSON.');
  }
}

function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > MOST_BODY_BYTES ? new Refused(413, 'This is too long.') : null, chunk);
    },
  });
}

/** Each of these checks the JSON of one request. @throws {Refused} */
export function checkRequest(body: unknown): CheckRequest {
  const { files, focus } = objectOf(body);
  if (!Array.isArray(files)) throw wrong();
  return { files: files.map(fileOf), focus: focus === null ? null : textOf(focus) };
}

export function tryRequest(body: unknown): TryRequest {
  const { words, place } = objectOf(body);
  if (place !== 'label' && place !== 'sentence' && place !== 'row') throw wrong();
  return { words: textOf(words), place };
}

export function saveRequest(body: unknown): SaveRequest {
  const { version } = objectOf(body);
  return { ...fileOf(body), version: version === null ? null : textOf(version) };
}

export function anchorsRequest(body: unknown): AnchorsRequest {
  return { route: textOf(objectOf(body).route) };
}

function fileOf(value: unknown): { path: string; text: string } {
  const { path, text } = objectOf(value);
  return { path: textOf(path), text: textOf(text) };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw wrong();
  return value as Record<string, unknown>;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw wrong();
  return value;
}

function wrong(): Refused {
  return new Refused(400, 'This is not what is asked here.');
}
