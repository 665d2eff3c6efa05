import type { Failure } from '../github/failure.ts';

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
