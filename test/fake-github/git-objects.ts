import { createHash } from 'node:crypto';

export type Mode = '100644' | '100755' | '120000' | '160000' | '040000';
export interface TreeEntry {
  name: string;
  mode: Mode;
  oid: string;
}
export interface GitFile {
  mode: Mode;
  oid: string;
}
/** Path from the root → file; folders are not listed. */
export type Files = ReadonlyMap<string, GitFile>;
export interface Commit {
  oid: string;
  tree: string;
  parents: string[];
  author: { name: string; email: string };
  /** Seconds since 1970. */
  time: number;
  message: string;
}
/** What a test writes for one file; `null` deletes it. */
export type FileContent =
  | string
  | Uint8Array
  | { symlink: string }
  | { executable: string }
  | { submodule: string }
  | null;

/** The objects of a repository and its forks, under their true git names (SHA-1). */
export class GitObjects {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, TreeEntry[]>();
  readonly commits = new Map<string, Commit>();
  readonly #files = new Map<string, Files>();

  writeBlob(content: string | Uint8Array): string {
    const bytes = Buffer.from(content as string);
    const oid = objectId('blob', bytes);
    this.blobs.set(oid, bytes);
    return oid;
  }

  /** Writes the trees of all folders; returns the id of the root. */
  writeTree(files: Files): string {
    const entries: TreeEntry[] = [];
    const folders = new Map<string, Map<string, GitFile>>();
    for (const [path, file] of files) {
      const slash = path.indexOf('/');
      if (slash < 0) entries.push({ name: path, ...file });
      else {
        const folder = path.slice(0, slash);
        folders.set(folder, (folders.get(folder) ?? new Map()).set(path.slice(slash + 1), file));
      }
    }
    for (const [name, inside] of folders) entries.push({ name, mode: '040000', oid: this.writeTree(inside) });
    const sorted = entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const oid = objectId('tree', Buffer.concat(sorted.map(encoded)));
    this.trees.set(oid, sorted);
    return oid;
  }

  writeCommit(commit: Omit<Commit, 'oid'>): string {
    const person = `${commit.author.name} <${commit.author.email}> ${commit.time} +0000`;
    const lines = [`tree ${commit.tree}`, ...commit.parents.map((parent) => `parent ${parent}`)];
    const text = [...lines, `author ${person}`, `committer ${person}`, '', commit.message].join('\n');
    const oid = objectId('commit', Buffer.from(text));
    this.commits.set(oid, { ...commit, oid });
    return oid;
  }

  /** All files under a tree; remembered, because a tree never changes. */
  files(tree: string): Files {
    const known = this.#files.get(tree);
    if (known) return known;
    const files = new Map<string, GitFile>();
    for (const { name, mode, oid } of this.trees.get(tree) ?? []) {
      if (mode !== '040000') files.set(name, { mode, oid });
      else for (const [path, file] of this.files(oid)) files.set(`${name}/${path}`, file);
    }
    this.#files.set(tree, files);
    return files;
  }

  filesOf(commit: string): Files {
    const found = this.commits.get(commit);
    if (!found) throw new Error(`no commit ${commit}`);
    return this.files(found.tree);
  }

  /** The files of a tree with some written or deleted. */
  change(files: Files, changes: Record<string, FileContent>): Files {
    const changed = new Map(files);
    for (const [path, content] of Object.entries(changes)) {
      if (content === null) changed.delete(path);
      else changed.set(path, this.#write(content));
    }
    return changed;
  }

  #write(content: Exclude<FileContent, null>): GitFile {
    if (typeof content === 'string' || content instanceof Uint8Array) {
      return { mode: '100644', oid: this.writeBlob(content) };
    }
    if ('symlink' in content) return { mode: '120000', oid: this.writeBlob(content.symlink) };
    if ('executable' in content) return { mode: '100755', oid: this.writeBlob(content.executable) };
    return { mode: '160000', oid: content.submodule };
  }
}

/** `sha1("blob 12\0" + bytes)`, as git names every object. */
export function objectId(type: 'blob' | 'tree' | 'commit', bytes: Buffer): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Git sorts folders as if their names ended in a slash. */
const sortKey = ({ name, mode }: TreeEntry): Buffer => Buffer.from(mode === '040000' ? `${name}/` : name);

const encoded = ({ name, mode, oid }: TreeEntry): Buffer =>
  Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(oid, 'hex')]);
