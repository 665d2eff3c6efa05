import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Lease } from '../../../src/queue/redis/lease.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A job of BullMQ's that answers as told, and counts how often it was asked. */
function leased(answer: () => Promise<number>) {
  const extendLock = vi.fn(answer);
  return { extendLock, open: () => Lease.open({ extendLock }, 'token', 1_000) };
}

it('is held as long as it is renewed', async () => {
  const { extendLock, open } = leased(async () => 1);
  const lease = await open();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lease?.isLost()).toBe(false);
  expect(extendLock.mock.calls.length).toBeGreaterThan(30);
  lease?.close();
});

it('is not given where it is another’s', async () => {
  expect(await leased(async () => 0).open()).toBeNull();
});

it('is lost where another has it by now, and stays lost', async () => {
  let answer = 1;
  const lease = await leased(async () => answer).open();
  const lost = vi.fn();
  lease?.onLost(lost);
  answer = 0;
  await vi.advanceTimersByTimeAsync(300);
  answer = 1;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([lease?.isLost(), lost.mock.calls.length]).toEqual([true, 1]);
});

it.each([
  ['no answer comes', () => new Promise<number>(() => {})],
  ['each answer is an error', () => Promise.reject(new Error('Connection is closed.'))],
])('is lost when its time has passed and %s', async (_, silent) => {
  let answer: () => Promise<number> = async () => 1;
  const lease = await leased(() => answer()).open();
  answer = silent;
  await vi.advanceTimersByTimeAsync(900);
  expect(lease?.isLost()).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(lease?.isLost()).toBe(true);
});

it('is lost after a pause, before any timer could tell', async () => {
  const lease = await leased(async () => 1).open();
  vi.setSystemTime(Date.now() + 1_500);
  expect(lease?.isLost()).toBe(true);
});
