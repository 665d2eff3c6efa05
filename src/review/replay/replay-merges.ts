import type { Coverage } from '../../coverage/coverage.ts';
import type { PageMemory } from '../../coverage/page-memory.ts';
import type { Blobs } from '../../docs/tree.ts';
import { type History, judgePullRequest } from '../compare/judge-pull-request.ts';
import type { LoadedRegistry } from '../compare/load-registry.ts';
import type { Snapshot } from '../compare/snapshot.ts';
import type { Finding } from '../findings/finding.ts';
import { isRelevant } from '../relevance.ts';
import type { ScenarioReview } from '../review.ts';
import { touchedFindings } from '../review-findings.ts';
import { reviewScenarios } from '../review-scenarios.ts';
import { type Decision, decideVerdict, NO_COMMON_HISTORY } from '../verdict.ts';
import type { Replay, ReplayedMerge } from './replay.ts';
import { countCoverage, sumUp } from './replay-sums.ts';
import { SnapshotHistory } from './snapshot-history.ts';

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
  readonly #coverage: Replay['coverage'] = [];
  #first: Coverage | null = null;
  #last: Coverage | null = null;

  constructor(input: ReplayInput) {
    this.#input = input;
    this.#history = new SnapshotHistory(input);
  }

  /** Changes come oldest first; the base of each is what the one before it came to. */
  judge(change: PastChange): ReplayedMerge {
    const { base, merged } = change.snapshots;
    const today = change.date.slice(0, 10);
    this.#history.goTo(base, today);
    if (!this.#first) {
      this.#first = this.#history.coverage(base);
      this.#coverage.push(countCoverage(this.#first, this.#input.start));
    }
    const judged = reviewChange(change, today, this.#input, this.#history);
    this.#last = this.#history.coverage(merged);
    this.#coverage.push(countCoverage(this.#last, change));
    this.#merges.push(judged);
    return judged;
  }

  /** What was judged so far. */
  result(): Replay {
    const { registry, source, commit } = this.#input.registry;
    const { start } = this.#input;
    const range = { from: start.commit, to: this.#merges.at(-1)?.commit ?? start.commit };
    const sums = sumUp(registry.scenarios, this.#merges, { first: this.#first, last: this.#last });
    return {
      ...{ range, registry: { source, commit }, gate: registry.settings.gate },
      ...{ merges: this.#merges, ...sums, coverage: withoutRepeats(this.#coverage) },
    };
  }
}

type Told = Pick<ReplayedMerge, 'commented' | 'changedPages' | 'findings' | 'changes' | 'blocking'>;

const NOTHING: Told = { commented: false, changedPages: 0, findings: [], changes: [], blocking: 0 };

function reviewChange(
  { snapshots: { base, mergeBase, head }, commit, parent, head: headCommit, date, title, pullRequest }: PastChange,
  today: string,
  { registry: loaded, blobs, cache }: ReplayInput,
  history: History,
): ReplayedMerge {
  const change = { commit, parent, head: headCommit, date, title, pullRequest };
  if (mergeBase === 'cut') return { ...change, ...CUT, ...NOTHING };
  if (mergeBase === null) return { ...change, ...NO_COMMON_HISTORY, ...NOTHING };
  const snapshots = { base, mergeBase, head, blobs };
  const input = { snapshots, today, waive: [], cache, history };
  const judgement = judgePullRequest(input, mergeBase, loaded, []);
  const reviewed = reviewScenarios(judgement, false);
  const scenarios = reviewed.map(({ review }) => review);
  const findings = [...reviewed.flatMap((each) => each.findings), ...touchedFindings(judgement, scenarios)];
  const decision = decideVerdict({ base: loaded, head: null }, judgement, scenarios, findings);
  return { ...change, ...decision, ...toldOf(scenarios, findings), changedPages: judgement.changes.pages.length };
}

function toldOf(scenarios: readonly ScenarioReview[], findings: Finding[]): Omit<Told, 'changedPages'> {
  const blocking = findings.filter((finding) => finding.blocking);
  const ids = new Set(blocking.flatMap(({ scenario }) => scenario ?? []));
  const changes = scenarios.flatMap(({ scenario: { id }, change, before, after }) =>
    change === 'unchanged' ? [] : [{ id, change, before: before.state, after: after.state }],
  );
  const commented = scenarios.some((each) => each.after.state !== 'waived' && isRelevant(each, ids));
  return { commented, findings, changes, blocking: blocking.length };
}

/** The steps of a curve and its end. */
function withoutRepeats(points: Replay['coverage']): Replay['coverage'] {
  const key = ({ byGravity }: Replay['coverage'][number]) => JSON.stringify(byGravity);
  return points.filter((point, at) => {
    const before = points[at - 1];
    return !before || at === points.length - 1 || key(point) !== key(before);
  });
}
