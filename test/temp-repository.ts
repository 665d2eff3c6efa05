import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Nothing of the machine's or the person's git configuration reaches a test, nor the git that Signpost runs in it. */
Object.assign(process.env, {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Robin',
  GIT_AUTHOR_EMAIL: 'robin@example.com',
  GIT_COMMITTER_NAME: 'Robin',
  GIT_COMMITTER_EMAIL: 'robin@example.com',
});

const FIRST_COMMIT = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
const created: string[] = [];

/** What a commit changes: path → text or bytes; null deletes. */
export type Files = Record<string, string | Uint8Array | null>;

export interface TempRepository {
  readonly dir: string;
  /** Runs git here and gives what it wrote, without the last line break. */
  git(...args: string[]): string;
  /** Writes files without committing them. */
  write(files: Files): void;
  /** Writes files, commits everything, gives the commit's id. Commits are a minute apart, from 2026-01-01 12:00 UTC, unless `date` is given. */
  commit(files: Files, options?: { message?: string; date?: string }): string;
  /** Moves a file without committing. */
  rename(from: string, to: string): void;
  /** Makes a branch (at HEAD unless `from` is given) and switches to it. */
  branch(name: string, from?: string): void;
  switch(name: string): void;
  /** Merges with a merge commit and gives its id. */
  merge(branch: string): string;
  /** Clones with the options of `git clone`. */
  clone(...options: string[]): TempRepository;
}

/** A new, empty folder that `removeTempFolders` removes. */
export function tempFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'signpost-'));
  created.push(dir);
  return dir;
}

/** To be called in `afterAll`; otherwise the folders go when the process ends. */
export function removeTempFolders(): void {
  for (const dir of created.splice(0)) rmSync(dir, { recursive: true, force: true });
}
process.once('exit', removeTempFolders);

/** A repository on branch main with one commit of the files, or none without files. */
export function makeRepository(files?: Files, ...initOptions: string[]): TempRepository {
  const dir = tempFolder();
  git(dir, 'init', '--quiet', '--initial-branch=main', ...initOptions);
  const repository = openTempRepository(dir);
  if (files) repository.commit(files);
  return repository;
}

function openTempRepository(dir: string): TempRepository {
  let minutes = 0;
  const nextDate = () => new Date(FIRST_COMMIT + minutes++ * MINUTE).toISOString();
  return {
    dir,
    git: (...args) => git(dir, ...args),
    write: (files) => writeFiles(dir, files),
    commit(files, { message = 'Change the docs', date = nextDate() } = {}) {
      writeFiles(dir, files);
      git(dir, 'add', '--all');
      gitAt(date, dir, 'commit', '--quiet', '--allow-empty', '--message', message);
      return git(dir, 'rev-parse', 'HEAD');
    },
    rename(from, to) {
      mkdirSync(dirname(join(dir, to)), { recursive: true });
      renameSync(join(dir, from), join(dir, to));
    },
    branch: (name, from = 'HEAD') => void git(dir, 'switch', '--quiet', '--create', name, from),
    switch: (name) => void git(dir, 'switch', '--quiet', name),
    merge(branch) {
      gitAt(nextDate(), dir, 'merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch);
      return git(dir, 'rev-parse', 'HEAD');
    },
    clone(...options) {
      const target = tempFolder();
      git(dir, 'clone', '--quiet', ...options, `file://${dir}`, target);
      return openTempRepository(target);
    },
  };
}

/** Runs git in a folder and gives what it wrote, without the last line break. */
export function git(dir: string, ...args: string[]): string {
  return gitAt(new Date(FIRST_COMMIT).toISOString(), dir, ...args);
}

function gitAt(date: string, dir: string, ...args: string[]): string {
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const output = execFileSync('git', args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  return output.toString().replace(/\n$/, '');
}

function writeFiles(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    if (content === null) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}
