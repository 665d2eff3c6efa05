import type { FileOutline } from './site/file-outline.ts';

/** One file of a commit as git lists it; `mode` as in `git ls-tree` (100644, 120000 symlink, 160000 submodule …). */
export interface TreeFile {
  blob: string;
  mode: string;
}

/** All files of one commit: path (no leading slash, `/` between) → file. */
export type Tree = ReadonlyMap<string, TreeFile>;

/** Why a blob was not read as text. */
export type Unreadable = 'binary' | 'not UTF-8' | 'Git LFS pointer' | 'too large';

/** A blob's bytes, decoded. Its text may be read only when it is asked for; its outline may be known without it. */
export interface TextBlob {
  readonly text: string;
  readonly outline?: FileOutline;
}

export type BlobText = TextBlob | { unreadable: Unreadable };

/** Blobs by id; content-addressed, so shared by every commit, branch and fork. */
export interface Blobs extends Pick<ReadonlyMap<string, BlobText>, 'get' | 'has'> {
  /** Says of which blobs the texts will soon be asked for, and in which order: for whoever does not hold them all. */
  expect?(ids: () => Iterable<string>): void;
}
