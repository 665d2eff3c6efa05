import { randomUUID } from 'node:crypto';
import { type Job as BullJob, Queue as BullQueue, Worker } from 'bullmq';
import type { Logger } from '../../runtime/log.ts';
import type { Ending, Job, JobQueue, QueueCounts, RunJob, Turn } from '../job-queue.ts';
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

/** The slot that a job runs in, and by whom: another process that takes it over has another token. */
interface HeldSlot extends OwnersTurn {
  token: string;
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
  readonly #link: RedisLink;
  readonly #turns: BullQueue<OwnersTurn>;
  readonly #running = new Map<string, AbortController>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #worker: Worker<OwnersTurn> | null = null;
  #run: RunJob<Task> | null = null;

  constructor(options: RedisQueueOptions) {
    this.#options = options;
    this.#link = options.link;
    this.#turns = new BullQueue('turns', { connection: options.link.commands, prefix: PREFIX });
    this.#turns.on('error', () => {}); // The link tells what goes wrong.
  }

  async add({ owner, key, task, version, anew }: Job<Task>): Promise<void> {
    const values = [owner, key, JSON.stringify(task), version ?? '', Date.now(), CHANNEL, anew ? 1 : 0];
    const seq = await this.#link.run(ADD, ...values);
    await this.#giveTurn(owner, seq % this.#options.perOwner);
  }

  async stateOf(owner: string, key: string): Promise<'runs' | 'waits' | null> {
    const lane = `${PREFIX}:lane:${owner}:${key}`;
    const [state, seq, ran] = await this.#link.ask((redis) => redis.hmget(lane, 'state', 'seq', 'ranSeq'));
    if (!state) return null;
    return state === 'run' && seq === ran ? 'runs' : 'waits';
  }

  async isHopeless(owner: string, key: string, version: string): Promise<boolean> {
    const found = await this.#link.ask((redis) => redis.hget(`${PREFIX}:dead`, `${owner}\n${key}`));
    return found !== null && (JSON.parse(found) as Job).version === version;
  }

  async cancel(owner: string, key: string): Promise<void> {
    await this.#link.run(CANCEL, owner, key, CHANNEL);
  }

  async cancelOwner(owner: string): Promise<void> {
    await this.#link.run(CANCEL, owner, '', CHANNEL);
  }

  async counts(): Promise<QueueCounts> {
    const [waiting, running, delayed, dead] = await this.#link.run(COUNT);
    return { waiting, running, delayed, dead };
  }

  /** All that was set aside, the oldest first. */
  async dead(): Promise<DeadLetter<Task>[]> {
    const all = await this.#link.ask((redis) => redis.hvals(`${PREFIX}:dead`));
    return all.map((text) => JSON.parse(text) as DeadLetter<Task>).sort((a, b) => a.at - b.at);
  }

  start(run: RunJob<Task>): void {
    const { concurrency, lease } = this.#options;
    this.#run = run;
    this.#worker = new Worker<OwnersTurn>('turns', (turn, token) => this.#take(turn, token as string), {
      connection: this.#link.patient(),
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
    this.#link.onReturn(() => void this.#repair().catch(() => {}));
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
    const listener = this.#link.patient();
    void listener.subscribe(CHANNEL).catch(() => {});
    listener.on('message', (_channel: string, text: string) => {
      const { owner, key, version = null } = JSON.parse(text) as { owner: string; key: string; version?: string };
      this.#running.get(`${owner}\n${key}`)?.abort(version);
    });
  }

  /** There already is one: it takes the job that this one would have. */
  async #giveTurn(owner: string, slot: number): Promise<void> {
    const forgotten = { removeOnComplete: true, removeOnFail: true };
    const options = { jobId: `${owner}-${slot}`, ...forgotten };
    await this.#link.ask(() => this.#turns.add('turn', { owner, slot }, options));
  }

  /** Behind the turns of all other owners, and only after the last one is over: its place must be free. */
  async #giveNext({ owner, slot }: OwnersTurn): Promise<void> {
    try {
      const waiting = await this.#link.ask((redis) => redis.llen(`${PREFIX}:line:${owner}`));
      if (waiting > 0) await this.#giveTurn(owner, slot);
    } catch {
      // The next repair sees it.
    }
  }

  async #wake(): Promise<void> {
    const owners = await this.#link.run(WAKE, Date.now());
    for (const [at, owner] of owners.entries()) await this.#giveTurn(owner, at % this.#options.perOwner);
  }

  /** Whatever a process did not come to do between two steps. */
  async #repair(): Promise<void> {
    const mine = await this.#link.ask((redis) => redis.set(`${PREFIX}:repair`, 1, 'PX', REPAIR_EVERY - 500, 'NX'));
    if (mine === null) return;
    const left = await this.#link.run(LEFT, this.#options.perOwner);
    for (let at = 0; at < left.length; at += 2) await this.#giveTurn(left[at] as string, Number(left[at + 1]));
  }

  async #take(turn: BullJob<OwnersTurn>, lockToken: string): Promise<void> {
    const lease = await Lease.open(turn, lockToken, this.#options.lease);
    if (lease === null) return;
    try {
      const held = { ...turn.data, token: randomUUID() };
      const taken = await this.#link.run(TAKE, held.owner, held.slot, held.token);
      if (taken !== null) await this.#do(taken, held, lease);
    } finally {
      lease.close();
    }
  }

  async #do(taken: Taken, held: HeldSlot, lease: Lease): Promise<void> {
    const [key, text, version, seq, attempt, starts, queuedAt, unfinished, anew] = taken;
    const { owner } = held;
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
      await this.#finish(job, { ...held, seq }, ending, lease);
    } finally {
      if (this.#running.get(name) === abort) this.#running.delete(name);
    }
  }

  async #runJob(job: Job<Task>, turn: Turn): Promise<Ending<Task>> {
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
    { owner, slot, token, seq }: HeldSlot & { seq: string },
    ending: Ending<Task>,
    lease: Lease,
  ): Promise<void> {
    const how = ending === null ? 'done' : 'hopeless' in ending ? 'dead' : 'again';
    const again = ending !== null && 'again' in ending ? ending : { again: 0 };
    const hold = ending !== null && 'again' in ending && ending.ownerWaits ? Math.ceil(again.again) : 0;
    const dead = how === 'dead' ? JSON.stringify({ ...job, ...ending, at: Date.now() }) : '';
    const task = 'task' in again && again.task !== undefined ? JSON.stringify(again.task) : '';
    while (!lease.isLost()) {
      try {
        const due = Date.now() + again.again;
        await this.#link.run(FINISH, owner, slot, token, job.key, seq, how, due, task, hold, dead);
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
