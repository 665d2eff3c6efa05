/** One commit for `git fast-import`; the paths that it names are written or removed, all others stay. */
export interface ImportedCommit {
  branch: string;
  /** What it stands on: a branch or a mark (`:12`) of the same stream, or a commit; null for a first one. */
  from: string | null;
  /** A further parent, named in the same ways. */
  merge?: string;
  /** A number by which later commits of the stream name this one. */
  mark?: number;
  message: string;
  /** Seconds since the epoch. */
  when?: number;
  /** Null for a file that goes. */
  files: Iterable<readonly [path: string, text: string | null]>;
}

/** Always the same, so that the same files give the same commit. */
const WHO = 'Robin <robin@example.com>';
const WHEN = 1_767_268_800;

/** What `git fast-import` reads (git-fast-import(1)), in pieces. Paths must need no quotes. */
export function* fastImport(commits: Iterable<ImportedCommit>): Generator<string> {
  for (const { branch, from, merge, mark, message, when = WHEN, files } of commits) {
    yield `commit refs/heads/${branch}\n${mark === undefined ? '' : `mark :${mark}\n`}`;
    yield `committer ${WHO} ${when} +0000\n${data(message)}`;
    if (from !== null) yield `from ${named(from)}\n`;
    if (merge !== undefined) yield `merge ${named(merge)}\n`;
    for (const [path, text] of files) yield text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`;
    yield '\n';
  }
  yield 'done\n';
}

const named = (revision: string): string =>
  /^(?:[0-9a-f]{40,64}|:\d+)$/.test(revision) ? revision : `refs/heads/${revision}`;

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
