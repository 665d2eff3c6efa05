import type { Outcome } from '../github/answer-check.ts';
import { describeFailure, type Failure } from '../github/failure.ts';
import { type GitHubContext, TakenOver } from '../github/github-context.ts';
import type { Memory } from '../github/memory.ts';
import {
  type Ending,
  type Job,
  type JobQueue,
  QueueUnavailable,
  type SharedFacts,
  type Turn,
} from '../queue/job-queue.ts';
import type { Logger } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Connections } from './connections.ts';
import { handle } from './handlers.ts';
import { retryDelay } from './retry.ts';
import { jobOf, PLAIN, type Task } from './tasks.ts';

/** Milliseconds. */
const LOOK_AGAIN_EVERY = 1_000;

export interface TaskOptions {
  connections: Connections;
  memory: Memory;
  queue: JobQueue<Task>;
  facts: SharedFacts;
  metrics: Metrics;
  log: Logger;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds that pass for a second of waiting before another attempt or turn; less than 1,000 is for tests alone. */
  second?: number | undefined;
}

/** Does what the queue hands out, as the installation: what comes of it is logged and counted, and failures are retried. */
export class TaskRunner {
  readonly #options: TaskOptions;

  constructor(options: TaskOptions) {
    this.#options = options;
  }

  async run({ key, owner, task }: Job<Task>, turn: Turn): Promise<Ending<Task>> {
    const { connections, facts, now, queue } = this.#options;
    const started = performance.now();
    const facing = { kind: task.kind, key, attempt: turn.attempt, started };
    const installation = Number(owner);
    let wroteLate = false;
    const onLateWrite = () => {
      if (!wroteLate) void this.#lookAgain(installation, task);
      wroteLate = true;
    };
    try {
      const context = { ...this.#context(await connections.of(installation), task, turn), onLateWrite };
      const done = await handle(task, context, { installation, queue, facts, anew: turn.anew });
      if (done !== undefined && 'left' in done) return { again: this.#milliseconds(done.seconds), task: done.left };
      this.#tell({ ...facing, ...(done ?? { verdict: 'done', failure: null }) });
      return this.#ending(done?.failure ?? null, turn);
    } catch (error) {
      if (error instanceof TakenOver) {
        this.#tell({ ...facing, verdict: 'superseded', failure: null });
        return null;
      }
      const failure = failureOf(error, now());
      this.#tell({ ...facing, verdict: 'failed', failure, ...(failure.kind === 'ours' ? { error } : {}) });
      return this.#ending(failure, turn);
    }
  }

  #context(github: GitHubContext['github'], task: Task, turn: Turn): Omit<GitHubContext, 'onLateWrite'> {
    const { memory, now } = this.#options;
    const { signal, isLost, unfinished, attempt } = turn;
    const isSwept = 'recovering' in task && task.recovering;
    const recovering = isSwept || unfinished !== null || attempt > 1;
    return { github, memory, now, signal, isLost, recovering, answeredSince: answeredSince(task, isSwept, turn) };
  }

  /**
   * Has judged once more what this process may have written over, when it had no right to any more. Until that is in the
   * queue nobody else knows of it, and what takes a right away is often that Redis is.
   */
  async #lookAgain(installation: number, task: Task): Promise<void> {
    const again = afterwards(task);
    while (again !== null) {
      try {
        return await this.#options.queue.add(jobOf(installation, again));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_EVERY).unref());
      }
    }
  }

  #ending(failure: Failure | null, { attempt }: Turn): Ending<Task> {
    if (failure === null) return null;
    const delay = retryDelay(failure, attempt, Math.random());
    if (delay === null) return { hopeless: failure.cause };
    return { again: this.#milliseconds(delay / 1_000), ownerWaits: failure.retryAfter !== null };
  }

  #milliseconds(seconds: number): number {
    return seconds * (this.#options.second ?? 1_000);
  }

  #tell({ kind, key, verdict, failure, error, attempt, started }: Told): void {
    const { log, metrics } = this.#options;
    const milliseconds = Math.round(performance.now() - started);
    metrics.finished(kind, verdict, milliseconds / 1_000);
    const facts = { kind, key, verdict, attempt, milliseconds };
    if (failure === null) {
      log.info(facts, 'job done');
      return;
    }
    metrics.failed(failure.kind);
    const { cause, status, requestId, retryAfter } = failure;
    log.warn({ ...facts, cause, status, requestId, retryAfter, ...placeOf(error) }, 'job not done');
  }
}

/** Which verdicts of earlier runs are told again only where they are others now. */
function answeredSince(task: Task, isSwept: boolean, turn: Turn): number | undefined {
  const { attempt, unfinished, queuedAt, anew } = turn;
  if (isSwept || (!anew && 'once' in task && task.once)) return 0;
  return attempt > 1 || unfinished === 'this' ? queuedAt : undefined;
}

/** The task that judges again what this one did, as it is by then, and tells what is not told yet. */
function afterwards(task: Task): Task | null {
  const { kind } = task;
  if (kind === 'pull request') return { ...PLAIN, repo: task.repo, number: task.number, recovering: true };
  return kind === 'merge group' ? { ...task, recovering: true } : null;
}

interface Told {
  kind: Task['kind'];
  key: string;
  verdict: Outcome['verdict'] | 'done' | 'failed';
  failure: Failure | null;
  error?: unknown;
  attempt: number;
  started: number;
}

function failureOf(error: unknown, now: number): Failure {
  const failure = describeFailure(error, now);
  if (!(error instanceof QueueUnavailable)) return failure;
  return { ...failure, kind: 'outside', cause: `${error.message}.`, retries: true };
}

/** Where in the code a failure of our own arose; its message may quote the docs, so it stays out of the log. */
function placeOf(error: unknown): { error?: string; at?: string } {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    at: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' < '),
  };
}
