import type { Random } from '../../../bench/site/random.ts';
import type { FakePullRequest } from '../../fake-github/fake-pull-request.ts';
import type { FakeMergeGroup, FakeRepository } from '../../fake-github/fake-repository.ts';
import type { WebhookEvent } from '../../fake-github/webhook-payloads.ts';
import { UNCOVERED } from '../../github/signpost-on-github.ts';
import { REGISTRY } from '../../review/build-snapshots.ts';

/** A pull request that may be put into a queue. */
export interface Candidate {
  name: string;
  pull: FakePullRequest;
  repository: FakeRepository;
  isOpen: boolean;
}

interface QueuedGroup {
  name: string;
  group: FakeMergeGroup;
  repository: FakeRepository;
  pulls: Candidate[];
  right: 'success' | 'failure';
}

/** What has happened to a queue, and the webhook of it. */
export type Tell = (what: string, about: string, event: WebhookEvent) => void;

/** The merge queues of all repositories: each group stands on the one before it, the first on the branch itself. */
export class MergeQueues {
  readonly #random: Random;
  readonly #tell: Tell;
  readonly #lateRuns: (commit: string) => number;
  readonly #open: QueuedGroup[] = [];

  /** @param lateRuns how many verdicts more than one are no mistake */
  constructor(random: Random, tell: Tell, lateRuns: (commit: string) => number) {
    this.#random = random;
    this.#tell = tell;
    this.#lateRuns = lateRuns;
  }

  /** Puts one or two pull requests of one repository, which merge without a conflict, into a new group. */
  enqueue(all: readonly Candidate[]): void {
    const free = all.filter((one) => one.isOpen && !this.#open.some(({ pulls }) => pulls.includes(one)));
    if (free.length === 0) return;
    const first = this.#random.pick(free);
    const second = this.#random.pick(free.filter(({ repository }) => repository === first.repository));
    const [both, alone] = [[...new Set([first, second])], [first]];
    if (!this.#build(both) && both.length > 1) this.#build(alone);
  }

  /** The first group is merged where it may be, or one is taken out, and with it all that stand on it. */
  dissolve(): void {
    if (this.#open.length === 0) return;
    const one = this.#random.pick(this.#open);
    const isMerged = this.#random.below(2) === 0 && this.#mayMerge(one);
    if (isMerged) this.#merge(one);
    else this.#destroyFrom(one, this.#random.pick(['dequeued', 'invalidated'] as const));
  }

  /** What is pushed to or closed leaves its queue. */
  leave(one: Candidate): void {
    const holding = this.#open.find(({ pulls }) => pulls.includes(one));
    if (holding) this.#destroyFrom(holding, 'dequeued');
  }

  /** The branch has moved: its groups are built anew on top of it. */
  rebuild(repository: FakeRepository): void {
    const [first] = this.#open.filter((one) => one.repository === repository);
    if (!first) return;
    for (const { pulls } of this.#destroyFrom(first, 'invalidated')) this.#build(pulls);
  }

  /** One sentence for each open group that is not as it should be. */
  wrong(): string[] {
    return this.#open.flatMap(({ name, group, repository, right }) => {
      const runs = repository.checkRunsFor(group.headSha).filter((run) => run.name === 'Signpost');
      const told = runs.map(({ status, conclusion }) => conclusion ?? status).join(', ') || 'none';
      const lasting = runs.filter(({ conclusion }) => conclusion === 'success' || conclusion === 'failure');
      const isOnce = lasting.length <= 1 + this.#lateRuns(group.headSha);
      const isRight = runs.at(-1)?.conclusion === right && isOnce;
      const isOver = runs.every(({ status }) => status === 'completed');
      return isRight && isOver ? [] : [`${name}: one run should be ${right}, and none in progress; runs: ${told}`];
    });
  }

  #build(pulls: Candidate[]): boolean {
    const { repository } = pulls[0]!;
    const before = this.#open.findLast((one) => one.repository === repository)?.group;
    const all = pulls.map(({ pull }) => pull);
    let group: FakeMergeGroup;
    try {
      group = before ? repository.mergeGroupBehind(before, ...all) : repository.mergeGroup(...all);
    } catch {
      return false;
    }
    const names = pulls.map(({ pull }) => `#${pull.number}`).join('+');
    const name = `${repository.fullName} group ${names} ${group.headSha.slice(0, 7)}`;
    this.#open.push({ name, group, repository, pulls, right: rightOf(group) });
    this.#tell('group', name, group.checksRequested());
    return true;
  }

  /** It is the first, its required check would pass, and what it merges keeps the docs whole. */
  #mayMerge(one: QueuedGroup): boolean {
    const [first] = this.#open.filter(({ repository }) => repository === one.repository);
    return first === one && !textOf(one.group, one.group.headSha, PAGE).includes(UNCOVERED);
  }

  #merge(one: QueuedGroup): void {
    this.#open.splice(this.#open.indexOf(one), 1);
    this.#tell('group merged', one.name, one.group.destroy('merged'));
    for (const { name, pull } of one.pulls) this.#tell('close', name, pull.event('closed'));
    for (const each of one.pulls) each.isOpen = false;
    this.#tell('push to main', one.repository.fullName, one.repository.pushEvent('main'));
  }

  #destroyFrom(one: QueuedGroup, reason: 'dequeued' | 'invalidated'): QueuedGroup[] {
    const from = this.#open.indexOf(one);
    const gone = this.#open.filter((other, at) => other.repository === one.repository && at >= from);
    for (const each of gone) {
      this.#open.splice(this.#open.indexOf(each), 1);
      this.#tell(`group ${reason}`, each.name, each.group.destroy(each === one ? reason : 'invalidated'));
    }
    return gone;
  }
}

const PAGE = 'docs/troubleshooting.md';

/** By the registry of the commit that the group starts from: only what the group itself breaks blocks it. */
function rightOf(group: FakeMergeGroup): 'success' | 'failure' {
  const { baseSha, headSha } = group;
  const breaks = textOf(group, headSha, PAGE) === UNCOVERED && textOf(group, baseSha, PAGE) !== UNCOVERED;
  return breaks && !textOf(group, baseSha, REGISTRY).includes('block: off') ? 'failure' : 'success';
}

function textOf({ state: { repository } }: FakeMergeGroup, commit: string, path: string): string {
  const { git } = repository;
  return git.blobs.get(git.filesOf(commit).get(path)?.oid ?? '')?.toString('utf8') ?? '';
}
