import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { failureFromStderr, GitFailure } from './git-failure.ts';

interface RunOptions {
  /** Written to stdin. */
  input?: string | Uint8Array;
  /** Exit codes that are answers; 0 alone by default. */
  exits?: readonly number[];
}

interface GitOutput {
  stdout: Buffer;
  exit: number;
}

/**
 * Set by git when it runs hooks, and they would win over `-C`: the caller's folder counts.
 * The object directories stay, because a pre-receive hook sees the pushed objects by them alone.
 */
const FOREIGN_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
];

/** Offline, read-only, in English, and never waiting for a person. */
const HARDENED = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
  // Hosts ignore replace refs, and a replaced blob would not have the bytes its id promises.
  GIT_NO_REPLACE_OBJECTS: '1',
  // Partial clones fetch what they lack in the middle of a read; git before 2.39.4 obeys the second line only.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

/**
 * Starts git in a repository without a shell.
 * `core.fsmonitor` is off because it may name a program to run.
 */
export function startGit(repo: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const { args: all, env } = gitProcess(repo, args);
  const child = spawn('git', all, { env, windowsHide: true });
  // Git may exit before it has read everything; its exit code tells why, not our broken pipe.
  child.stdin.on('error', () => {});
  return child;
}

/** With what git is started: its arguments and its environment. */
export function gitProcess(repo: string, args: readonly string[]): { args: string[]; env: NodeJS.ProcessEnv } {
  const env: NodeJS.ProcessEnv = { ...process.env, ...HARDENED };
  for (const name of FOREIGN_VARIABLES) delete env[name];
  return { args: ['-C', repo, '-c', 'core.fsmonitor=false', ...args], env };
}

/** The failure behind an `error` event of a process that could not be started. */
export function failureToStart(error: Error): GitFailure {
  return new GitFailure(
    'git-missing',
    `The program \`git\` could not be started: ${error.message}.`,
    'Install git 2.25 or later and make sure that it is on the PATH.',
  );
}

/**
 * Runs git to its end and collects what it wrote.
 * No argument may come from outside unless it cannot begin with `-`: full object ids and our own words only.
 * @throws {GitFailure} if git is missing, or exits with a code that is not among `exits`
 */
export function runGit(repo: string, args: readonly string[], options: RunOptions = {}): Promise<GitOutput> {
  const { input = '', exits = [0] } = options;
  return new Promise((resolve, reject) => {
    const child = startGit(repo, args);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => reject(failureToStart(error)));
    child.on('close', (exit) => {
      if (exit !== null && exits.includes(exit)) resolve({ stdout: Buffer.concat(stdout), exit });
      else reject(failureFromStderr(repo, args, Buffer.concat(stderr).toString()));
    });
    child.stdin.end(input);
  });
}

/** Runs git and gives its output without the last line's end; a path may hold line breaks of its own. */
export async function askGit(repo: string, args: readonly string[], options?: RunOptions): Promise<string> {
  return (await runGit(repo, args, options)).stdout.toString().replace(/\r?\n$/, '');
}
