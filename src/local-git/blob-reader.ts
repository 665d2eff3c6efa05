import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { BatchParser, type BlobBytes } from './batch-parser.ts';
import { failureToStart, startGit } from './git.ts';
import { failureFromStderr, missingObjects } from './git-failure.ts';
import { OBJECT_ID } from './revisions.ts';

/** Larger blobs are not pages that people read; they are reported as `too large`. */
export const MAX_BLOB_BYTES = 5 * 1024 * 1024;

/** Without `--buffer`, which is no faster here: git would hold back its last answers until its input ends. */
const COMMAND = ['cat-file', '--batch'];

export type ReceiveBlob = (blob: string, bytes: Exclude<BlobBytes, 'missing'>) => void;

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
   * Hands each blob once to `receive`, in the order of the ids; the bytes are valid during that call only.
   * Reads that overlap wait for each other.
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
    hold(child);
    child.stdin.end();
    await closed;
  }

  #readBatch(wanted: string[], receive: ReceiveBlob): Promise<void> {
    const odd = wanted.find((id) => !OBJECT_ID.test(id));
    if (odd !== undefined) throw new TypeError(`not an object id: ${odd}`);
    return new Promise((resolve, reject) => {
      this.#batch = { left: wanted.length, missing: [], receive, resolve, reject };
      this.#child ??= this.#start();
      hold(this.#child);
      this.#child.stdin.write(`${wanted.join('\n')}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#repo, COMMAND);
    const parser = new BatchParser(this.#maxBytes, (blob, bytes) => this.#answer(blob, bytes));
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        parser.push(chunk);
      } catch (error) {
        this.#fail(child, error);
      }
    });
    child.on('error', (error) => this.#fail(child, failureToStart(error)));
    child.on('close', () => this.#fail(child, failureFromStderr(this.#repo, COMMAND, stderr)));
    return child;
  }

  #answer(blob: string, bytes: BlobBytes): void {
    const batch = this.#batch;
    if (batch === null) return;
    if (bytes === 'missing') batch.missing.push(blob);
    else batch.receive(blob, bytes);
    batch.left -= 1;
    if (batch.left === 0) this.#finish(batch);
  }

  #finish(batch: Batch): void {
    this.#batch = null;
    if (this.#child) release(this.#child);
    if (batch.missing.length > 0) batch.reject(missingObjects(this.#repo, batch.missing));
    else batch.resolve();
  }

  /** The process is of no more use: the read that waits for it fails, and the next one starts another. */
  #fail(child: ChildProcessWithoutNullStreams, error: unknown): void {
    if (this.#child !== child) return;
    this.#child = null;
    child.stdout.removeAllListeners('data').resume();
    child.kill();
    this.#batch?.reject(error);
    this.#batch = null;
  }
}

/** An idle reader that nobody closed must not keep the whole program alive, as after an error elsewhere. */
function release(child: ChildProcessWithoutNullStreams): void {
  for (const handle of handlesOf(child)) handle.unref();
}

function hold(child: ChildProcessWithoutNullStreams): void {
  for (const handle of handlesOf(child)) handle.ref();
}

interface Handle {
  ref(): void;
  unref(): void;
}

/** The pipes of a child process are sockets, which its type does not say. */
const handlesOf = (child: ChildProcessWithoutNullStreams) =>
  [child, child.stdin, child.stdout, child.stderr] as unknown as Handle[];
