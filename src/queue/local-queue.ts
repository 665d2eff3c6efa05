import { FactsCache } from '../cache/facts-cache.ts';
import type { Job, JobQueue, QueueCounts, RunJob, SharedFacts } from './job-queue.ts';
import { Queue } from './queue.ts';

export interface LocalQueueOptions {
  /** How many jobs run at the same time. */
  concurrency: number;
  /** How many of one owner. */
  perOwner: number;
  /** A job threw: it is not run again. */
  onFailure(error: unknown, job: { key: string }): void;
}

/** Versions that were set aside are remembered for the sweep, those of the latest keys. */
const MOST_DEAD = 5_000;

/** The queue of a server that is one process. It holds nothing on disk: what a crash loses, the sweep finds. */
export class LocalQueue<Task> implements JobQueue<Task> {
  readonly #queue: Queue;
  /** Keys of which something is asked for anew that no job has done yet. */
  readonly #anew = new Set<string>();
  readonly #dead = new FactsCache<string | null>(MOST_DEAD);
  #run: RunJob<Task> | null = null;

  constructor(options: LocalQueueOptions) {
    this.#queue = new Queue(options);
  }

  start(run: RunJob<Task>): void {
    this.#run = run;
  }

  async add(job: Job<Task>): Promise<void> {
    const queuedAt = Date.now();
    let { task } = job;
    let attempt = 0;
    if (job.anew) this.#anew.add(job.key);
    this.#queue.add({
      ...{ key: job.key, owner: job.owner, version: job.version },
      run: async (signal) => {
        attempt += 1;
        if (this.#run === null) throw new Error('the queue was not started');
        const anew = this.#anew.delete(job.key);
        const turn = { signal, attempt, unfinished: null, anew, queuedAt, isLost: () => false };
        const ending = await this.#run({ ...job, task }, turn);
        if (anew && ending !== null && 'again' in ending) this.#anew.add(job.key);
        if (ending !== null && 'hopeless' in ending) this.#dead.set(job.key, job.version);
        else if (!signal.aborted) this.#dead.delete(job.key);
        if (ending === null || 'hopeless' in ending) return null;
        if (ending.task !== undefined) {
          task = ending.task;
          attempt = 0;
        }
        return ending.again;
      },
    });
  }

  async stateOf(_owner: string, key: string): Promise<'runs' | 'waits' | null> {
    return this.#queue.stateOf(key);
  }

  async isHopeless(_owner: string, key: string, version: string): Promise<boolean> {
    return this.#dead.get(key) === version;
  }

  async cancel(_owner: string, key: string): Promise<void> {
    this.#anew.delete(key);
    this.#queue.cancel(key);
  }

  async cancelOwner(owner: string): Promise<void> {
    this.#queue.cancelOwner(owner);
  }

  async counts(): Promise<QueueCounts> {
    return { ...this.#queue.counts, dead: this.#dead.size };
  }

  async drain(milliseconds: number): Promise<number> {
    return (await this.#queue.drain(milliseconds)).length;
  }
}

const MOST_FACTS = 50_000;

/** What a server of one process remembers. */
export function localFacts(): SharedFacts {
  const facts = new FactsCache<string>(MOST_FACTS);
  return {
    get: async (key) => facts.get(key) ?? null,
    set: async (key, value) => facts.set(key, value),
  };
}
