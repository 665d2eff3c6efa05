import { decodeBlob } from '../docs/decode-blob.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { neededFiles, neededFilesSince } from '../docs/site/needed-files.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import type { MergedChange } from '../local-git/merge-history.ts';
import { applyDifference, type CommitPair, type Difference } from '../local-git/read-tree.ts';
import type { Repository } from '../local-git/repository.ts';
import type { Snapshot } from '../review/compare/snapshot.ts';
import type { PastChange } from '../review/replay/replay.ts';
import { describeChange } from '../review/replay/replay.ts';
import type { CommandContext } from './command-context.ts';
import { UsageFailure } from './usage-failure.ts';

/** The merged changes that are judged. */
export interface History {
  changes: readonly MergedChange[];
  /** The newest commit of the range, and the name that it was typed by. */
  to: string;
  name: string;
  start: { commit: string; date: string };
}

/** The values of `--since` and `--range`. */
interface Asked {
  since?: string;
  range?: string;
}

/** @throws {UsageFailure | GitFailure} where there is nothing to judge */
export async function readHistory(asked: Asked, repository: Repository, context: CommandContext): Promise<History> {
  const since = asked.since === undefined ? null : readDate('--since', asked.since, context.now());
  const { after, to } = readRange(asked.range ?? 'HEAD');
  const [first, last] = await Promise.all([after === null ? null : repository.commit(after), repository.commit(to)]);
  context.progress.announce('reading the history…');
  const { changes, start, cutAt } = await repository.mergeHistory({ to: last, after: first, since });
  if (!start) throw nothingMerged(asked, cutAt);
  if (cutAt !== null)
    context.note(
      `The clone is shallow: what was merged before ${isoDate(start.seconds)} is not there. Run \`git fetch --unshallow\` to judge it, too.`,
    );
  return { changes, to: last, name: to, start: { commit: start.commit, date: isoTime(start.seconds) } };
}

function nothingMerged({ since, range }: Asked, cutAt: string | null): UsageFailure {
  const where = range === undefined ? '' : ` in ${range}`;
  const when = since === undefined ? '' : ` since ${since}`;
  const message = `There is no change to judge${where}${when}`;
  if (cutAt !== null) {
    const advice = 'Run `git fetch --unshallow`; with actions/checkout, set `fetch-depth: 0`.';
    return new UsageFailure(`${message}: the clone is shallow and holds no more.`, advice);
  }
  const isAll = range === undefined && since === undefined;
  return new UsageFailure(
    `${message}.`,
    isAll
      ? 'The first commit of all changes nothing that was there; replay when more was merged.'
      : 'Name an earlier date with `--since`, or a wider range with `--range A..B`.',
  );
}

const SPAN = /^(\d{1,4})[ .]?(day|week|month|year)s?(?:[ .]ago)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads a date or a span of time ago. Git's own reader takes any word for a date, and most words for today.
 * @param now milliseconds since the epoch
 * @returns seconds since the epoch
 * @throws {UsageFailure}
 */
export function readDate(flag: string, given: string, now: number): number {
  const typed = given.trim();
  const [, count, unit] = SPAN.exec(typed) ?? [];
  const time = unit === undefined ? readIso(typed) : before(now, Number(count), unit.toLowerCase());
  if (time !== null) return Math.floor(time / 1000);
  throw new UsageFailure(`"${typed}" is no date.`, `Write \`${flag} 2026-01-31\`, or a span: \`${flag} "6 months"\`.`);
}

/** Milliseconds since the epoch, in UTC where no zone is given; null for what is no date, such as 30 February. */
function readIso(typed: string): number | null {
  if (!DATE.test(typed)) return null;
  const text = typed.replace(' ', 'T');
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const time = Date.parse(text === day || /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null;
  return Number.isNaN(time) ? null : time;
}

/** The first moment of the day that was so many units before now. */
function before(now: number, count: number, unit: string): number {
  const date = new Date(now);
  date.setUTCHours(0, 0, 0, 0);
  const day = date.getUTCDate();
  if (unit === 'day' || unit === 'week') return date.setUTCDate(day - count * (unit === 'week' ? 7 : 1));
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count * (unit === 'year' ? 12 : 1));
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, days));
}

/** Reads `--range`. The revisions stay as they were typed. */
function readRange(typed: string): { after: string | null; to: string } {
  const [after, to, more] = typed.split('..') as [string, ...string[]];
  if (to === undefined) return { after: null, to: after };
  if (after === '' || more !== undefined || to.startsWith('.')) {
    throw new UsageFailure(
      `"${typed}" is no range of commits.`,
      'Write `--range A..B` for what B has and A has not; `A..` goes to HEAD, and `B` alone from the beginning.',
    );
  }
  return { after, to: to === '' ? 'HEAD' : to };
}

/** What the changes are read from. */
interface Source {
  repository: Repository;
  blobs: Parameters<Repository['load']>[2];
  /** The docs roots that the registry names. */
  docs: readonly DocsRoot[];
}

/** Reads the changes one after another, oldest first, with all files that judging them needs. */
export async function* pastChanges(history: History, source: Source): AsyncGenerator<PastChange> {
  const { repository } = source;
  const trees = new RecentTrees();
  let base = await repository.snapshot(history.start.commit);
  await load([base], null, source);
  const loaded = new WeakSet<Tree>([base.tree]);
  const differences = repository.differences(history.changes.flatMap(pairsOf));
  for (const change of history.changes) {
    trees.add(change.trees.parent, base.tree);
    const snapshots = await readSnapshots(change, base, trees, differences);
    const all = [snapshots.base, snapshots.head, snapshots.merged, snapshots.mergeBase].flatMap((snapshot) =>
      snapshot === null || snapshot === 'cut' || loaded.has(snapshot.tree) ? [] : snapshot,
    );
    await load(all, base.tree, source);
    for (const { tree } of all) loaded.add(tree);
    base = snapshots.merged;
    yield {
      ...{ commit: change.commit, parent: change.parent, head: change.head, snapshots },
      ...{ date: isoTime(change.seconds), ...describeChange(change.subject, change.body) },
    };
  }
}

/** The commits of a change whose files are not known yet, each to be compared with the change's parent. */
function pairsOf({ commit, parent, head, mergeBase }: MergedChange): CommitPair[] {
  const others = head === commit ? [commit] : [commit, head, ...(mergeBase && mergeBase !== 'cut' ? [mergeBase] : [])];
  return others.map((to) => ({ from: parent, to }));
}

async function readSnapshots(
  { commit, head, mergeBase, trees: ids }: MergedChange,
  base: Snapshot,
  trees: RecentTrees,
  differences: AsyncIterator<Difference>,
): Promise<PastChange['snapshots']> {
  const next = async (of: string, id: string): Promise<Snapshot> => {
    const { value } = await differences.next();
    return { commit: of, tree: trees.get(id) ?? trees.add(id, applyDifference(base.tree, value as Difference)) };
  };
  const merged = await next(commit, ids.commit);
  if (head === commit) return { base, mergeBase: base, head: merged, merged };
  const brought = await next(head, ids.head);
  const isKnown = mergeBase !== null && mergeBase !== 'cut';
  return { base, mergeBase: isKnown ? await next(mergeBase, ids.mergeBase) : mergeBase, head: brought, merged };
}

/** How many trees are kept. Most branches start from a recent commit. */
const MOST_TREES = 64;

/** The trees that were used last, by id: equal trees are one object, so that none is judged twice. */
class RecentTrees {
  readonly #trees = new Map<string, Tree>();

  get(id: string): Tree | undefined {
    const tree = this.#trees.get(id);
    return tree && this.add(id, tree);
  }

  add(id: string, tree: Tree): Tree {
    this.#trees.delete(id);
    this.#trees.set(id, tree);
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > MOST_TREES && oldest !== undefined) this.#trees.delete(oldest);
    return tree;
  }
}

async function load(snapshots: readonly Snapshot[], base: Tree | null, source: Source): Promise<void> {
  const { repository, blobs, docs } = source;
  const needed = (tree: Tree, known: Blobs) => {
    const paths = base ? neededFilesSince(base, tree, known, docs) : neededFiles(tree, known, docs);
    return paths.flatMap((path) => {
      const file = tree.get(path);
      return file?.mode.startsWith('100') ? [file.blob] : [];
    });
  };
  await repository.load(snapshots, needed, blobs, decodeBlob);
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
const isoDate = (seconds: number): string => isoTime(seconds).slice(0, 10);
