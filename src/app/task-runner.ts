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
import { jobOf, pullRequestTask, type Task } from './tasks.ts';

/** Milliseconds. */
const LOOK_AGAIN_EVERY = 1_000;

interface TaskRunnerOptions {
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

/** How a job ended, for the log and the metrics. */
interface JobResult {
  verdict: Outcome['verdict'] | 'done' | 'failed';
  failure: Failure | null;
  /** The error behind a failure of our own. */
  error?: unknown;
}

/** Does what the queue hands out, as the installation: what comes of it is logged and counted, and failures are retried. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  async run(job: Job<Task>, turn: Turn): Promise<Ending<Task>> {
    const { connections, facts, now, queue, second = 1_000 } = this.#options;
    const { task } = job;
    const started = performance.now();
    const installation = Number(job.owner);
    const end = (result: JobResult): Ending<Task> => {
      this.#tell(job, turn, result, Math.round(performance.now() - started));
      return endingOf(result.failure, turn, second);
    };
    let wroteLate = false;
    const onLateWrite = () => {
      if (!wroteLate) void this.#lookAgain(installation, task);
      wroteLate = true;
    };
    try {
      const context = { ...this.#context(await connections.of(installation), task, turn), onLateWrite };
      const result = await handle(task, context, { installation, queue, facts, anew: turn.anew });
      if (result !== undefined && 'left' in result) return { again: result.seconds * second, task: result.left };
      return end(result ?? { verdict: 'done', failure: null });
    } catch (error) {
      if (error instanceof TakenOver) return end({ verdict: 'superseded', failure: null });
      const failure = failureOf(error, now());
      return end({ verdict: 'failed', failure, error: failure.kind === 'ours' ? error : undefined });
    }
  }

  #context(github: GitHubContext['github'], task: Task, turn: Turn): GitHubContext {
    const { memory, now } = this.#options;
    const { signal, isLost, unfinished, attempt } = turn;
    const isSwept = 'recovering' in task && task.recovering;
    const recovering = isSwept || unfinished !== null || attempt > 1;
    return { github, memory, now, signal, isLost, recovering, answeredSince: answeredSince(task, isSwept, turn) };
  }

  /**
   * Has the same thing judged once more, because this process may have overwritten what another one published. It tries
   * until the queue has taken the task: jobs are often lost because Redis is away.
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

  #tell({ key, task: { kind } }: Job<Task>, { attempt }: Turn, result: JobResult, milliseconds: number): void {
    const { log, metrics } = this.#options;
    const { verdict, failure, error } = result;
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

function endingOf(failure: Failure | null, { attempt }: Turn, second: number): Ending<Task> {
  if (failure === null) return null;
  const delay = retryDelay(failure, attempt, Math.random());
  if (delay === null) return { hopeless: failure.cause };
  return { again: (delay / 1_000) * second, ownerWaits: failure.retryAfter !== null };
}

/** The `answeredSince` of a job's context. */
function answeredSince(task: Task, isSwept: boolean, turn: Turn): number | undefined {
  const { attempt, unfinished, queuedAt, anew } = turn;
  if (isSwept || (!anew && 'once' in task && task.once)) return 0;
  return attempt > 1 || unfinished === 'this' ? queuedAt : undefined;
}

/** The task that judges the same thing again, as it is by then, and publishes what is missing; null if there is none. */
function afterwards(task: Task): Task | null {
  if (task.kind === 'pull request') return pullRequestTask(task, { recovering: true });
  return task.kind === 'merge group' ? { ...task, recovering: true } : null;
}

function failureOf(error: unknown, now: number): Failure {
  const failure = describeFailure(error, now);
  if (!(error instanceof QueueUnavailable)) return failure;
  return { ...failure, kind: 'outside', cause: `${error.message}.`, retries: true };
}

/** Where in the code a bug of ours arose. The error's message stays out of the log, for it may quote the docs. */
function placeOf(error: unknown): { error?: string; at?: string } {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const innermost = frames.slice(0, 4).map((line) => line.trim());
  return { error: error.name, at: innermost.join(' < ') };
}

/** Milliseconds before the second attempt, doubled for each later one. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;
/** About four hours; what is not judged by then is found by the sweep. */
const MOST_ATTEMPTS = 20;

/**
 * How long to wait before a failed job is tried again.
 * @param attempt the one that failed, from 1
 * @param chance from 0 to 1: jobs that failed together must not come again together
 * @returns milliseconds, never less than GitHub asked for; null where trying again does not help
 */
export function retryDelay({ retries, retryAfter }: Failure, attempt: number, chance: number): number | null {
  if (!retries || attempt >= MOST_ATTEMPTS) return null;
  const backoff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
  return Math.max((retryAfter ?? 0) * 1_000, backoff) * (1 + 0.2 * chance);
}
