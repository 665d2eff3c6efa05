import type { Outcome } from '../github/answer-check.ts';
import { describeFailure, type Failure } from '../github/failure.ts';
import type { Memory } from '../github/memory.ts';
import type { Occasion } from '../github/occasion.ts';
import { FactsCache } from '../runtime/facts-cache.ts';
import type { Logger } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Queue } from '../runtime/queue.ts';
import type { Connections } from './connections.ts';
import { retryDelay } from './retry.ts';

export interface TaskOptions {
  connections: Connections;
  memory: Memory;
  queue: Queue;
  metrics: Metrics;
  log: Logger;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds that pass for a second of waiting before another attempt or turn; less than 1,000 is for tests alone. */
  second?: number | undefined;
}

/** What a job is called in the log and the metrics. */
type Kind = 'pull request' | 'merge group' | 'comment' | 'check suite' | 'shared head' | 'push' | 'sweep';

/** One job about one thing. */
export interface Task {
  kind: Kind;
  key: string;
  version?: string;
  /** An earlier process may have left a check run in progress. */
  recovering?: boolean;
  /** @returns how it ended; a number of milliseconds where it has more to do then */
  run(occasion: Occasion): Promise<Outcome | number | undefined>;
}

const MOST_REMEMBERED = 5_000;

/** Runs tasks from the queue as an installation: what comes of them is logged and counted, and failures are retried. */
export class TaskRunner {
  readonly #options: TaskOptions;
  /** Versions for which another look does not help, by key. */
  readonly #hopeless = new FactsCache<string>(MOST_REMEMBERED);

  constructor(options: TaskOptions) {
    this.#options = options;
  }

  /** Whether this version failed in a way that no repetition mends. */
  isHopeless(key: string, version: string): boolean {
    return this.#hopeless.get(key) === version;
  }

  add(installation: number, task: Task): void {
    const { queue } = this.#options;
    const { key, version = null } = task;
    const run = (signal: AbortSignal, attempt: number) => this.#run(installation, task, signal, attempt);
    queue.add({ key, owner: String(installation), version, run });
  }

  async #run(installation: number, task: Task, signal: AbortSignal, attempt: number): Promise<number | null> {
    const { connections, memory, now } = this.#options;
    const started = performance.now();
    try {
      const github = await connections.of(installation);
      const recovering = task.recovering === true || attempt > 1;
      const result = await task.run({ github, memory, now, signal, recovering });
      if (typeof result === 'number') return result;
      this.#tell(task, { attempt, started, ...(result ?? { verdict: 'done', failure: null }) });
      return this.#again(task, result?.failure ?? null, attempt);
    } catch (error) {
      const failure = describeFailure(error, now());
      this.#tell(task, { attempt, started, verdict: 'failed', failure, ...(failure.kind === 'ours' ? { error } : {}) });
      return this.#again(task, failure, attempt);
    }
  }

  #again({ key, version }: Task, failure: Failure | null, attempt: number): number | null {
    if (failure === null) return null;
    if (!failure.retries && version !== undefined) this.#hopeless.set(key, version);
    const delay = retryDelay(failure, attempt, Math.random());
    return delay === null ? null : (delay / 1_000) * (this.#options.second ?? 1_000);
  }

  #tell({ kind, key }: Task, { verdict, failure, error, attempt, started }: Ending): void {
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

interface Ending {
  verdict: Outcome['verdict'] | 'done' | 'failed';
  failure: Failure | null;
  error?: unknown;
  attempt: number;
  started: number;
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
