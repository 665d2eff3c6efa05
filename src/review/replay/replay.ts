import type { Coverage, State } from '../../coverage/coverage.ts';
import type { PageMemory } from '../../coverage/memory.ts';
import type { Blobs } from '../../docs/tree.ts';
import type { Gravity, Registry, Scenario } from '../../registry/registry.ts';
import { judgePullRequest } from '../compare/judge-pull-request.ts';
import type { LoadedRegistry } from '../compare/load-registry.ts';
import type { Snapshot } from '../compare/snapshot.ts';
import type { Finding, FindingKind } from '../findings/finding.ts';
import type { Verdict } from '../review.ts';
import { reviewScenarios } from '../review-scenarios.ts';
import { countStates, type Decision, decideVerdict, isRelevant, NO_COMMON_HISTORY } from '../verdict.ts';
import { SnapshotHistory } from './snapshot-history.ts';

/** What one registry would have said of every change that was merged in a range of the history. */
export interface Replay {
  /** Full commit ids; `from` is the one before the first change. */
  range: { from: string; to: string };
  /** The registry that judged all of them; `commit` is null for one from disk. */
  registry: { source: string; commit: string | null };
  /** The gate that held: the registry's own, or the one that was asked for. */
  gate: Registry['settings']['gate'];
  /** Oldest first. */
  merges: ReplayedMerge[];
  /** Noisiest first: by merges failed, then by findings. */
  scenarios: ReplayedScenario[];
  totals: ReplayTotals;
  /** Oldest first: what stood before the first change, every change of the counts, and what stands at the end. */
  coverage: CoveragePoint[];
}

/** One change that was merged: a pull request's merge commit, or a commit that was squashed, rebased or pushed. */
export interface ReplayedMerge {
  commit: string;
  /** Its first parent: the base branch's tip when it was merged. */
  parent: string;
  /** What was reviewed: the pull request's last commit where it was merged with a merge commit, else `commit`. */
  head: string;
  /** When it was committed: ISO 8601, UTC. */
  date: string;
  /** Of the pull request where the commit's message tells it, else the commit's first line. */
  title: string;
  pullRequest: number | null;
  verdict: Verdict;
  /** One sentence. */
  reason: string;
  /** True where Signpost would have written a comment. */
  commented: boolean;
  changedPages: number;
  findings: Finding[];
  /** Scenarios that it made better or worse. */
  changes: ReplayedChange[];
  /** How many of the findings block. */
  blocking: number;
}

export interface ReplayedChange {
  id: string;
  change: 'improved' | 'worsened';
  before: State;
  after: State;
}

/** What was said of one scenario over the whole range. */
export interface ReplayedScenario {
  id: string;
  title: string;
  gravity: Gravity;
  findings: number;
  /** Merges in which it blocked, alone or with others. */
  blocked: number;
  worsened: number;
  improved: number;
  /** Before the first change that was judged and after the last one; null where none was. */
  firstState: State | null;
  lastState: State | null;
}

/** Each merge is one of `quiet`, `commented`, `failed` and `notJudged`; the first three are `judged`. */
export interface ReplayTotals {
  merges: number;
  judged: number;
  notJudged: number;
  /** Passed without a comment. */
  quiet: number;
  /** Passed with a comment. */
  commented: number;
  failed: number;
  findings: number;
  byKind: Partial<Record<FindingKind, number>>;
}

export type StateCounts = Record<State, number>;

/** How well the docs covered the registry after a commit. */
export interface CoveragePoint {
  commit: string;
  /** ISO 8601, UTC. */
  date: string;
  counts: StateCounts;
  byGravity: Record<Gravity, StateCounts>;
}

/** One change that was merged, with the snapshots that a review of it compares. */
export interface PastChange
  extends Pick<ReplayedMerge, 'commit' | 'parent' | 'head' | 'date' | 'title' | 'pullRequest'> {
  snapshots: {
    /** The base branch's tip when it was merged. */
    base: Snapshot;
    /** Null without common history, `cut` where a shallow clone does not show it. */
    mergeBase: Snapshot | 'cut' | null;
    head: Snapshot;
    /** What the base branch was afterwards. */
    merged: Snapshot;
  };
}

export interface ReplayInput {
  /** A valid one. It judges every change, whatever registry there was at the time. */
  registry: LoadedRegistry;
  blobs: Blobs;
  cache: PageMemory;
  /** The commit before the first change. */
  start: { commit: string; date: string };
}

const CUT: Decision = {
  verdict: 'not-judged',
  reason: 'The clone is shallow, and the history does not reach back to where this change began.',
};

/** Judges the changes of a history one after another, each as a review would have. */
export class Replayer {
  readonly #input: ReplayInput;
  readonly #history: SnapshotHistory;
  readonly #merges: ReplayedMerge[] = [];
  readonly #points: CoveragePoint[] = [];
  #first: Coverage | null = null;
  #last: Coverage | null = null;

  constructor(input: ReplayInput) {
    this.#input = input;
    this.#history = new SnapshotHistory(input);
  }

  /** Judges the next change. Changes come oldest first; the base of each is the result of the one before it. */
  judge({ snapshots, ...change }: PastChange): ReplayedMerge {
    const { base, merged } = snapshots;
    const today = change.date.slice(0, 10);
    this.#history.goTo(base, today);
    if (!this.#first) {
      this.#first = this.#history.coverage(base);
      this.#points.push(countCoverage(this.#first, this.#input.start));
    }
    const judged = { ...change, ...this.#review(snapshots, today) };
    this.#last = this.#history.coverage(merged);
    this.#points.push(countCoverage(this.#last, change));
    this.#merges.push(judged);
    return judged;
  }

  /** What was judged so far. */
  result(): Replay {
    const { registry: loaded, start } = this.#input;
    const { registry, source, commit } = loaded;
    return {
      range: { from: start.commit, to: this.#merges.at(-1)?.commit ?? start.commit },
      registry: { source, commit },
      gate: registry.settings.gate,
      merges: this.#merges,
      ...sumUp(registry.scenarios, this.#merges, { first: this.#first, last: this.#last }),
      coverage: withoutRepeats(this.#points),
    };
  }

  #review({ base, mergeBase, head }: PastChange['snapshots'], today: string): Omit<ReplayedMerge, keyof PastChange> {
    const nothing = { commented: false, changedPages: 0, findings: [], changes: [], blocking: 0 };
    if (mergeBase === 'cut') return { ...CUT, ...nothing };
    if (mergeBase === null) return { ...NO_COMMON_HISTORY, ...nothing };
    const { registry: loaded, blobs, cache } = this.#input;
    const snapshots = { base, mergeBase, head, blobs };
    const input = { snapshots, today, waive: [], cache, history: this.#history };
    const judgement = judgePullRequest(input, mergeBase, loaded, []);
    const { scenarios, findings } = reviewScenarios(judgement, false);
    const blocking = findings.filter((finding) => finding.blocking);
    const ids = new Set(blocking.flatMap(({ scenario }) => scenario ?? []));
    return {
      ...decideVerdict({ base: loaded, head: null }, judgement, scenarios, findings),
      commented: scenarios.some((each) => each.after.state !== 'waived' && isRelevant(each, ids)),
      changedPages: judgement.changes.pages.length,
      findings,
      changes: scenarios.flatMap(({ scenario: { id }, change, before, after }) =>
        change === 'unchanged' ? [] : [{ id, change, before: before.state, after: after.state }],
      ),
      blocking: blocking.length,
    };
  }
}

/** One point of the curve. */
export function countCoverage(
  coverage: Coverage,
  { commit, date }: Pick<ReplayedMerge, 'commit' | 'date'>,
): CoveragePoint {
  const all = [...coverage.values()];
  const of = (gravity: Gravity) => countStates(all.filter(({ scenario }) => scenario.gravity === gravity));
  const byGravity = { high: of('high'), medium: of('medium'), low: of('low') };
  return { commit, date, counts: countStates(all), byGravity };
}

/** The steps of a curve and its end. */
function withoutRepeats(points: readonly CoveragePoint[]): CoveragePoint[] {
  const key = ({ byGravity }: CoveragePoint) => JSON.stringify(byGravity);
  return points.filter((point, at) => {
    const before = points[at - 1];
    return !before || at === points.length - 1 || key(point) !== key(before);
  });
}

/** Sums up all merges of a replay, by scenario and in total. */
export function sumUp(
  scenarios: readonly Scenario[],
  merges: readonly ReplayedMerge[],
  coverage: { first: Coverage | null; last: Coverage | null },
): Pick<Replay, 'scenarios' | 'totals'> {
  return { scenarios: sumScenarios(scenarios, merges, coverage), totals: sumMerges(merges) };
}

function sumMerges(merges: readonly ReplayedMerge[]): ReplayTotals {
  const notJudged = merges.filter(({ verdict }) => verdict === 'not-judged').length;
  const passed = merges.filter(({ verdict }) => verdict === 'pass');
  const commented = passed.filter((merge) => merge.commented).length;
  const findings = merges.flatMap((merge) => merge.findings);
  const byKind: ReplayTotals['byKind'] = {};
  for (const { kind } of findings) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    merges: merges.length,
    judged: merges.length - notJudged,
    notJudged,
    quiet: passed.length - commented,
    commented,
    failed: merges.length - notJudged - passed.length,
    findings: findings.length,
    byKind,
  };
}

function sumScenarios(
  scenarios: readonly Scenario[],
  merges: readonly ReplayedMerge[],
  { first, last }: { first: Coverage | null; last: Coverage | null },
): ReplayedScenario[] {
  const findings = merges.flatMap((merge) => merge.findings);
  const changes = merges.flatMap((merge) => merge.changes);
  const sums = scenarios.map(({ id, title, gravity }): ReplayedScenario => {
    const isOwn = ({ scenario }: Finding) => scenario === id;
    const changed = (way: ReplayedChange['change']) => changes.filter((each) => each.id === id && each.change === way);
    return {
      id,
      title,
      gravity,
      findings: findings.filter(isOwn).length,
      blocked: merges.filter((merge) => merge.findings.some((finding) => finding.blocking && isOwn(finding))).length,
      worsened: changed('worsened').length,
      improved: changed('improved').length,
      firstState: first?.get(id)?.state ?? null,
      lastState: last?.get(id)?.state ?? null,
    };
  });
  const noise = ({ worsened, improved }: ReplayedScenario) => worsened + improved;
  return sums.sort((a, b) => b.blocked - a.blocked || b.findings - a.findings || noise(b) - noise(a));
}

/** How hosts word a merge commit: GitHub, then Bitbucket, then GitLab's last line. */
const MERGED = /^Merge pull request #(\d+) |^Merged in .*\(pull request #(\d+)\)$/;
const MERGE_REQUEST = /^See merge request \S*!(\d+)$/m;
const SQUASHED = /\s*\(#(\d+)\)$/;

/** What a commit's message tells of the pull request that it merged: the title without its number, and the number. */
export function describeChange(subject: string, body: string): Pick<ReplayedMerge, 'title' | 'pullRequest'> {
  const merged = MERGED.exec(subject);
  const request = MERGE_REQUEST.exec(body);
  const squashed = SQUASHED.exec(subject);
  const number = merged?.[1] ?? merged?.[2] ?? request?.[1] ?? squashed?.[1];
  const [first = ''] = body.split('\n').filter((line) => line.trim() !== '' && !MERGE_REQUEST.test(line));
  const isOfHost = merged !== null || (request !== null && subject.startsWith('Merge branch '));
  const title = isOfHost && first !== '' ? first : subject.replace(SQUASHED, '');
  return { title: title.trim(), pullRequest: number === undefined ? null : Number(number) };
}
