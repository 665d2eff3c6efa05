import { type ChildProcessWithoutNullStreams, spawnSync } from 'node:child_process';
import { failureFromStderr, failureToStart, GitFailure, gitProcess, missingObjects, startGit } from './git.ts';
import { OBJECT_ID } from './revisions.ts';

/** Larger blobs are not pages that people read; they are reported as `too large`. */
export const MAX_BLOB_BYTES = 5 * 1024 * 1024;

/** Without `--buffer`, which is no faster here: git would hold back its last answers until its input ends. */
const COMMAND = ['cat-file', '--batch'];

/** Takes a blob's bytes. They may be a view of a larger buffer, and are valid during the call only. */
export type ReceiveBlob = (blob: string, bytes: Uint8Array | 'too large') => void;

interface Batch {
  left: number;
  missing: string[];
  receive: ReceiveBlob;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Reads blobs through one `git cat-file --batch` that lives until `close`; it is started by the first read. */
export class BlobReader {
  readonly #repo: string;
  readonly #maxBytes: number;
  #child: ChildProcessWithoutNullStreams | null = null;
  #batch: Batch | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(repo: string, maxBytes = MAX_BLOB_BYTES) {
    this.#repo = repo;
    this.#maxBytes = maxBytes;
  }

  /**
   * Hands each blob once to `receive`, in the order of the ids. Reads that overlap wait for each other.
   * @throws {GitFailure} `missing-object` once all the others have been received
   */
  read(ids: Iterable<string>, receive: ReceiveBlob): Promise<void> {
    const wanted = [...new Set(ids)];
    const reading = this.#last.then(() => (wanted.length > 0 ? this.#readBatch(wanted, receive) : undefined));
    this.#last = reading.catch(() => {});
    return reading;
  }

  /** Ends the process once it has answered; the reader may be used again. */
  async close(): Promise<void> {
    await this.#last;
    const child = this.#child;
    if (child === null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    keepAlive(child, 'ref');
    child.stdin.end();
    await closed;
  }

  #readBatch(wanted: string[], receive: ReceiveBlob): Promise<void> {
    const odd = wanted.find((id) => !OBJECT_ID.test(id));
    if (odd !== undefined) throw new TypeError(`not an object id: ${odd}`);
    return new Promise((resolve, reject) => {
      this.#batch = { left: wanted.length, missing: [], receive, resolve, reject };
      this.#child ??= this.#start();
      keepAlive(this.#child, 'ref');
      this.#child.stdin.write(`${wanted.join('\n')}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const { child, failure } = startGit(this.#repo, COMMAND);
    const parser = new BatchParser(this.#maxBytes, (blob, bytes) => this.#answer(blob, bytes));
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        parser.push(chunk);
      } catch (error) {
        this.#fail(child, error);
      }
    });
    child.on('error', (error) => this.#fail(child, failureToStart(error)));
    child.on('close', () => this.#fail(child, failure()));
    return child;
  }

  #answer(blob: string, bytes: BlobBytes): void {
    const batch = this.#batch;
    if (batch === null) return;
    if (bytes === 'missing') batch.missing.push(blob);
    else batch.receive(blob, bytes);
    batch.left -= 1;
    if (batch.left > 0) return;
    this.#batch = null;
    // An idle reader that nobody closed must not keep the whole program alive, as after an error elsewhere.
    if (this.#child) keepAlive(this.#child, 'unref');
    if (batch.missing.length > 0) batch.reject(missingObjects(this.#repo, batch.missing));
    else batch.resolve();
  }

  /** Gives the process up: the read that waits for it fails, and the next one starts another process. */
  #fail(child: ChildProcessWithoutNullStreams, error: unknown): void {
    if (this.#child !== child) return;
    this.#child = null;
    child.stdout.removeAllListeners('data').resume();
    child.kill();
    this.#batch?.reject(error);
    this.#batch = null;
  }
}

/** The pipes of a child process are sockets, which its type does not say. */
function keepAlive(child: ChildProcessWithoutNullStreams, how: 'ref' | 'unref'): void {
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as Record<typeof how, () => void>[];
  for (const handle of handles) handle[how]();
}

/** What git may answer at once. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Reads blobs synchronously: the few that turn out to be needed while a snapshot is judged.
 * @throws {GitFailure} where one is missing
 */
export function readNow(repo: string, ids: readonly string[], receive: ReceiveBlob): void {
  // Git takes an empty line for an id.
  if (ids.length === 0) return;
  const { args, env } = gitProcess(repo, COMMAND);
  const options = { env, input: `${ids.join('\n')}\n`, maxBuffer: MOST_BYTES, windowsHide: true };
  const { stdout, stderr, status } = spawnSync('git', args, options);
  if (status !== 0) throw failureFromStderr(repo, COMMAND, stderr?.toString() ?? '');
  const missing: string[] = [];
  const parser = new BatchParser(MAX_BLOB_BYTES, (blob, bytes) => {
    if (bytes === 'missing') missing.push(blob);
    else receive(blob, bytes);
  });
  parser.push(stdout);
  if (missing.length > 0) throw missingObjects(repo, missing);
}

/** A blob's bytes, or why there are none. */
type BlobBytes = Uint8Array | 'too large' | 'missing';

interface Body {
  blob: string;
  size: number;
  /** Bytes still to come, the line feed after the body included. */
  left: number;
  /** Null if the bytes are passed over. */
  parts: Buffer[] | null;
}

const HEADER = /^([0-9a-f]+) (?:missing|[a-z]+ (\d+))$/;

/** Reads what `git cat-file --batch` writes, in whatever chunks it arrives (git-cat-file(1), "Batch output"). */
export class BatchParser {
  readonly #receive: (blob: string, bytes: BlobBytes) => void;
  readonly #maxBytes: number;
  #header = '';
  #body: Body | null = null;

  /** @param maxBytes larger blobs are received as `too large` and never held in memory */
  constructor(maxBytes: number, receive: (blob: string, bytes: BlobBytes) => void) {
    this.#maxBytes = maxBytes;
    this.#receive = receive;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#body ? this.#readBody(this.#body, chunk, at) : this.#readHeader(chunk, at);
  }

  #readHeader(chunk: Buffer, start: number): number {
    const feed = chunk.indexOf(0x0a, start);
    this.#header += chunk.toString('latin1', start, feed < 0 ? chunk.length : feed);
    if (feed < 0) return chunk.length;
    const [, blob, digits] = HEADER.exec(this.#header) ?? [];
    if (blob === undefined) throw unexpected(this.#header);
    this.#header = '';
    const size = Number(digits);
    if (digits === undefined) this.#receive(blob, 'missing');
    else this.#body = { blob, size, left: size + 1, parts: size > this.#maxBytes ? null : [] };
    return feed + 1;
  }

  #readBody(body: Body, chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + body.left);
    body.parts?.push(chunk.subarray(start, end));
    body.left -= end - start;
    if (body.left === 0) {
      this.#body = null;
      this.#receive(body.blob, body.parts ? Buffer.concat(body.parts).subarray(0, body.size) : 'too large');
    }
    return end;
  }
}

function unexpected(header: string): GitFailure {
  return new GitFailure(
    'git-failed',
    `\`git cat-file --batch\` answered in an unknown form: ${JSON.stringify(header.slice(0, 100))}.`,
    'Signpost needs git 2.25 or later.',
  );
}
