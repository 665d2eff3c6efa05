import type { Outcome } from '../github/answer-check.ts';
import { answerComment, type SpokenComment } from '../github/answer-comment.ts';
import { type CheckSubject, findSubjects } from '../github/check-subjects.ts';
import { describeFailure } from '../github/failure.ts';
import {
  findUnanswered,
  findUnansweredGroups,
  listInstallations,
  listRepositories,
  redeliverFailed,
} from '../github/installation-sweep.ts';
import type { MergeGroup } from '../github/merge-group.ts';
import { findMergeGroup, type QueueBranch } from '../github/merge-queue.ts';
import type { Occasion } from '../github/occasion.ts';
import { mayWrite } from '../github/permissions.ts';
import { findPullRequest, type PullRequest } from '../github/pull-request.ts';
import type { Push } from '../github/pushed.ts';
import type { Repository } from '../github/repository.ts';
import { reviewMergeGroup } from '../github/review-merge-group.ts';
import { reviewPullRequest } from '../github/review-pull-request.ts';
import { FactsCache } from '../runtime/facts-cache.ts';
import { ConcernedPulls } from './concerned-pulls.ts';
import { type TaskOptions, TaskRunner } from './task-runner.ts';

const MOST_REMEMBERED = 5_000;
/** GitHub keeps deliveries for three days, and Enterprise Server for seven. */
const DELIVERIES_KEPT = 3 * 24 * 3_600_000;
const REDELIVER_EVERY = 3_600_000;

interface JudgeOptions {
  /** An earlier process may have left a check run in progress. */
  recovering?: boolean;
  /** Other open pull requests with the same head. */
  siblings?: readonly PullRequest[];
}

/** Puts work into the queue. Each method returns at once; what comes of the work is published, logged and counted. */
export class Work {
  readonly #options: TaskOptions;
  readonly #tasks: TaskRunner;
  /** Merge groups by commit: a button's event does not say where a group starts from. */
  readonly #groups = new FactsCache<MergeGroup>(MOST_REMEMBERED);
  /** Heads that several pull requests have. A restart forgets them; then the sweep sees who shares no longer. */
  readonly #shared = new FactsCache<true>(MOST_REMEMBERED);
  readonly #concerned: ConcernedPulls;
  #redelivered = Number.NEGATIVE_INFINITY;

  constructor(options: TaskOptions) {
    this.#options = options;
    this.#tasks = new TaskRunner(options);
    this.#concerned = new ConcernedPulls(options);
  }

  judge(installation: number, pull: PullRequest, { recovering = false, siblings = [] }: JudgeOptions = {}): void {
    const run = (occasion: Occasion) => this.#review(pull, occasion, siblings);
    this.#tasks.add(installation, {
      kind: 'pull request',
      key: keyOf(pull.repo, pull.number),
      version: pull.head.sha,
      recovering,
      run,
    });
  }

  /** Judges a pull request of which only the number is known, as it is when its turn comes. */
  judgeNumber(installation: number, repo: Repository, number: number): void {
    const run = async (occasion: Occasion) => {
      const pull = await findPullRequest(occasion.github, repo, number);
      return pull.isOpen ? this.#review(pull, occasion) : undefined;
    };
    this.#tasks.add(installation, { kind: 'pull request', key: keyOf(repo, number), run });
  }

  async #review(pull: PullRequest, occasion: Occasion, siblings: readonly PullRequest[] = []): Promise<Outcome> {
    const { isShared, ...outcome } = await reviewPullRequest(pull, occasion, siblings);
    if (isShared) this.#shared.set(keyOf(pull.repo, pull.head.sha), true);
    return outcome;
  }

  /**
   * Judges again the pull requests that shared a head with one that is closed or has another head now: its verdict stands
   * in their check run. Of a head that was moved on from, nothing is asked unless it is known to be shared.
   */
  leave(installation: number, { repo, number, isOpen }: PullRequest, head: string): void {
    if (isOpen && !this.#shared.get(keyOf(repo, head))) return;
    const run = async ({ github }: Occasion) => {
      for (const subject of await findSubjects(github, repo, head)) {
        if (!('pull' in subject) || subject.pull === number) continue;
        const other = await findPullRequest(github, repo, subject.pull);
        // By its number: a job that waits for a newer head must not be replaced by one for this.
        if (other.isOpen && other.head.sha === head) this.judgeNumber(installation, repo, other.number);
      }
      return undefined;
    };
    this.#tasks.add(installation, { kind: 'shared head', key: keyOf(repo, `head ${head}`), run });
  }

  judgeGroup(installation: number, group: MergeGroup): void {
    this.#groups.set(group.head, group);
    const run = (occasion: Occasion) => reviewMergeGroup(group, occasion);
    this.#tasks.add(installation, {
      kind: 'merge group',
      key: keyOf(group.repo, group.headRef),
      version: group.head,
      run,
    });
  }

  cancelGroup({ repo, headRef }: MergeGroup): void {
    this.#options.queue.cancel(keyOf(repo, headRef));
  }

  /** Judges again what one check run of ours was about. */
  judgeSubject(installation: number, repo: Repository, head: string, subject: CheckSubject): void {
    if ('pull' in subject) this.judgeNumber(installation, repo, subject.pull);
    else this.#judgeGroupAgain(installation, repo, { head, headRef: subject.headRef });
  }

  /** Judges a merge group of which only its branch is known. */
  #judgeGroupAgain(installation: number, repo: Repository, branch: QueueBranch, { recovering = false } = {}): void {
    const { head, headRef } = branch;
    const run = async (occasion: Occasion) => {
      const group = this.#groups.get(head) ?? (await findMergeGroup(occasion.github, repo, branch));
      return group ? reviewMergeGroup(group, occasion) : undefined;
    };
    this.#tasks.add(installation, { kind: 'merge group', key: keyOf(repo, headRef), version: head, recovering, run });
  }

  /** Judges again all that a commit's check runs are about. */
  judgeSuite(installation: number, repo: Repository, head: string): void {
    const run = async ({ github }: Occasion) => {
      for (const subject of await findSubjects(github, repo, head))
        this.judgeSubject(installation, repo, head, subject);
      return undefined;
    };
    this.#tasks.add(installation, { kind: 'check suite', key: keyOf(repo, `suite ${head}`), run });
  }

  /** Answers the commands of a comment and judges the pull request again where its author may ask for that. */
  answer(installation: number, comment: SpokenComment, number: number): void {
    const run = async (occasion: Occasion) => {
      if (await this.#isAsked(comment, occasion)) this.judgeNumber(installation, comment.repo, number);
      return undefined;
    };
    this.#tasks.add(installation, { kind: 'comment', key: keyOf(comment.repo, `comment ${comment.id}`), run });
  }

  /** A reaction that cannot be given, as in a locked conversation, is no reason not to do what is asked. */
  async #isAsked(comment: SpokenComment, occasion: Occasion): Promise<boolean> {
    try {
      return await answerComment(comment, occasion);
    } catch (error) {
      if (describeFailure(error, occasion.now()).retries) throw error;
      return mayWrite(comment.author.login, comment.repo, occasion);
    }
  }

  /** Judges again because a comment is gone that asked for something: what it asked for no longer counts. */
  withdraw(installation: number, comment: SpokenComment, number: number): void {
    const run = async (occasion: Occasion) => {
      if (await mayWrite(comment.author.login, comment.repo, occasion))
        this.judgeNumber(installation, comment.repo, number);
      return undefined;
    };
    this.#tasks.add(installation, { kind: 'comment', key: keyOf(comment.repo, `comment ${comment.id}`), run });
  }

  /**
   * Judges again, a few at a time, the open pull requests whose verdict a push can have changed: of its branch, or of all
   * repositories of an installation where it changed the owner's registry.
   */
  judgeConcerned(installation: number, push: Push): void {
    const judge = (pull: PullRequest) => this.#judgeUnlessWaiting(installation, pull);
    const task = this.#concerned.taskFor(push, keyOf(push.repo, 'push'), judge);
    if (task) this.#tasks.add(installation, task);
  }

  /** Finds the merge groups and open pull requests without a lasting verdict of ours, and judges them. */
  sweep(installation: number): void {
    const run = async (occasion: Occasion) => {
      const { github } = occasion;
      for (const repo of await listRepositories(github)) {
        // A queue stands still until its groups are judged, so they come first.
        for (const branch of await findUnansweredGroups(github, repo)) {
          if (this.#isSettled(keyOf(repo, branch.headRef), branch.head)) continue;
          this.#judgeGroupAgain(installation, repo, branch, { recovering: true });
        }
        for (const { pull, siblings } of await findUnanswered(occasion, repo)) {
          if (this.#isSettled(keyOf(repo, pull.number), pull.head.sha)) continue;
          this.judge(installation, pull, { recovering: true, siblings });
        }
      }
      return undefined;
    };
    this.#tasks.add(installation, { kind: 'sweep', key: `sweep ${installation}`, run });
  }

  /** Sweeps all installations; at first and every hour GitHub is asked to send again what did not arrive. */
  async sweepAll(): Promise<void> {
    const { connections, now, log } = this.#options;
    for (const installation of await listInstallations(connections.app)) this.sweep(installation);
    if (now() - this.#redelivered < REDELIVER_EVERY) return;
    this.#redelivered = now();
    const count = await redeliverFailed(connections.app, now() - DELIVERIES_KEPT);
    if (count > 0) log.info({ count }, 'asked GitHub to send lost deliveries again');
  }

  /** Drops all that waits for an installation which is gone. */
  forget(installation: number): void {
    this.#options.queue.cancelOwner(String(installation));
  }

  /**
   * Whether a sweep has nothing to add: what no repetition mends would be found again for ever, and a job that is there
   * already knows more, for it came from an event or waits until a limit has passed.
   */
  #isSettled(key: string, version: string): boolean {
    return this.#tasks.isHopeless(key, version) || this.#options.queue.has(key);
  }

  #judgeUnlessWaiting(installation: number, pull: PullRequest): void {
    if (!this.#options.queue.has(keyOf(pull.repo, pull.number))) this.judge(installation, pull);
  }
}

function keyOf({ owner, name }: Repository, about: number | string): string {
  return `${owner}/${name} `.toLowerCase() + about;
}
