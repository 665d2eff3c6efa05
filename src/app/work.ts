import type { SpokenComment } from '../github/answer-comment.ts';
import type { CheckSubject } from '../github/check-subjects.ts';
import { listInstallations, redeliverFailed } from '../github/installation-sweep.ts';
import type { MergeGroup } from '../github/merge-queue.ts';
import type { PullRequest } from '../github/pull-request.ts';
import type { Push } from '../github/pushed.ts';
import type { Repository } from '../github/repository.ts';
import type { JobQueue, SharedFacts } from '../queue/job-queue.ts';
import type { Logger } from '../runtime/log.ts';
import type { Connections } from './connections.ts';
import { groupKey, groupTask, jobOf, PLAIN, type Task } from './tasks.ts';

/** GitHub keeps deliveries for three days, and Enterprise Server for seven. */
const DELIVERIES_KEPT = 3 * 24 * 3_600_000;
const REDELIVER_EVERY = 3_600_000;

export interface WorkOptions {
  queue: JobQueue<Task>;
  facts: SharedFacts;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Whether an event is no news where its head was judged already. */
export type News = 'judge anyway' | 'judge once';

/** Puts work into the queue. What comes of the work is published, logged and counted. */
export class Work {
  readonly #options: WorkOptions;
  #redelivered = Number.NEGATIVE_INFINITY;

  constructor(options: WorkOptions) {
    this.#options = options;
  }

  #add(installation: number, task: Task): Promise<void> {
    return this.#options.queue.add(jobOf(installation, task));
  }

  judge(installation: number, pull: PullRequest, news: News = 'judge anyway'): Promise<void> {
    const { repo, number } = pull;
    return this.#add(installation, { ...PLAIN, repo, number, pull, once: news === 'judge once' });
  }

  /** Judges a pull request of which only the number is known, as it is when its turn comes. */
  #judgeNumber(installation: number, repo: Repository, number: number): Promise<void> {
    return this.#add(installation, { ...PLAIN, repo, number });
  }

  /**
   * Judges again the pull requests that shared a head with one that is closed or has another head now: its verdict stands
   * in their check run. Of a head that was moved on from, nothing is asked unless it is known to be shared.
   */
  async leave(installation: number, { repo, number, isOpen }: PullRequest, head: string): Promise<void> {
    if (isOpen && !(await isShared(this.#options.facts, repo, head))) return;
    await this.#add(installation, { kind: 'shared head', repo, head, number });
  }

  judgeGroup(installation: number, group: MergeGroup): Promise<void> {
    const { repo, head, headRef } = group;
    return this.#add(installation, { kind: 'merge group', repo, head, headRef, group, recovering: false, once: true });
  }

  cancelGroup(installation: number, group: MergeGroup): Promise<void> {
    return this.#options.queue.cancel(String(installation), groupKey(group));
  }

  /** Judges again what one check run of ours was about. */
  judgeSubject(installation: number, repo: Repository, head: string, subject: CheckSubject): Promise<void> {
    if ('pull' in subject) return this.#judgeNumber(installation, repo, subject.pull);
    return this.#add(installation, groupTask(repo, { head, ...subject }));
  }

  /** Judges again all that a commit's check runs are about. */
  judgeSuite(installation: number, repo: Repository, head: string): Promise<void> {
    return this.#add(installation, { kind: 'check suite', repo, head });
  }

  /** Answers the commands of a comment and judges the pull request again where its author may ask for that. */
  answer(installation: number, comment: SpokenComment, number: number): Promise<void> {
    return this.#add(installation, { kind: 'comment', comment, number, withdrawn: false });
  }

  /** Judges again because a comment is gone that asked for something: what it asked for no longer counts. */
  withdraw(installation: number, comment: SpokenComment, number: number): Promise<void> {
    return this.#add(installation, { kind: 'comment', comment, number, withdrawn: true });
  }

  /**
   * Judges again, a few at a time, the open pull requests whose verdict a push can have changed: of its branch, or of all
   * repositories of an installation where it changed the owner's registry.
   */
  async judgeConcerned(installation: number, push: Push): Promise<void> {
    if (push.touches === null) return;
    await this.#add(installation, { kind: 'push', push, at: this.#options.now(), left: null });
  }

  /** Finds the merge groups and open pull requests without a lasting verdict of ours, and judges them. */
  sweep(installation: number): Promise<void> {
    return this.#add(installation, { kind: 'sweep', installation });
  }

  /** Sweeps all installations; at first and every hour GitHub is asked to send again what did not arrive. */
  async sweepAll({ app }: Pick<Connections, 'app'>, log: Logger): Promise<void> {
    const { now } = this.#options;
    for (const installation of await listInstallations(app)) await this.sweep(installation);
    if (now() - this.#redelivered < REDELIVER_EVERY) return;
    this.#redelivered = now();
    const count = await redeliverFailed(app, now() - DELIVERIES_KEPT);
    if (count > 0) log.info({ count }, 'asked GitHub to send lost deliveries again');
  }

  /** Drops all that waits for an installation which is gone. */
  forget(installation: number): Promise<void> {
    return this.#options.queue.cancelOwner(String(installation));
  }
}

function sharedKey({ owner, name }: Repository, head: string): string {
  return `shared ${owner}/${name} `.toLowerCase() + head;
}

/** Whether a head is known to be that of several pull requests. What is forgotten, the sweep sees. */
export async function isShared(facts: SharedFacts, repo: Repository, head: string): Promise<boolean> {
  return (await facts.get(sharedKey(repo, head))) !== null;
}

export function markShared(facts: SharedFacts, repo: Repository, head: string): Promise<void> {
  return facts.set(sharedKey(repo, head), 'yes');
}
