import type { QueueCounts } from './job-queue.ts';

/** One piece of work about one thing, such as a pull request. */
export interface Job {
  /** What the work is about: jobs of one key never run at the same time, and a newer one takes the place of an older. */
  key: string;
  /** Whose work it is, such as an installation's: owners take turns. */
  owner: string;
  /** What the work looks at, such as the head's SHA; null where only the work itself finds out. */
  version: string | null;
  /**
   * Does the work. The signal is aborted, with the newer version as its reason, when another version waits, or without
   * one when the work is cancelled; whoever runs may stop early.
   * @param attempt from 1
   * @returns milliseconds after which it wants to run again, unless a newer job takes its place; null if it is done
   */
  run(signal: AbortSignal, attempt: number): Promise<number | null>;
}

export interface QueueOptions {
  /** How many jobs run at the same time. */
  concurrency: number;
  /** How many of one owner; `concurrency` unless given. */
  perOwner?: number;
  /** A job threw: it is not run again. */
  onFailure(error: unknown, job: Job): void;
  /** Called whenever a number may have changed. */
  onChange?(counts: Counts): void;
}

/** The numbers of jobs by state. */
type Counts = Omit<QueueCounts, 'dead'>;

/** All that is known of one key: at most one job runs, and at most one comes after it. */
interface Lane {
  running: { job: Job; abort: AbortController } | null;
  next: { job: Job; attempt: number; timer: NodeJS.Timeout | null } | null;
}

/** Runs jobs in this process: one for each key at a time, the newest last, owners in turn. Holds nothing on disk. */
export class Queue {
  readonly #options: Required<QueueOptions>;
  readonly #lanes = new Map<string, Lane>();
  /** Owner → keys whose next job could start now, oldest first; the owner whose turn it is comes first. */
  readonly #ready = new Map<string, Set<string>>();
  readonly #runningOf = new Map<string, number>();
  readonly #counts: Counts = { waiting: 0, running: 0, delayed: 0 };
  readonly #idle: (() => void)[] = [];
  readonly #undone = new Set<string>();
  #closed = false;

  constructor(options: QueueOptions) {
    this.#options = { perOwner: options.concurrency, onChange: () => {}, ...options };
  }

  get counts(): Readonly<Counts> {
    return this.#counts;
  }

  /** Takes the place of a job of the same key that waits. @returns false when the queue takes no more jobs */
  add(job: Job): boolean {
    if (this.#closed) return false;
    const lane = this.#laneOf(job.key);
    const waitsAlready = lane.next?.job.owner === job.owner && lane.next.timer === null;
    // Whoever is replaced leaves its place to the newer job: a busy pull request must not fall behind again and again.
    if (waitsAlready && lane.next) lane.next = { job, attempt: 1, timer: null };
    else {
      this.#dropNext(job.key, lane);
      this.#enqueue(job.key, lane, { job, attempt: 1, timer: null });
    }
    if (lane.running && isNewer(job, lane.running.job)) lane.running.abort.abort(job.version);
    this.#changed();
    return true;
  }

  /** Whether a job of this key runs and none comes after it, or one waits or will run again. */
  stateOf(key: string): 'runs' | 'waits' | null {
    const lane = this.#lanes.get(key);
    if (!lane) return null;
    return lane.next === null ? 'runs' : 'waits';
  }

  /** Cancels all work of an owner. */
  cancelOwner(owner: string): void {
    for (const [key, { running, next }] of [...this.#lanes]) {
      if ((next ?? running)?.job.owner === owner) this.cancel(key);
    }
  }

  /** Forgets what waits for a key and tells the running job to stop. */
  cancel(key: string): void {
    const lane = this.#lanes.get(key);
    if (!lane) return;
    this.#dropNext(key, lane);
    lane.running?.abort.abort();
    this.#forget(key, lane);
    this.#changed();
  }

  /**
   * Takes no more jobs and waits for running ones, at most so many milliseconds. Those that take longer are not aborted:
   * an aborted job would say that something newer is judged, and nothing is.
   * @returns the keys whose work is not done: it has to be found again by whoever comes next
   */
  async drain(milliseconds: number): Promise<string[]> {
    this.#closed = true;
    for (const [key, lane] of this.#lanes) {
      if (lane.next) this.#undone.add(key);
      this.#dropNext(key, lane);
      this.#forget(key, lane);
    }
    this.#changed();
    await this.#untilIdle(milliseconds);
    return [...new Set([...this.#undone, ...this.#lanes.keys()])];
  }

  #untilIdle(milliseconds: number): Promise<void> {
    if (this.#counts.running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #laneOf(key: string): Lane {
    const lane = this.#lanes.get(key) ?? { running: null, next: null };
    this.#lanes.set(key, lane);
    return lane;
  }

  #forget(key: string, lane: Lane): void {
    if (!lane.running && !lane.next) this.#lanes.delete(key);
  }

  #enqueue(key: string, lane: Lane, next: NonNullable<Lane['next']>): void {
    lane.next = next;
    this.#counts.waiting += 1;
    if (!lane.running) this.#makeReady(key, next.job.owner);
  }

  #makeReady(key: string, owner: string): void {
    const keys = this.#ready.get(owner) ?? new Set();
    this.#ready.set(owner, keys.add(key));
  }

  #dropNext(key: string, lane: Lane): void {
    const { next } = lane;
    if (!next) return;
    lane.next = null;
    if (next.timer) {
      clearTimeout(next.timer);
      this.#counts.delayed -= 1;
      return;
    }
    this.#counts.waiting -= 1;
    this.#unready(key, next.job.owner);
  }

  #unready(key: string, owner: string): void {
    const keys = this.#ready.get(owner);
    keys?.delete(key);
    if (keys?.size === 0) this.#ready.delete(owner);
  }

  /** Starts what may start, then tells of the new numbers. */
  #changed(): void {
    while (this.#counts.running < this.#options.concurrency && this.#startNext()) {}
    this.#options.onChange(this.#counts);
  }

  #startNext(): boolean {
    for (const [owner, keys] of this.#ready) {
      if ((this.#runningOf.get(owner) ?? 0) >= this.#options.perOwner) continue;
      const [key] = keys;
      this.#unready(key as string, owner);
      // To the end of the line: every other owner comes before this one's next job.
      if (keys.size > 0) {
        this.#ready.delete(owner);
        this.#ready.set(owner, keys);
      }
      this.#start(key as string, this.#lanes.get(key as string) as Lane);
      return true;
    }
    return false;
  }

  #start(key: string, lane: Lane): void {
    const { job, attempt } = lane.next as NonNullable<Lane['next']>;
    const abort = new AbortController();
    lane.next = null;
    lane.running = { job, abort };
    this.#counts.waiting -= 1;
    this.#count(job.owner, 1);
    // Not `job.run()` at once: a job that throws without a promise is a failed job as well.
    void Promise.resolve()
      .then(() => job.run(abort.signal, attempt))
      .catch((error: unknown) => {
        this.#options.onFailure(error, job);
        return null;
      })
      .catch(() => null)
      .then((again) =>
        this.#finish(key, lane, { job, attempt: attempt + 1, again: abort.signal.aborted ? null : again }),
      );
  }

  #finish(key: string, lane: Lane, { job, attempt, again }: { job: Job; attempt: number; again: number | null }): void {
    lane.running = null;
    this.#count(job.owner, -1);
    if (lane.next) this.#makeReady(key, lane.next.job.owner);
    else if (again !== null && this.#closed) this.#undone.add(key);
    else if (again !== null) this.#delay(key, lane, job, attempt, again);
    this.#forget(key, lane);
    this.#changed();
    if (this.#counts.running === 0) for (const idle of this.#idle.splice(0)) idle();
  }

  #delay(key: string, lane: Lane, job: Job, attempt: number, milliseconds: number): void {
    const timer = setTimeout(() => {
      this.#counts.delayed -= 1;
      this.#enqueue(key, lane, { job, attempt, timer: null });
      this.#changed();
    }, milliseconds);
    lane.next = { job, attempt, timer };
    this.#counts.delayed += 1;
  }

  #count(owner: string, by: number): void {
    this.#counts.running += by;
    const running = (this.#runningOf.get(owner) ?? 0) + by;
    if (running === 0) this.#runningOf.delete(owner);
    else this.#runningOf.set(owner, running);
  }
}

function isNewer({ version }: Job, running: Job): boolean {
  return version !== null && running.version !== null && version !== running.version;
}
