import type { Commit, Files, GitFile, GitObjects } from './git-objects.ts';

/** The commit and everything before it. */
export function ancestors(git: GitObjects, commit: string): Set<string> {
  const seen = new Set<string>([commit]);
  for (const oid of seen) for (const parent of git.commits.get(oid)?.parents ?? []) seen.add(parent);
  return seen;
}

/** The newest commit that both have; undefined when their histories are unrelated. Commits are dated in their order. */
export function mergeBase(git: GitObjects, one: string, other: string): string | undefined {
  const ofOne = ancestors(git, one);
  const shared = [...ancestors(git, other)].filter((oid) => ofOne.has(oid));
  const commits = shared.map((oid) => git.commits.get(oid) as Commit);
  return commits.sort((a, b) => b.time - a.time)[0]?.oid;
}

/** Commits of `head` that `base` has not, oldest first. */
export function commitsBetween(git: GitObjects, base: string, head: string): Commit[] {
  const old = ancestors(git, base);
  const fresh = [...ancestors(git, head)].filter((oid) => !old.has(oid));
  return fresh.map((oid) => git.commits.get(oid) as Commit).sort((a, b) => a.time - b.time);
}

export interface ChangedFile {
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  path: string;
  previousPath?: string;
  before?: GitFile;
  after?: GitFile;
}

/** What changed, sorted by path. A rename is told only where the content stayed the same. */
export function changedFiles(before: Files, after: Files): ChangedFile[] {
  const removed = new Map([...before].filter(([path]) => !after.has(path)));
  const changes: ChangedFile[] = [];
  for (const [path, file] of after) {
    const old = before.get(path);
    if (old?.oid === file.oid && old.mode === file.mode) continue;
    if (old) changes.push({ status: old.oid === file.oid ? 'changed' : 'modified', path, before: old, after: file });
    else changes.push(addedOrRenamed(path, file, removed));
  }
  for (const [path, file] of removed) changes.push({ status: 'removed', path, before: file });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function addedOrRenamed(path: string, file: GitFile, removed: Map<string, GitFile>): ChangedFile {
  const from = [...removed].find(([, old]) => old.oid === file.oid);
  if (!from) return { status: 'added', path, after: file };
  removed.delete(from[0]);
  return { status: 'renamed', path, previousPath: from[0], before: from[1], after: file };
}

/** A three-way merge by whole files; undefined when both sides changed one file differently. */
export function mergeFiles(base: Files, ours: Files, theirs: Files): Files | undefined {
  const merged = new Map(ours);
  for (const { path, previousPath, after } of changedFiles(base, theirs)) {
    for (const touched of previousPath ? [previousPath, path] : [path]) {
      const mine = ours.get(touched)?.oid;
      if (mine !== base.get(touched)?.oid && mine !== theirs.get(touched)?.oid) return undefined;
    }
    if (previousPath) merged.delete(previousPath);
    if (after) merged.set(path, after);
    else merged.delete(path);
  }
  return merged;
}

export interface LinePatch {
  additions: number;
  deletions: number;
  /** Absent for binaries and for long changes, as at GitHub. */
  patch?: string;
}

/** GitHub leaves the patch out somewhere above 2,000 changed lines. */
const PATCH_LINES = 2_000;
const CONTEXT = 3;

/** One hunk from the first to the last line that differs: a true patch, though not the shortest. */
export function linePatch(before: Buffer | undefined, after: Buffer | undefined): LinePatch {
  if (before?.includes(0) || after?.includes(0)) return { additions: 0, deletions: 0 };
  const [old, now] = [lines(before), lines(after)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const gone = old.slice(start, old.length - end);
  const come = now.slice(start, now.length - end);
  const counts = { additions: come.length, deletions: gone.length };
  if (gone.length + come.length === 0 || gone.length + come.length > PATCH_LINES) return counts;
  const head = old.slice(Math.max(0, start - CONTEXT), start);
  const tail = old.slice(old.length - end, old.length - end + CONTEXT);
  const from = start - head.length;
  const range = (count: number): string => `${count === 0 ? from : from + 1},${count}`;
  const around = head.length + tail.length;
  const header = `@@ -${range(gone.length + around)} +${range(come.length + around)} @@`;
  const marked = [head, gone, come, tail].map((part, at) => part.map((line) => ' -+ '[at] + line));
  return { ...counts, patch: [header, ...marked.flat()].join('\n') };
}

function lines(bytes: Buffer | undefined): string[] {
  const text = bytes?.toString('utf8') ?? '';
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
