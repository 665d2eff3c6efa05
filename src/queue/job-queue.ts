/** One piece of work about one thing, such as a pull request; plain data, so that any process can do it. */
export interface Job<Task = unknown> {
  /** What the work is about: jobs of one key never run at the same time, and a newer one takes the place of an older. */
  key: string;
  /** Whose work it is, such as an installation's: owners take turns. */
  owner: string;
  /** What the work is done on, such as the head's SHA; null where only the work itself finds out. */
  version: string | null;
  /** What is to be done; must survive JSON. */
  task: Task;
  /** Whether earlier results do not count. A job that replaces this one inherits it. */
  anew?: boolean;
}

/** What a job is told when its turn has come. */
export interface Turn {
  /**
   * Aborted when the job may stop early. The reason is the newer version where one waits, and null where the work was
   * cancelled.
   */
  signal: AbortSignal;
  /** From 1; begins anew with each newer job and each progress. */
  attempt: number;
  /** What another process began and did not finish: this job, one of its key that this one replaced, or nothing. */
  unfinished: 'this' | 'older' | null;
  /** Whether earlier results do not count, for this job or one that it replaced. */
  anew: boolean;
  /** When the job was added, in milliseconds since the epoch. */
  queuedAt: number;
  /** Whether another process may have taken the job over, as after a long pause of this one. Nothing may be written then. */
  isLost(): boolean;
}

/** How a turn ended: done (null), to be run again after so many milliseconds, or set aside. */
export type Ending<Task = unknown> =
  | null
  | {
      again: number;
      /** What is left to do, where there was progress: attempts are counted from 1 again. */
      task?: Task;
      /** Whether all jobs of the owner wait until then, because they would fail as well. */
      ownerWaits?: boolean;
    }
  | {
      /** Why no repetition helps, in one sentence. */
      hopeless: string;
    };

export type RunJob<Task = unknown> = (job: Job<Task>, turn: Turn) => Promise<Ending<Task>>;

export interface QueueCounts {
  /** Ready, or behind a running job of their key. */
  waiting: number;
  running: number;
  /** Wait for the time at which they are run again. */
  delayed: number;
  /** Set aside because no repetition helps, and nothing newer came since. */
  dead: number;
}

/** Runs one job for each key at a time, the newest last, owners in turn. */
export interface JobQueue<Task = unknown> {
  /** Takes the place of a job of the same key that waits. @throws {QueueUnavailable} where it cannot be kept */
  add(job: Job<Task>): Promise<void>;
  /** Whether a job of this key runs and none comes after it, or one waits or will run again; null where there is none. */
  stateOf(owner: string, key: string): Promise<'runs' | 'waits' | null>;
  /** Whether this version was set aside. */
  isHopeless(owner: string, key: string, version: string): Promise<boolean>;
  /** Forgets what waits for a key and tells the running job to stop. */
  cancel(owner: string, key: string): Promise<void>;
  /** Cancels all work of an owner. */
  cancelOwner(owner: string): Promise<void>;
  counts(): Promise<QueueCounts>;
  /** Begins to run jobs. */
  start(run: RunJob<Task>): void;
  /**
   * Runs no more jobs and waits for running ones, at most so many milliseconds.
   * @returns how many jobs are not done
   */
  drain(milliseconds: number): Promise<number>;
}

/** The queue cannot be reached, so a webhook must not be accepted: its work would be lost. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
  /** As HTTP says it. */
  readonly status = 503;
}

/** Small facts that all processes share, such as which deliveries came already. Forgetting one costs repeated work. */
export interface SharedFacts {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
