/** One commit for `git fast-import`; the paths that it names are written, all others stay. */
export interface ImportedCommit {
  branch: string;
  /** What it stands on: a branch of the same stream or a commit; null for a first one. */
  from: string | null;
  message: string;
  files: Iterable<readonly [path: string, text: string]>;
}

/** Always the same, so that the same files give the same commit. */
const WHEN = 'Robin <robin@example.com> 1767268800 +0000';

/** What `git fast-import` reads (git-fast-import(1)), in pieces. Paths must need no quotes. */
export function* fastImport(commits: Iterable<ImportedCommit>): Generator<string> {
  for (const { branch, from, message, files } of commits) {
    yield `commit refs/heads/${branch}\ncommitter ${WHEN}\n${data(message)}`;
    if (from !== null) yield `from ${/^[0-9a-f]{40,64}$/.test(from) ? from : `refs/heads/${from}`}\n`;
    for (const [path, text] of files) yield `M 100644 inline ${path}\n${data(text)}`;
    yield '\n';
  }
  yield 'done\n';
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
