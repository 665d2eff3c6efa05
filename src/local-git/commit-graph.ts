/** Commits by their place in an order in which no parent comes before its children. */
export interface CommitGraph {
  places: ReadonlyMap<string, number>;
  ids: readonly string[];
  /** Places; those of commits that are not in the graph are left out. */
  parents: readonly (readonly number[])[];
  /** Commits of the older history that the graph was cut off from, where it meets them. */
  boundary: ReadonlySet<number>;
  trees: ReadonlyMap<string, string>;
}

/** Reads `git rev-list --parents --topo-order --boundary --format=%T`. */
export function parseGraph(output: string): CommitGraph {
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
export type MergeBase = string | 'cut' | null;

const FROM_BASE = 1;
const FROM_HEAD = 2;
/** An ancestor of a common ancestor that was found. */
const STALE = 4;

/**
 * The best common ancestor of two commits of a graph, all of whose boundary is behind `base`: both sides' ancestors are
 * marked in the graph's order until only ancestors of what was found are left (as git's `paint_down_to_common`).
 * @param cuts commits whose parents are not known
 */
export function mergeBaseIn(
  { places, ids, parents, boundary }: CommitGraph,
  base: string,
  head: string,
  cuts: ReadonlySet<string>,
): MergeBase | 'several' {
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
