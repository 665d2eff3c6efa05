import { expect, it } from 'vitest';
import { retryDelay } from '../../src/app/task-runner.ts';
import type { Failure } from '../../src/github/failure.ts';

const failure = (facts: Partial<Failure> = {}): Failure => ({
  ...{ kind: 'outside', cause: 'x', status: 502, requestId: null, retryAfter: null, retries: true },
  ...facts,
});

it('waits twice as long after each attempt, up to a quarter of an hour', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelay(failure(), attempt, 0));
  expect(delays).toEqual([30, 60, 120, 240, 480, 900, 900].map((seconds) => seconds * 1_000));
});

it('never comes sooner than GitHub asks, and never together with others', () => {
  expect(retryDelay(failure({ retryAfter: 3_600 }), 1, 0)).toBe(3_600_000);
  expect(retryDelay(failure({ retryAfter: 1 }), 1, 0)).toBe(30_000);
  expect(retryDelay(failure(), 1, 1)).toBe(36_000);
});

it('gives up where it does not help, and at last', () => {
  expect(retryDelay(failure({ retries: false }), 1, 0)).toBeNull();
  expect(retryDelay(failure(), 19, 0)).toBe(900_000);
  expect(retryDelay(failure(), 20, 0)).toBeNull();
});
