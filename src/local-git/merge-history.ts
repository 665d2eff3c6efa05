import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommitGraph, type MergeBase, mergeBaseIn, parseGraph } from './commit-graph.ts';
import { askGit, runGit } from './git.ts';
import { isShallow } from './revisions.ts';

/** One step of a branch's own history, that of its first parents. */
export interface MergedChange {
  commit: string;
  parent: string;
  /** What a merge commit brought in, its second parent; else the commit itself. */
  head: string;
  /**
   * Where `head` left the branch; for anything but a merge of two commits the parent. Null where there is no common
   * history, `cut` where a shallow clone does not show it.
   */
  mergeBase: MergeBase;
  /** The committer's, in seconds since the epoch. */
  seconds: number;
  subject: string;
  /** The message without its first paragraph. */
  body: string;
  /** Ids of the trees that are known; equal for commits with the same files. */
  trees: { commit: string; parent: string; head: string; mergeBase: string };
}

export interface MergeHistory {
  /** Oldest first. The first commit of all changed nothing that was there, so it is not among them. */
  changes: MergedChange[];
  /** The commit before the first of them; null where there are none. */
  start: { commit: string; seconds: number } | null;
  /** The commit at which a shallow clone ends, where the history was read that far. */
  cutAt: string | null;
}

export interface HistoryRange {
  /** Full commit ids; what can be reached from `after` is left out. */
  to: string;
  after: string | null;
  /** Seconds since the epoch: the history begins with the oldest commit that is not older. */
  since: number | null;
}

interface Logged {
  commit: string;
  parents: string[];
  tree: string;
  seconds: number;
  subject: string;
  body: string;
}

const FIELDS = ['%H', '%P', '%T', '%ct', '%s', '%b'];

/** The changes that came to a branch one after another, each with where it left the branch. */
export async function readMergeHistory(repo: string, range: HistoryRange): Promise<MergeHistory> {
  const cuts = await shallowCommits(repo);
  const logged = await readLog(repo, range);
  const steps = logged.filter(({ parents }) => parents.length > 0);
  const end = logged.find(({ commit }) => cuts.has(commit));
  const graph = await readGraph(repo, range.to, steps.at(-1)?.parents[0] ?? null);
  const trees = new Map([...graph.trees, ...logged.map(({ commit, tree }) => [commit, tree] as const)]);
  const changes: MergedChange[] = [];
  for (const step of steps) changes.push(await changeOf(step, graph, cuts, trees, repo));
  const first = changes.at(-1)?.parent;
  const start = first === undefined ? null : { commit: first, seconds: await secondsOf(repo, first) };
  return { changes: changes.reverse(), start, cutAt: end?.commit ?? null };
}

async function secondsOf(repo: string, commit: string): Promise<number> {
  const answer = await askGit(repo, ['rev-list', '--max-count=1', '--format=%ct', commit]);
  return Number(answer.split('\n').at(-1));
}

async function changeOf(
  { commit, parents, seconds, subject, body }: Logged,
  graph: CommitGraph,
  cuts: ReadonlySet<string>,
  trees: ReadonlyMap<string, string>,
  repo: string,
): Promise<MergedChange> {
  const [parent = '', second] = parents;
  const isMerge = second !== undefined && parents.length === 2;
  const head = isMerge ? second : commit;
  const mergeBase = isMerge ? await mergeBaseOf(parent, head, graph, cuts, repo) : parent;
  const treeOf = (id: string | null) => trees.get(id ?? '') ?? id ?? '';
  return {
    ...{ commit, parent, head, mergeBase, seconds, subject, body },
    trees: { commit: treeOf(commit), parent: treeOf(parent), head: treeOf(head), mergeBase: treeOf(mergeBase) },
  };
}

/** Where there are several, git's first counts, as in a review. */
async function mergeBaseOf(
  parent: string,
  head: string,
  graph: CommitGraph,
  cuts: ReadonlySet<string>,
  repo: string,
): Promise<MergeBase> {
  const found = mergeBaseIn(graph, parent, head, cuts);
  return found === 'several' ? askGit(repo, ['merge-base', parent, head]) : found;
}

/** Newest first. The plumbing command is used because `git log` obeys settings of the person. */
async function readLog(repo: string, { to, after, since }: HistoryRange): Promise<Logged[]> {
  const format = `--format=%x00${FIELDS.join('%x00')}%x00`;
  const revisions = [to, ...(after === null ? [] : [`^${after}`])];
  const { stdout } = await runGit(repo, ['rev-list', '--first-parent', '--encoding=UTF-8', format, ...revisions]);
  const pieces = stdout.toString().split('\0');
  const logged: Logged[] = [];
  for (let at = 1; at + FIELDS.length <= pieces.length; at += FIELDS.length + 1) {
    const [commit, parents, tree, seconds, subject, body] = pieces.slice(at) as [string, string, string, ...string[]];
    logged.push({
      ...{ commit, tree, seconds: Number(seconds), subject: subject ?? '', body: body ?? '' },
      parents: parents.split(' ').filter((id) => id !== ''),
    });
  }
  return logged.slice(0, 1 + logged.findLastIndex(({ seconds }) => since === null || seconds >= since));
}

/** All commits that came in after `oldest`, and where they meet its history. */
async function readGraph(repo: string, to: string, oldest: string | null): Promise<CommitGraph> {
  const revisions = [to, ...(oldest === null ? [] : [`^${oldest}`])];
  const args = ['rev-list', '--parents', '--topo-order', '--boundary', '--format=%T', ...revisions];
  return parseGraph((await runGit(repo, args)).stdout.toString('latin1'));
}

/** The commits whose parents a shallow clone lacks. */
async function shallowCommits(repo: string): Promise<ReadonlySet<string>> {
  if (!(await isShallow(repo))) return new Set();
  const file = await askGit(repo, ['rev-parse', '--git-path', 'shallow']);
  return new Set((await readFile(resolve(repo, file), 'utf8')).split('\n').filter((id) => id !== ''));
}
