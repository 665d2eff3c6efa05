import type { State } from '../../coverage/coverage.ts';
import type { Gravity, Registry } from '../../registry/registry.ts';
import type { Finding, FindingKind } from '../findings/finding.ts';
import type { Verdict } from '../review.ts';

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
