import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { askGit, FETCH_HISTORY, GitFailure, runGit } from './git.ts';

/** 40 (SHA-1) or 64 (SHA-256) hexadecimal digits. */
export const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The full id of the commit that a revision names; tags are peeled (gitrevisions(7)).
 * @throws {GitFailure} `unknown-revision`, with a guess at what was meant
 */
export async function resolveCommit(repo: string, revision: string): Promise<string> {
  const commit = await peel(repo, revision);
  if (commit === null) throw await unknownRevision(repo, revision);
  return commit;
}

/**
 * The best common ancestor of two commits, git's first where there are several;
 * null where a complete clone shows that they have no common history.
 * @param resolve gives the full id of a revision
 * @throws {GitFailure} `shallow` if the history is cut where the answer might lie
 */
export async function mergeBase(
  repo: string,
  a: string,
  b: string,
  resolve = (revision: string) => resolveCommit(repo, revision),
): Promise<string | null> {
  const commits = await Promise.all([resolve(a), resolve(b)]);
  const asked = askGit(repo, ['merge-base', ...commits], [0, 1]);
  const [answer, cuts] = await Promise.all([asked, shallowCommits(repo)]);
  const base = answer || null;
  if (cuts.size > 0 && (await isCutShort(repo, commits, base, cuts))) throw shallow(repo, a, b);
  return base;
}

/** Whether the repository's history is cut (`git clone --depth`). */
export async function isShallow(repo: string): Promise<boolean> {
  return (await askGit(repo, ['rev-parse', '--is-shallow-repository'])) === 'true';
}

/**
 * The revision that pull requests most likely go to, for a friendly default of `--base`:
 * where `origin/HEAD` points, a bare repository's own HEAD, or a branch called main or master; null if there is none.
 */
export async function defaultBranch(repo: string): Promise<string | null> {
  const bare = (await askGit(repo, ['rev-parse', '--is-bare-repository'])) === 'true';
  const own = bare ? await askGit(repo, ['symbolic-ref', '--quiet', 'HEAD'], [0, 1]) : '';
  const remote = await askGit(repo, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'], [0, 1]);
  const usual = ['remotes/origin/main', 'remotes/origin/master', 'heads/main', 'heads/master'];
  const existing = await askGit(repo, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes/origin']);
  const refs = new Set(existing.split('\n'));
  const found = [remote, own, ...usual.map((name) => `refs/${name}`)].find((ref) => refs.has(ref));
  return found?.replace(/^refs\/(?:heads|remotes)\//, '') ?? null;
}

/** A revision that begins with `-` would be read as an option; a line break is in no revision. */
async function peel(repo: string, revision: string): Promise<string | null> {
  if (revision === '' || revision.startsWith('-') || /[\0-\x1f]/.test(revision)) return null;
  const args = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`];
  const answer = await askGit(repo, args, [0, 1, 128]);
  return OBJECT_ID.test(answer) ? answer : null;
}

/**
 * Whether the cut history might hide another merge base: so it is where it is cut before the base that was found. What
 * lies behind that base does not matter.
 */
async function isCutShort(
  repo: string,
  commits: readonly string[],
  base: string | null,
  cuts: ReadonlySet<string>,
): Promise<boolean> {
  const own = await askGit(repo, ['rev-list', ...commits, ...(base ? [`^${base}`] : [])]);
  return own.split('\n').some((commit) => cuts.has(commit));
}

/** The commits whose parents a shallow clone lacks; none in a complete one. */
export async function shallowCommits(repo: string): Promise<ReadonlySet<string>> {
  if (!(await isShallow(repo))) return new Set();
  const file = await askGit(repo, ['rev-parse', '--git-path', 'shallow']);
  return new Set((await readFile(resolve(repo, file), 'utf8')).split('\n').filter((id) => id !== ''));
}

function shallow(repo: string, a: string, b: string): GitFailure {
  return new GitFailure(
    'shallow',
    `${repo} is a shallow clone, and the merge base of ${a} and ${b} lies beyond where its history is cut.`,
    FETCH_HISTORY,
  );
}

async function unknownRevision(repo: string, revision: string): Promise<GitFailure> {
  const written = JSON.stringify(revision);
  if ((await runGit(repo, ['rev-list', '--max-count=1', '--all'])).length === 0) {
    return new GitFailure(
      'unknown-revision',
      `${repo} has no commits yet, so ${written} names none.`,
      'Commit something first.',
    );
  }
  return new GitFailure('unknown-revision', `${repo} has no commit ${written}.`, await adviceFor(repo, revision));
}

async function adviceFor(repo: string, revision: string): Promise<string> {
  const onRemote = `origin/${revision}`;
  if (await peel(repo, onRemote)) return `The remote's branch is there: write \`${onRemote}\`.`;
  if (await isShallow(repo)) return `The clone is shallow. ${FETCH_HISTORY}`;
  return 'Check the spelling, or run `git fetch` to get the newest branches and tags.';
}

/** The address of `origin`, else of the only remote; null where neither exists. */
export async function remoteUrl(repo: string): Promise<string | null> {
  const names = (await askGit(repo, ['remote'])).split('\n').filter(Boolean);
  const name = names.find((each) => each === 'origin') ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || name.startsWith('-')) return null;
  return (await askGit(repo, ['remote', 'get-url', name], [0, 2, 128])) || null;
}
