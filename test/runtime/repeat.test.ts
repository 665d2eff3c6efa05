import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeat } from '../../src/runtime/repeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('does a task at once and then within the jitter of its time', async () => {
  let times = 0;
  const task = async () => {
    times += 1;
  };
  const stop = repeat(task, { every: 1_000, jitter: 0.2, onFailure: () => {} });
  await vi.advanceTimersByTimeAsync(799);
  expect(times).toBe(1);
  await vi.advanceTimersByTimeAsync(401);
  expect(times).toBe(2);
  await stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times).toBe(2);
});

it('never does it twice at once, and waits for it when it is stopped', async () => {
  let running = 0;
  let ended = 0;
  const task = async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    running -= 1;
    ended += 1;
  };
  const stop = repeat(task, { every: 100, jitter: 0, onFailure: () => {} });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(ended).toBe(2);
  const stopped = stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  expect(ended).toBe(3);
});

it('goes on after a failure, which it hands over', async () => {
  const failures: unknown[] = [];
  const task = () => {
    throw new Error('not today');
  };
  const stop = repeat(task, { every: 100, jitter: 0, onFailure: (error) => failures.push(error) });
  await vi.advanceTimersByTimeAsync(250);
  expect(failures).toHaveLength(3);
  await stop();
});
