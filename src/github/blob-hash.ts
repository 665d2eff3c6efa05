import { createHash } from 'node:crypto';

/** A blob's id as git computes it: SHA-1, or SHA-256 in a repository that uses that. */
export function blobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
