import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/**
 * Git sets these variables when it runs hooks. They would win over `-C`, but the caller's folder counts.
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
 * @returns the process, and a function that gives the failure that its stderr describes
 */
export function startGit(repo: string, args: readonly string[]) {
  const { args: all, env } = gitProcess(repo, args);
  const child: ChildProcessWithoutNullStreams = spawn('git', all, { env, windowsHide: true });
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may exit before it has read everything; its exit code tells why, not our broken pipe.
  child.stdin.on('error', () => {});
  return { child, failure: () => failureFromStderr(repo, args, Buffer.concat(stderr).toString()) };
}

/**
 * With what git is started: its arguments and its environment. `core.fsmonitor` is off because it may name a program to
 * run.
 */
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
 * Runs git to its end and gives what it wrote.
 * No argument may come from outside unless it cannot begin with `-`: full object ids and our own words only.
 * @param exits exit codes that are answers
 * @throws {GitFailure} if git is missing, or exits with another code
 */
export function runGit(repo: string, args: readonly string[], exits: readonly number[] = [0]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { child, failure } = startGit(repo, args);
    const stdout: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.on('error', (error) => reject(failureToStart(error)));
    child.on('close', (exit) => {
      if (exit !== null && exits.includes(exit)) resolve(Buffer.concat(stdout));
      else reject(failure());
    });
    child.stdin.end();
  });
}

/** Runs git and gives its output without the last line's end; a path may hold line breaks of its own. */
export async function askGit(repo: string, args: readonly string[], exits?: readonly number[]): Promise<string> {
  return (await runGit(repo, args, exits)).toString().replace(/\r?\n$/, '');
}

type GitFailureCode =
  | 'not-a-repository'
  | 'git-missing'
  | 'unknown-revision'
  | 'shallow'
  | 'missing-object'
  | 'git-failed';

/** Git could not answer, so nothing can be judged. `message` is one sentence; `advice` is the next step. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly code: GitFailureCode;
  readonly advice: string;

  constructor(code: GitFailureCode, message: string, advice: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}

/** What helps wherever a clone lacks part of the history. */
export const FETCH_HISTORY = 'Run `git fetch --unshallow`; with actions/checkout, set `fetch-depth: 0`.';

const FETCH_OBJECTS =
  'Run `git fetch --refetch --no-filter` (git 2.36 or later) or clone again without `--filter`; ' +
  'with actions/checkout, leave out `filter`.';

const REPAIR = 'Run `git fsck` to find the damage, then clone again.';

interface Symptom {
  pattern: RegExp;
  code: GitFailureCode;
  message: (repo: string) => string;
  advice: (repo: string) => string;
}

/** What git writes to stderr with LC_ALL=C; the first that matches counts. */
const symptoms: readonly Symptom[] = [
  {
    pattern: /dubious ownership/,
    code: 'git-failed',
    message: (repo) => `Git refuses to read ${repo} because the folder belongs to another user.`,
    advice: (repo) => `If you trust it, run \`git config --global --add safe.directory ${repo}\`.`,
  },
  {
    pattern: /cannot change to/,
    code: 'not-a-repository',
    message: (repo) => `${repo} is not a folder that can be opened.`,
    advice: () => 'Name an existing work tree or bare repository with `--repo`.',
  },
  {
    pattern: /not a git repository/,
    code: 'not-a-repository',
    message: (repo) => `${repo} is not in a git repository.`,
    advice: () => 'Run inside a clone, or name one with `--repo`.',
  },
  {
    pattern: /promisor remote|lazy fetching disabled/,
    code: 'missing-object',
    message: (repo) => `${repo} is a partial clone, and an object that is needed was never fetched.`,
    advice: () => FETCH_OBJECTS,
  },
  {
    pattern: /not a tree object|bad object|unable to read|could not read|missing (?:blob|tree|commit)|is corrupt/i,
    code: 'missing-object',
    message: (repo) => `An object that is needed is missing from ${repo} or damaged.`,
    advice: () => REPAIR,
  },
];

/** Turns what git wrote to stderr into a failure that names the repository and the next step. */
export function failureFromStderr(repo: string, args: readonly string[], stderr: string): GitFailure {
  const known = symptoms.find(({ pattern }) => pattern.test(stderr));
  if (known) return new GitFailure(known.code, known.message(repo), known.advice(repo));
  return new GitFailure(
    'git-failed',
    `\`git ${args[0]}\` failed in ${repo}: ${lastWords(stderr)}`,
    `Run \`git -C ${repo} ${args.join(' ')}\` to see more; Signpost needs git 2.25 or later.`,
  );
}

/** The line that says why git gave up, made safe to print. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => /^(?:fatal|error): /.test(each)) ?? lines.at(-1) ?? 'it gave no reason.';
  return line.slice(0, 300).replace(/[\0-\x1f\x7f-\x9f]/g, ' ');
}

/** The failure for objects that git reports as missing and cannot fetch. */
export function missingObjects(repo: string, ids: readonly string[]): GitFailure {
  const more = ids.length > 1 ? ` and ${ids.length - 1} more` : '';
  return new GitFailure('missing-object', `${repo} lacks the object ${ids[0]}${more}.`, REPAIR);
}
