import type { PageBlobs } from '../cache/page-blobs.ts';
import { decodeBlob } from '../docs/decode-blob.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { neededFiles, neededFilesSince } from '../docs/site/needed-files.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import type { MergedChange } from '../local-git/merge-history.ts';
import { applyDifference, type CommitPair, type Difference } from '../local-git/read-differences.ts';
import type { Repository } from '../local-git/repository.ts';
import type { Snapshot } from '../review/compare/snapshot.ts';
import type { PastChange } from '../review/replay/replay.ts';
import { describeChange } from '../review/replay/replay.ts';
import type { Occasion } from './command.ts';
import { readPeriod } from './history-range.ts';
import { UsageFailure } from './usage-failure.ts';

/** The changes to be judged. */
export interface History {
  changes: readonly MergedChange[];
  /** The newest commit of the range, and how it was named. */
  to: string;
  name: string;
  start: { commit: string; date: string };
}

/** @throws {UsageFailure | GitFailure} where there is nothing to judge */
export async function readHistory(
  typed: { since?: string; range?: string },
  repository: Repository,
  occasion: Occasion,
): Promise<History> {
  const { since, after, to } = readPeriod(typed, occasion.now());
  const [first, last] = await Promise.all([after === null ? null : repository.commit(after), repository.commit(to)]);
  occasion.progress.announce('reading the history…');
  const { changes, start, cutAt } = await repository.mergeHistory({ to: last, after: first, since });
  if (!start) throw nothingMerged(typed, cutAt);
  if (cutAt !== null)
    occasion.note(
      `The clone is shallow: what was merged before ${isoDate(start.seconds)} is not there. Run \`git fetch --unshallow\` to judge it, too.`,
    );
  return { changes, to: last, name: to, start: { commit: start.commit, date: isoTime(start.seconds) } };
}

function nothingMerged({ since, range }: { since?: string; range?: string }, cutAt: string | null): UsageFailure {
  const where = range === undefined ? '' : ` in ${range}`;
  const when = since === undefined ? '' : ` since ${since}`;
  if (cutAt !== null)
    return new UsageFailure(
      `There is no change to judge${where}${when}: the clone is shallow and holds no more.`,
      'Run `git fetch --unshallow`; with actions/checkout, set `fetch-depth: 0`.',
    );
  return new UsageFailure(
    `There is no change to judge${where}${when}.`,
    range === undefined && since === undefined
      ? 'The first commit of all changes nothing that was there; replay when more was merged.'
      : 'Name an earlier date with `--since`, or a wider range with `--range A..B`.',
  );
}

/** What reading the changes takes. */
interface Source {
  repository: Repository;
  blobs: PageBlobs;
  /** The docs roots that the registry names. */
  docs: readonly DocsRoot[];
}

/** The snapshots of each change with all that judging them needs, oldest first. */
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

/** All that differs from the base, whose files are known. */
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

/** So many trees are kept: what branches start from is mostly not long past. */
const MOST_TREES = 64;

/** Trees by their ids, those that were used last. */
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
