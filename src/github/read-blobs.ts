import { createHash } from 'node:crypto';
import { BLOB_LIMIT, decodeBlob } from '../docs/decode-blob.ts';
import type { BlobText } from '../review/compare/snapshot.ts';
import { ReadFailure } from './failure.ts';
import { named } from './repository.ts';
import type { BlobAnswer, RepositoryReader } from './repository-reader.ts';

/** Blobs in one GraphQL query: GitHub gives each ten seconds. */
const BLOBS_PER_QUERY = 50;
/** Bytes in one query's answer, as far as trees tell. */
const BYTES_PER_QUERY = 1_000_000;
/** GraphQL was seen to cut texts at about 500 kB. */
const LONGEST_IN_QUERY = 400_000;

/**
 * Reads blobs by id, 50 in a request, and hands each to `receive`. Each text must have the hash that its id is: a text that
 * GraphQL cut or changed is read again by the REST interface, which gives exact bytes.
 * @param sizes bytes by id
 * @throws {ReadFailure} where GitHub's bytes are not those that the id names
 */
export async function readBlobs(
  reader: RepositoryReader,
  sizes: ReadonlyMap<string, number>,
  receive: (id: string, blob: BlobText) => void,
): Promise<void> {
  const alone: string[] = [];
  const together: string[] = [];
  for (const [id, size] of sizes) {
    if (size > BLOB_LIMIT) receive(id, { unreadable: 'too large' });
    else (size > LONGEST_IN_QUERY ? alone : together).push(id);
  }
  for (const ids of chunks(together, sizes)) {
    for (const [id, answer] of await reader.blobs(ids)) {
      const bytes = textBytes(id, answer);
      if (bytes) receive(id, decodeBlob(bytes));
      else alone.push(id);
    }
  }
  await Promise.all(alone.map(async (id) => receive(id, decodeBlob(await exactBytes(reader, id)))));
}

function* chunks(ids: readonly string[], sizes: ReadonlyMap<string, number>): Generator<string[]> {
  let chunk: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = sizes.get(id) as number;
    if (chunk.length === BLOBS_PER_QUERY || (chunk.length > 0 && bytes + size > BYTES_PER_QUERY)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(id);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

/** The bytes of a text that came whole; null for any other. */
function textBytes(id: string, answer: BlobAnswer | null): Uint8Array | null {
  if (!answer || answer.text === null || answer.isTruncated) return null;
  const bytes = new TextEncoder().encode(answer.text);
  return blobId(bytes, id) === id ? bytes : null;
}

async function exactBytes({ github, repo }: RepositoryReader, id: string): Promise<Uint8Array> {
  const { data } = await github.read.rest.git.getBlob({ ...named(repo), file_sha: id });
  const bytes = Buffer.from(data.content, 'base64');
  if (blobId(bytes, id) !== id) throw new ReadFailure(`GitHub sent other bytes than those of blob ${id}`, true);
  return bytes;
}

/** A blob's id as git computes it: SHA-1, or SHA-256 in a repository that uses that. */
export function blobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
