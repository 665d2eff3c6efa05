import { askGit, runGit } from './git.ts';
import { shallowCommits } from './revisions.ts';

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

/** Reads the changes that came to a branch one after another, each with the commit at which it left the branch. */
export async function readMergeHistory(repo: string, range: HistoryRange): Promise<MergeHistory> {
  const logged = await readLog(repo, range);
  const steps = logged.filter(({ parents }) => parents.length > 0);
  const graph = await readGraph(repo, range.to, steps.at(-1)?.parents[0] ?? null);
  for (const { commit, tree } of logged) graph.trees.set(commit, tree);
  const changes: MergedChange[] = [];
  for (const step of steps) changes.push(await changeOf(step, graph, repo));
  const first = changes.at(-1)?.parent;
  const start = first === undefined ? null : { commit: first, seconds: await secondsOf(repo, first) };
  const end = logged.find(({ commit }) => graph.cuts.has(commit));
  return { changes: changes.reverse(), start, cutAt: end?.commit ?? null };
}

async function secondsOf(repo: string, commit: string): Promise<number> {
  const answer = await askGit(repo, ['rev-list', '--max-count=1', '--format=%ct', commit]);
  return Number(answer.split('\n').at(-1));
}

async function changeOf(step: Logged, graph: CommitGraph, repo: string): Promise<MergedChange> {
  const { commit, parents, seconds, subject, body } = step;
  const [parent = '', second] = parents;
  const isMerge = second !== undefined && parents.length === 2;
  const head = isMerge ? second : commit;
  const found = isMerge ? mergeBaseIn(graph, parent, head) : parent;
  // Where there are several, git's first counts, as in a review.
  const mergeBase = found === 'several' ? await askGit(repo, ['merge-base', parent, head]) : found;
  const treeOf = (id: string | null) => graph.trees.get(id ?? '') ?? id ?? '';
  return {
    ...{ commit, parent, head, mergeBase, seconds, subject, body },
    trees: { commit: treeOf(commit), parent: treeOf(parent), head: treeOf(head), mergeBase: treeOf(mergeBase) },
  };
}

/** Newest first. The plumbing command is used because `git log` obeys settings of the person. */
async function readLog(repo: string, { to, after, since }: HistoryRange): Promise<Logged[]> {
  const format = `--format=%x00${FIELDS.join('%x00')}%x00`;
  const revisions = [to, ...(after === null ? [] : [`^${after}`])];
  const stdout = await runGit(repo, ['rev-list', '--first-parent', '--encoding=UTF-8', format, ...revisions]);
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
  return { ...parseGraph((await runGit(repo, args)).toString('latin1')), cuts: await shallowCommits(repo) };
}

/** Commits by their place in an order in which no parent comes before its children. */
interface CommitGraph {
  places: ReadonlyMap<string, number>;
  ids: readonly string[];
  /** Places; those of commits that are not in the graph are left out. */
  parents: readonly (readonly number[])[];
  /** Commits of the older history that the graph was cut off from, where it meets them. */
  boundary: ReadonlySet<number>;
  /** Ids of the commits' trees. */
  trees: Map<string, string>;
  /** Commits whose parents are not known, for a shallow clone lacks them. */
  cuts: ReadonlySet<string>;
}

/** Reads `git rev-list --parents --topo-order --boundary --format=%T`. */
function parseGraph(output: string): Omit<CommitGraph, 'cuts'> {
  const lines = output.split('\n');
  const entries: { parents: string[]; tree: string }[] = [];
  const places = new Map<string, number>();
  const boundary = new Set<number>();
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [, id = '', ...parents] = (lines[at] as string).split(' ');
    const isBoundary = id.startsWith('-');
    if (isBoundary) boundary.add(entries.length);
    places.set(isBoundary ? id.slice(1) : id, entries.length);
    entries.push({ parents: isBoundary ? [] : parents, tree: lines[at + 1] as string });
  }
  const ids = [...places.keys()];
  return {
    ...{ places, ids, boundary },
    parents: entries.map(({ parents }) => parents.flatMap((id) => places.get(id) ?? [])),
    trees: new Map(ids.map((id, at) => [id, entries[at]?.tree ?? ''])),
  };
}

/** Null: no common history. `cut`: a shallow clone does not show whether there is another one. */
type MergeBase = string | 'cut' | null;

const FROM_BASE = 1;
const FROM_HEAD = 2;
/** An ancestor of a common ancestor that was found. */
const STALE = 4;

/**
 * The best common ancestor of two commits of a graph, all of whose boundary is behind `base`: both sides' ancestors are
 * marked in the graph's order until only ancestors of what was found are left (as git's `paint_down_to_common`).
 */
function mergeBaseIn(graph: CommitGraph, base: string, head: string): MergeBase | 'several' {
  const { places, ids, parents, boundary, cuts } = graph;
  const marks = new Map<number, number>();
  let open = 0;
  const mark = (place: number, add: number) => {
    const old = marks.get(place) ?? 0;
    const now = old | add;
    open += Number((now & STALE) === 0) - Number(old !== 0 && (old & STALE) === 0);
    marks.set(place, now);
  };
  const [from, to] = [places.get(base), places.get(head)];
  if (from === undefined || to === undefined) return null;
  mark(from, FROM_BASE);
  mark(to, FROM_HEAD);
  const found: number[] = [];
  let isCut = false;
  for (let place = Math.min(from, to); open > 0 && place < ids.length; place += 1) {
    let own = marks.get(place);
    if (own === undefined) continue;
    if ((own & STALE) === 0) {
      open -= 1;
      if (boundary.has(place)) own |= FROM_BASE;
      const isCommon = (own & FROM_BASE) !== 0 && (own & FROM_HEAD) !== 0;
      if (isCommon) found.push(place);
      else isCut ||= cuts.has(ids[place] as string);
      if (isCommon) own |= STALE;
    }
    for (const parent of parents[place] ?? []) mark(parent, own);
  }
  if (isCut) return 'cut';
  return found.length > 1 ? 'several' : (ids[found[0] ?? -1] ?? null);
}
