import type { BlobText } from './tree.ts';

/** Far above any page written by hand; what is larger is data. */
export const BLOB_LIMIT = 5 * 1024 * 1024;

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: the first line of a pointer, which is under 1024 bytes. */
const LFS_FIRST_LINE = 'version https://git-lfs.github.com/spec/';
const LFS_SIZE = 1024;

/**
 * A blob's bytes as text without its byte order mark, or why it is not text: over `limit` bytes, a NUL in it
 * (git's own test for binary), not UTF-8, or the pointer that Git LFS leaves in a file's place.
 */
export function decodeBlob(bytes: Uint8Array, limit: number = BLOB_LIMIT): BlobText {
  if (bytes.length > limit) return { unreadable: 'too large' };
  if (bytes.includes(0)) return { unreadable: 'binary' };
  const text = decodeUtf8(bytes);
  if (text === null) return { unreadable: 'not UTF-8' };
  if (bytes.length < LFS_SIZE && text.startsWith(LFS_FIRST_LINE)) return { unreadable: 'Git LFS pointer' };
  return { text };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
