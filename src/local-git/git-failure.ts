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

/** The line that says why git gave up, safe to print. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => /^(?:fatal|error): /.test(each)) ?? lines.at(-1) ?? 'it gave no reason.';
  return line.slice(0, 300).replace(/[\0-\x1f\x7f-\x9f]/g, ' ');
}

/** Objects that git says are absent, though it has no promise that they could be fetched. */
export function missingObjects(repo: string, ids: readonly string[]): GitFailure {
  const more = ids.length > 1 ? ` and ${ids.length - 1} more` : '';
  return new GitFailure('missing-object', `${repo} lacks the object ${ids[0]}${more}.`, REPAIR);
}
