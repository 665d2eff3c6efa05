import { LRUCache } from 'lru-cache';
import type { Ending, Job, JobQueue, QueueCounts, RunJob, SharedFacts, Turn } from './job-queue.ts';

interface LocalQueueOptions {
  /** How many jobs run at the same time. */
  concurrency: number;
  /** How many of one owner. */
  perOwner: number;
  /** A job threw: it is not run again. */
  onFailure(error: unknown, job: { key: string }): void;
}

interface Waiting<Task> {
  job: Job<Task>;
  attempt: number;
  queuedAt: number;
  /** Null once its time has come. */
  timer: NodeJS.Timeout | null;
}

interface Running<Task> {
  job: Job<Task>;
  abort: AbortController;
}

/** All that is known of one key: at most one job runs, and at most one comes after it. */
interface Lane<Task> {
  key: string;
  running: Running<Task> | null;
  next: Waiting<Task> | null;
}

/** Keys whose set-aside version is remembered for the sweep. */
const MOST_DEAD = 5_000;

/** The queue of a server that is one process. It holds nothing on disk: what a crash loses, the sweep finds. */
export class LocalQueue<Task> implements JobQueue<Task> {
  readonly #options: LocalQueueOptions;
  readonly #lanes = new Map<string, Lane<Task>>();
  /** Owner → lanes whose next job could start now, oldest first; the owner whose turn it is comes first. */
  readonly #ready = new Map<string, Set<Lane<Task>>>();
  readonly #running = new Set<Running<Task>>();
  /** Keys with a job that was added as `anew` and has not begun. */
  readonly #anew = new Set<string>();
  /** Key → the version that was set aside; '' for none. */
  readonly #dead = new LRUCache<string, string>({ max: MOST_DEAD });
  #run: RunJob<Task> | null = null;
  #closed = false;
  #onIdle = () => {};

  constructor(options: LocalQueueOptions) {
    this.#options = options;
  }

  start(run: RunJob<Task>): void {
    this.#run = run;
  }

  async add(job: Job<Task>): Promise<void> {
    if (this.#closed) return;
    if (job.anew) this.#anew.add(job.key);
    const lane = this.#lanes.get(job.key) ?? { key: job.key, running: null, next: null };
    this.#lanes.set(job.key, lane);
    const next = { job, attempt: 1, queuedAt: Date.now(), timer: null };
    // The newer job takes the place in the line: a busy pull request must not fall behind again and again.
    if (lane.next?.timer === null && lane.next.job.owner === job.owner) lane.next = next;
    else {
      this.#dropNext(lane);
      this.#enqueue(lane, next);
    }
    if (lane.running && isNewer(job, lane.running.job)) lane.running.abort.abort(job.version);
    this.#startReady();
  }

  async stateOf(_owner: string, key: string): Promise<'runs' | 'waits' | null> {
    const lane = this.#lanes.get(key);
    if (!lane) return null;
    return lane.next === null ? 'runs' : 'waits';
  }

  async isHopeless(_owner: string, key: string, version: string): Promise<boolean> {
    return this.#dead.get(key) === version;
  }

  async cancel(_owner: string, key: string): Promise<void> {
    this.#anew.delete(key);
    const lane = this.#lanes.get(key);
    if (!lane) return;
    this.#dropNext(lane);
    lane.running?.abort.abort();
    this.#forget(lane);
  }

  async cancelOwner(owner: string): Promise<void> {
    for (const { key, running, next } of [...this.#lanes.values()])
      if ((next ?? running)?.job.owner === owner) await this.cancel(owner, key);
  }

  async counts(): Promise<QueueCounts> {
    const next = [...this.#lanes.values()].flatMap((lane) => lane.next ?? []);
    const waiting = next.filter(({ timer }) => timer === null).length;
    return { waiting, running: this.#running.size, delayed: next.length - waiting, dead: this.#dead.size };
  }

  /** Does not abort running jobs: they would publish that something newer is judged, which is not so. */
  async drain(milliseconds: number): Promise<number> {
    this.#closed = true;
    for (const { next } of this.#lanes.values()) clearTimeout(next?.timer ?? undefined);
    if (this.#running.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#lanes.size;
  }

  #forget(lane: Lane<Task>): void {
    if (!lane.running && !lane.next) this.#lanes.delete(lane.key);
  }

  #enqueue(lane: Lane<Task>, next: Waiting<Task>): void {
    lane.next = next;
    if (!lane.running) this.#makeReady(lane, next.job.owner);
  }

  #makeReady(lane: Lane<Task>, owner: string): void {
    this.#ready.set(owner, (this.#ready.get(owner) ?? new Set()).add(lane));
  }

  #dropNext(lane: Lane<Task>): void {
    if (!lane.next) return;
    clearTimeout(lane.next.timer ?? undefined);
    this.#unready(lane, lane.next.job.owner);
    lane.next = null;
  }

  #unready(lane: Lane<Task>, owner: string): void {
    const lanes = this.#ready.get(owner);
    lanes?.delete(lane);
    if (lanes?.size === 0) this.#ready.delete(owner);
  }

  #startReady(): void {
    const { concurrency, perOwner } = this.#options;
    const isFree = (owner: string) => [...this.#running].filter(({ job }) => job.owner === owner).length < perOwner;
    while (!this.#closed && this.#running.size < concurrency) {
      const [owner, lanes] = [...this.#ready].find(([each]) => isFree(each)) ?? [];
      const [lane] = lanes ?? [];
      if (owner === undefined || lanes === undefined || lane === undefined) return;
      this.#unready(lane, owner);
      // To the end of the line: every other owner comes before this one's next job.
      if (this.#ready.delete(owner)) this.#ready.set(owner, lanes);
      void this.#start(lane);
    }
  }

  async #start(lane: Lane<Task>): Promise<void> {
    const { job, attempt, queuedAt } = lane.next as Waiting<Task>;
    const running = { job, abort: new AbortController() };
    lane.next = null;
    lane.running = running;
    this.#running.add(running);
    const { signal } = running.abort;
    // Through a promise, so that a job that throws at once fails like any other.
    const ending = await Promise.resolve()
      .then(() => this.#runJob(job, { signal, attempt, unfinished: null, queuedAt, isLost: () => false }))
      .catch((error: unknown) => {
        this.#options.onFailure(error, job);
        return null;
      })
      .catch(() => null);
    lane.running = null;
    this.#running.delete(running);
    const again = ending !== null && 'again' in ending && !signal.aborted ? ending : null;
    if (lane.next) this.#makeReady(lane, (lane.next as Waiting<Task>).job.owner);
    else if (again) {
      const progress =
        again.task === undefined ? { job, attempt: attempt + 1 } : { job: { ...job, task: again.task }, attempt: 1 };
      this.#delay(lane, { ...progress, queuedAt }, again.again);
    }
    this.#forget(lane);
    this.#startReady();
    if (this.#running.size === 0) this.#onIdle();
  }

  async #runJob(job: Job<Task>, turn: Omit<Turn, 'anew'>): Promise<Ending<Task>> {
    const anew = this.#anew.delete(job.key);
    const ending = await (this.#run as RunJob<Task>)(job, { ...turn, anew });
    if (anew && ending !== null && 'again' in ending) this.#anew.add(job.key);
    if (ending !== null && 'hopeless' in ending) this.#dead.set(job.key, job.version ?? '');
    else if (!turn.signal.aborted) this.#dead.delete(job.key);
    return ending;
  }

  #delay(lane: Lane<Task>, waiting: Omit<Waiting<Task>, 'timer'>, milliseconds: number): void {
    const whenOver = () => {
      this.#enqueue(lane, { ...waiting, timer: null });
      this.#startReady();
    };
    lane.next = { ...waiting, timer: this.#closed ? null : setTimeout(whenOver, milliseconds) };
  }
}

function isNewer({ version }: Job, running: Job): boolean {
  return version !== null && running.version !== null && version !== running.version;
}

const MOST_FACTS = 50_000;

/** What a server of one process remembers. */
export function localFacts(): SharedFacts {
  const facts = new LRUCache<string, string>({ max: MOST_FACTS });
  return {
    get: async (key) => facts.get(key) ?? null,
    set: async (key, value) => void facts.set(key, value),
  };
}
