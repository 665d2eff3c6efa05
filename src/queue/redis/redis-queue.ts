import { randomUUID } from 'node:crypto';
import { type Job as BullJob, Queue as BullQueue, Worker } from 'bullmq';
import type { Logger } from '../../runtime/log.ts';
import type { Ending, Job, JobQueue, QueueCounts, RunJob } from '../job-queue.ts';
import { ADD, CANCEL, COUNT, FINISH, LEFT, TAKE, type Taken, WAKE } from './lanes.ts';
import { Lease } from './lease.ts';
import { PREFIX, type RedisLink } from './redis-link.ts';

interface RedisQueueOptions {
  link: RedisLink;
  log: Logger;
  /** How many jobs run at the same time in this process. */
  concurrency: number;
  /** How many of one owner in all processes. */
  perOwner: number;
  /** Milliseconds after which another process may take over the work of one that does not show itself. */
  lease: number;
}

/** A job that was set aside. */
export interface DeadLetter<Task> extends Job<Task> {
  hopeless: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** An owner's turn in the line of all owners; which of its jobs is done then, the lanes know. */
interface OwnersTurn {
  owner: string;
  slot: number;
}

const CHANNEL = `${PREFIX}:stop`;
/** Milliseconds between two looks for jobs whose time has come. */
const WAKE_EVERY = 1_000;
/** Milliseconds between two looks for turns that were lost with a process. */
const REPAIR_EVERY = 5_000;
/** A job in which the process died so often is not tried again: it may be what kills it. */
const MOST_STARTS = 5;

/**
 * The queue of a server that is many processes. BullMQ hands out turns, at most so many to one owner, which is what makes
 * it fair, and gives the turn of a process that died to another one. What is to be done in a turn, the newest job of each
 * key, stands in lanes beside it (lanes.ts).
 */
export class RedisQueue<Task> implements JobQueue<Task> {
  readonly #options: RedisQueueOptions;
  readonly #turns: BullQueue<OwnersTurn>;
  readonly #running = new Map<string, AbortController>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #worker: Worker<OwnersTurn> | null = null;
  #run: RunJob<Task> | null = null;

  constructor(options: RedisQueueOptions) {
    this.#options = options;
    this.#turns = new BullQueue('turns', { connection: options.link.commands, prefix: PREFIX });
    this.#turns.on('error', () => {}); // The link tells what goes wrong.
  }

  async add({ owner, key, task, version, anew }: Job<Task>): Promise<void> {
    const { link, perOwner } = this.#options;
    const values = [owner, key, JSON.stringify(task), version ?? '', Date.now(), CHANNEL, anew ? 1 : 0];
    const seq = await link.ask((redis) => ADD.run(redis, ...values));
    await link.ask(() => this.#giveTurn(owner, seq % perOwner));
  }

  async stateOf(owner: string, key: string): Promise<'runs' | 'waits' | null> {
    const lane = `${PREFIX}:lane:${owner}:${key}`;
    const [state, seq, ran] = await this.#options.link.ask((redis) => redis.hmget(lane, 'state', 'seq', 'ranSeq'));
    if (!state) return null;
    return state === 'run' && seq === ran ? 'runs' : 'waits';
  }

  async isHopeless(owner: string, key: string, version: string): Promise<boolean> {
    const found = await this.#options.link.ask((redis) => redis.hget(`${PREFIX}:dead`, `${owner}\n${key}`));
    return found !== null && (JSON.parse(found) as Job).version === version;
  }

  async cancel(owner: string, key: string): Promise<void> {
    await this.#options.link.ask((redis) => CANCEL.run(redis, owner, key, CHANNEL));
  }

  async cancelOwner(owner: string): Promise<void> {
    await this.#options.link.ask((redis) => CANCEL.run(redis, owner, '', CHANNEL));
  }

  async counts(): Promise<QueueCounts> {
    const [waiting, running, delayed, dead] = await this.#options.link.ask((redis) => COUNT.run(redis));
    return { waiting, running, delayed, dead };
  }

  /** All that was set aside, the oldest first. */
  async dead(): Promise<DeadLetter<Task>[]> {
    const all = await this.#options.link.ask((redis) => redis.hvals(`${PREFIX}:dead`));
    return all.map((text) => JSON.parse(text) as DeadLetter<Task>).sort((a, b) => a.at - b.at);
  }

  start(run: RunJob<Task>): void {
    const { link, concurrency, lease } = this.#options;
    this.#run = run;
    this.#worker = new Worker<OwnersTurn>('turns', (turn, token) => this.#take(turn, token as string), {
      connection: link.patient(),
      prefix: PREFIX,
      ...{ concurrency, lockDuration: lease, stalledInterval: lease / 2, skipLockRenewal: true },
      // A turn is never given up; whether a job is, its lane decides.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      ...{ runRetryDelay: 1_000, drainDelay: 2 },
    });
    this.#worker.on('error', () => {});
    this.#worker.on('completed', ({ data }) => void this.#giveNext(data));
    this.#listen();
    this.#every(WAKE_EVERY, () => this.#wake());
    this.#every(REPAIR_EVERY, () => this.#repair());
    link.onReturn(() => void this.#repair().catch(() => {}));
  }

  async drain(milliseconds: number): Promise<number> {
    for (const timer of this.#timers) clearInterval(timer);
    const worker = this.#worker;
    if (worker) {
      const patience = <Value>(waited: Promise<Value>, most: number) =>
        Promise.race([waited, new Promise((resolve) => setTimeout(resolve, most).unref())]);
      await worker.pause(true);
      const end = Date.now() + milliseconds;
      while (this.#running.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
      await patience(worker.close(this.#running.size > 0), 2_000);
    }
    return this.#running.size;
  }

  #every(milliseconds: number, look: () => Promise<void>): void {
    const timer = setInterval(() => void look().catch(() => {}), milliseconds);
    this.#timers.add(timer.unref());
  }

  /** A newer version, or an end, told by whichever process heard of it. */
  #listen(): void {
    const listener = this.#options.link.patient();
    void listener.subscribe(CHANNEL).catch(() => {});
    listener.on('message', (_channel: string, text: string) => {
      const { owner, key, version = null } = JSON.parse(text) as { owner: string; key: string; version?: string };
      this.#running.get(`${owner}\n${key}`)?.abort(version);
    });
  }

  /** There already is one: it takes the job that this one would have. */
  async #giveTurn(owner: string, slot: number): Promise<void> {
    const forgotten = { removeOnComplete: true, removeOnFail: true };
    await this.#turns.add('turn', { owner, slot }, { jobId: `${owner}-${slot}`, ...forgotten });
  }

  /** Behind the turns of all other owners, and only after the last one is over: its place must be free. */
  async #giveNext({ owner, slot }: OwnersTurn): Promise<void> {
    try {
      const waiting = await this.#options.link.ask((redis) => redis.llen(`${PREFIX}:line:${owner}`));
      if (waiting > 0) await this.#giveTurn(owner, slot);
    } catch {
      // The next repair sees it.
    }
  }

  async #wake(): Promise<void> {
    const { link, perOwner } = this.#options;
    const owners = await link.ask((redis) => WAKE.run(redis, Date.now()));
    for (const [at, owner] of owners.entries()) await link.ask(() => this.#giveTurn(owner, at % perOwner));
  }

  /** Whatever a process did not come to do between two steps. */
  async #repair(): Promise<void> {
    const { link, perOwner } = this.#options;
    const mine = await link.ask((redis) => redis.set(`${PREFIX}:repair`, 1, 'PX', REPAIR_EVERY - 500, 'NX'));
    if (mine === null) return;
    const left = await link.ask((redis) => LEFT.run(redis, perOwner));
    for (let at = 0; at < left.length; at += 2)
      await link.ask(() => this.#giveTurn(left[at] as string, Number(left[at + 1])));
  }

  async #take(turn: BullJob<OwnersTurn>, token: string): Promise<void> {
    const { link, lease } = this.#options;
    const { owner, slot } = turn.data;
    const held = await Lease.open(turn, token, lease);
    if (held === null) return;
    try {
      const mine = randomUUID();
      const taken = await link.ask((redis) => TAKE.run(redis, owner, slot, mine));
      if (taken !== null) await this.#do(taken, { owner, slot, mine }, held);
    } finally {
      held.close();
    }
  }

  async #do(taken: Taken, place: Place, lease: Lease): Promise<void> {
    const [key, text, version, seq, attempt, starts, queuedAt, unfinished, anew] = taken;
    const { owner } = place;
    const job: Job<Task> = { key, owner, version: version === '' ? null : version, task: JSON.parse(text) as Task };
    const abort = new AbortController();
    lease.onLost(() => abort.abort(null));
    const name = `${owner}\n${key}`;
    this.#running.set(name, abort);
    try {
      const of = { attempt, unfinished: unfinished || null, anew: anew === 1, queuedAt: Number(queuedAt) };
      const ending =
        starts > MOST_STARTS
          ? { hopeless: `the process that ran it died ${MOST_STARTS} times` }
          : await this.#runJob(job, { ...of, signal: abort.signal, isLost: () => lease.isLost() });
      await this.#finish(job, { ...place, seq }, ending, lease);
    } finally {
      if (this.#running.get(name) === abort) this.#running.delete(name);
    }
  }

  async #runJob(job: Job<Task>, turn: Parameters<RunJob<Task>>[1]): Promise<Ending<Task>> {
    try {
      return await (this.#run as RunJob<Task>)(job, turn);
    } catch (error) {
      this.#options.log.error({ err: error, key: job.key }, 'a job broke');
      return { hopeless: 'it broke' };
    }
  }

  /** Tells how it ended until Redis has heard it, or another process may have begun it anew. */
  async #finish(
    job: Job<Task>,
    { owner, slot, mine, seq }: Place & { seq: string },
    ending: Ending<Task>,
    lease: Lease,
  ): Promise<void> {
    const { link } = this.#options;
    const how = ending === null ? 'done' : 'hopeless' in ending ? 'dead' : 'again';
    const again = ending !== null && 'again' in ending ? ending : { again: 0 };
    const hold = ending !== null && 'again' in ending && ending.ownerWaits ? Math.ceil(again.again) : 0;
    const dead = how === 'dead' ? JSON.stringify({ ...job, ...ending, at: Date.now() }) : '';
    const task = 'task' in again && again.task !== undefined ? JSON.stringify(again.task) : '';
    while (!lease.isLost()) {
      try {
        const due = Date.now() + again.again;
        await link.ask((redis) => FINISH.run(redis, owner, slot, mine, job.key, seq, how, due, task, hold, dead));
        if (how === 'again') this.#wakeAfter(again.again);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** Sooner than the next look; whoever is there then looks again. */
  #wakeAfter(milliseconds: number): void {
    if (milliseconds > WAKE_EVERY) return;
    setTimeout(() => void this.#wake().catch(() => {}), milliseconds + 1).unref();
  }
}

interface Place {
  owner: string;
  slot: number;
  /** Who runs it; another process that takes the slot over has another one. */
  mine: string;
}
