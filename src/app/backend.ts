import type { Pace } from '../github/installation-client.ts';
import type { SharedBlobs } from '../github/memory.ts';
import type { JobQueue, SharedFacts } from '../queue/job-queue.ts';
import { LocalQueue, localFacts } from '../queue/local-queue.ts';
import type { Environment } from '../runtime/environment.ts';
import type { Logger } from '../runtime/log.ts';
import type { Task } from './tasks.ts';

/** What all processes of a server share. */
export interface Backend {
  queue: JobQueue<Task>;
  facts: SharedFacts;
  /** Only where there are others to share with. */
  blobs?: SharedBlobs;
  pace?: Pace;
  /** Why no work can be taken now; null while all is well. */
  whyAway(): string | null;
  /** Whether it is this process's turn to sweep: one of all does. */
  mayClaimSweep(milliseconds: number): Promise<boolean>;
  /** Registers a call for whenever the shared store is back, which may have lost what it knew. */
  onReturn(call: () => void): void;
  close(): void;
}

/** One installation with much to do leaves room for the others. */
const OWNERS_SHARE = 0.75;
/** More would only wait for each other: GitHub lets an installation write once a second, a review writes three times. */
const MOST_OF_ONE_OWNER = 4;

export async function openBackend(environment: Environment, log: Logger): Promise<Backend> {
  const { concurrentJobs: concurrency, redis } = environment;
  const perOwner = Math.min(Math.ceil(concurrency * OWNERS_SHARE), MOST_OF_ONE_OWNER);
  if (redis === null) return localBackend({ concurrency, perOwner, log });
  // Read only here: most servers are one process, and start faster without it.
  const { redisBackend } = await import('./redis-backend.ts');
  return redisBackend(redis, { concurrency, perOwner, log });
}

export interface BackendOptions {
  /** How many jobs run at the same time in this process. */
  concurrency: number;
  /** How many of one installation. */
  perOwner: number;
  log: Logger;
}

function localBackend({ log, ...share }: BackendOptions): Backend {
  const onFailure = (error: unknown, { key }: { key: string }) => log.error({ err: error, key }, 'a job broke');
  return {
    queue: new LocalQueue<Task>({ ...share, onFailure }),
    facts: localFacts(),
    whyAway: () => null,
    mayClaimSweep: async () => true,
    onReturn: () => {},
    close: () => {},
  };
}
