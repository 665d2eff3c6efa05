import { GitFailure } from './git-failure.ts';

/** A blob's bytes, or why there are none. The bytes may be a view of a larger buffer: read them, do not keep them. */
export type BlobBytes = Uint8Array | 'too large' | 'missing';

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
    const [, blob, size] = HEADER.exec(this.#header) ?? [];
    if (blob === undefined) throw unexpected(this.#header);
    this.#header = '';
    if (size === undefined) this.#receive(blob, 'missing');
    else this.#body = this.#expect(blob, Number(size));
    return feed + 1;
  }

  #expect(blob: string, size: number): Body {
    return { blob, size, left: size + 1, parts: size > this.#maxBytes ? null : [] };
  }

  #readBody(body: Body, chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + body.left);
    body.parts?.push(chunk.subarray(start, end));
    body.left -= end - start;
    if (body.left === 0) {
      this.#body = null;
      this.#receive(body.blob, body.parts ? join(body.parts).subarray(0, body.size) : 'too large');
    }
    return end;
  }
}

/** Most bodies lie within one chunk, and need no copy. */
const join = (parts: Buffer[]): Buffer => (parts.length === 1 ? parts[0]! : Buffer.concat(parts));

function unexpected(header: string): GitFailure {
  return new GitFailure(
    'git-failed',
    `\`git cat-file --batch\` answered in an unknown form: ${JSON.stringify(header.slice(0, 100))}.`,
    'Signpost needs git 2.25 or later.',
  );
}
