/** One file of a commit as git lists it; `mode` as in `git ls-tree` (100644, 120000 symlink, 160000 submodule …). */
export interface TreeFile {
  blob: string;
  mode: string;
}

/** All files of one commit: path (no leading slash, `/` between) → file. */
export type Tree = ReadonlyMap<string, TreeFile>;

/** Why a blob was not read as text. */
export type Unreadable = 'binary' | 'not UTF-8' | 'Git LFS pointer' | 'too large';

/** The frontmatter keys that decide title, route and visibility; absent or ill-typed ones are null. */
export interface Frontmatter {
  title: string | null;
  slug: string | null;
  permalink: string | null;
  id: string | null;
  draft: boolean;
  noindex: boolean;
  unlisted: boolean;
  hidden: boolean;
}

/** What a name stands for: an export of another module, `*` for all of them at once. */
export interface ModuleLink {
  specifier: string;
  name: string;
}

/**
 * What a site must know of a Markdown file to list it and to find what it may show: a function of its text alone, plain
 * JSON, told without parsing it.
 */
export interface FileOutline {
  frontmatter: Frontmatter;
  /** The offset at which its frontmatter ends. */
  start: number;
  /** Its first `# heading` where its frontmatter has no title. */
  heading: string | null;
  /** Everything that may name another Markdown file. */
  named: string[];
  /** All that it may import from modules. */
  links: ModuleLink[];
}

/** A blob's bytes, decoded. Its text may be read only when it is asked for. */
export interface TextBlob {
  readonly text: string;
  /** Once it was worked out. */
  outline?: FileOutline | undefined;
}

export type BlobText = TextBlob | { unreadable: Unreadable };

/** Blobs by id; content-addressed, so shared by every commit, branch and fork. */
export interface Blobs extends Pick<ReadonlyMap<string, BlobText>, 'get' | 'has'> {
  /** Says of which blobs the texts will soon be asked for, and in which order: for whoever does not hold them all. */
  expect?(ids: () => Iterable<string>): void;
  /** Says which blobs are known to be text, and need not be read before somebody asks for one. */
  readLater?(ids: Iterable<string>): void;
}

/** How two trees differ, each list in path order. */
export interface ChangedFiles {
  added: string[];
  deleted: string[];
  modified: string[];
}

/** Compares two trees by blob id and mode, without reading a file. */
export function changedFiles(before: Tree, after: Tree): ChangedFiles {
  const modified = [...after].flatMap(([path, file]) => {
    const old = before.get(path);
    return old && old !== file && (old.blob !== file.blob || old.mode !== file.mode) ? [path] : [];
  });
  const missingIn = (tree: Tree, paths: Iterable<string>) => [...paths].filter((path) => !tree.has(path)).sort();
  return {
    added: missingIn(before, after.keys()),
    deleted: missingIn(after, before.keys()),
    modified: modified.sort(),
  };
}

/** What is kept by key. What it lets go of is only worked out again. */
export interface Store<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}
