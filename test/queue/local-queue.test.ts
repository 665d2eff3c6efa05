import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/queue/job-queue.ts';
import { LocalQueue } from '../../src/queue/local-queue.ts';

/** What a job does: it gives the milliseconds after which it wants to run again, null if it is done. */
type Task = (signal: AbortSignal, attempt: number) => Promise<number | null>;

/** A job that runs until the test lets it end. */
function heldJob(key: string, version: string | null = 'v1', owner = 'o'): Held {
  let resolve: (again: number | null) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<number | null>((...settlers) => {
    [resolve, reject] = settlers;
  });
  const held: Held = {
    attempts: [],
    signal: null,
    end: (again = null) => resolve(again),
    fail: (error) => reject(error),
    job: {
      key,
      owner,
      version,
      task(signal, attempt) {
        held.signal = signal;
        held.attempts.push(attempt);
        return promise;
      },
    },
  };
  return held;
}

interface Held {
  job: Job<Task>;
  attempts: number[];
  signal: AbortSignal | null;
  end(again?: number | null): void;
  fail(error: unknown): void;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

function makeQueue(concurrency = 2, perOwner?: number) {
  const failures: unknown[] = [];
  return { queue: startQueue(concurrency, (error) => failures.push(error), perOwner), failures };
}

function startQueue(concurrency: number, onFailure: (error: unknown) => void, perOwner = concurrency) {
  const queue = new LocalQueue<Task>({ concurrency, perOwner, onFailure });
  queue.start(async ({ task }, { signal, attempt }) => {
    const again = await task(signal, attempt);
    return again === null ? null : { again };
  });
  return queue;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('jobs of one key', () => {
  it('run one after the other', async () => {
    const { queue } = makeQueue();
    const [first, second] = [heldJob('a'), heldJob('a')];
    queue.add(first.job);
    await settle();
    queue.add(second.job);
    await settle();
    expect(second.attempts).toEqual([]);
    first.end();
    await settle();
    expect(second.attempts).toEqual([1]);
  });

  it('take the place of one that waits', async () => {
    const { queue } = makeQueue(1);
    const [running, older, newer] = [heldJob('z'), heldJob('a'), heldJob('a')];
    for (const { job } of [running, older, newer]) queue.add(job);
    await settle();
    expect(await queue.counts()).toEqual({ waiting: 1, running: 1, delayed: 0, dead: 0 });
    running.end();
    await settle();
    expect([older.attempts, newer.attempts]).toEqual([[], [1]]);
  });

  it('abort the running one, with the newer version as the reason', async () => {
    const { queue } = makeQueue();
    const first = heldJob('a', 'v1');
    queue.add(first.job);
    await settle();
    queue.add(heldJob('a', 'v2').job);
    expect(first.signal?.reason).toBe('v2');
  });

  it.each([
    ['the same version', 'v1', 'v1'],
    ['a version that is not known', 'v1', null],
    ['one that runs without a version', null, 'v1'],
  ])('leave a running one alone for %s', async (_, before, after) => {
    const { queue } = makeQueue();
    const [first, second] = [heldJob('a', before), heldJob('a', after)];
    queue.add(first.job);
    await settle();
    queue.add(second.job);
    expect(first.signal?.aborted).toBe(false);
    first.end();
    await settle();
    expect(second.attempts).toEqual([1]);
  });
});

describe('concurrency', () => {
  it('is bounded', async () => {
    const { queue } = makeQueue(2);
    const jobs = ['a', 'b', 'c'].map((key) => heldJob(key));
    for (const { job } of jobs) queue.add(job);
    await settle();
    expect(jobs.map(({ attempts }) => attempts.length)).toEqual([1, 1, 0]);
  });

  it('is bounded for each owner', async () => {
    const { queue } = makeQueue(3, 1);
    const jobs = [heldJob('a', 'v', 'x'), heldJob('b', 'v', 'x'), heldJob('c', 'v', 'y')];
    for (const { job } of jobs) queue.add(job);
    await settle();
    expect(jobs.map(({ attempts }) => attempts.length)).toEqual([1, 0, 1]);
    jobs[0]?.end();
    await settle();
    expect(jobs[1]?.attempts).toEqual([1]);
  });

  it('lets owners take turns, however many jobs one of them has', async () => {
    const { queue } = makeQueue(1);
    const order: string[] = [];
    const quick = (key: string, owner: string) => ({
      ...{ key, owner, version: null },
      task: async () => {
        order.push(key);
        return null;
      },
    });
    for (const key of ['x1', 'x2', 'x3', 'x4']) queue.add(quick(key, 'x'));
    for (const key of ['y1', 'y2']) queue.add(quick(key, 'y'));
    await settle();
    expect(order).toEqual(['x1', 'x2', 'y1', 'x3', 'y2', 'x4']);
  });
});

describe('a job that wants to run again', () => {
  it('does so after the time it named', async () => {
    const { queue } = makeQueue();
    const job = heldJob('a');
    queue.add(job.job);
    job.end(5_000);
    await settle();
    expect(await queue.counts()).toEqual({ waiting: 0, running: 0, delayed: 1, dead: 0 });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(job.attempts).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(job.attempts).toEqual([1, 2]);
  });

  it('gives way to a newer one', async () => {
    const { queue } = makeQueue();
    const [first, second] = [heldJob('a'), heldJob('a')];
    queue.add(first.job);
    first.end(5_000);
    await settle();
    queue.add(second.job);
    await settle();
    expect(second.attempts).toEqual([1]);
    second.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(first.attempts).toEqual([1]);
    expect(await queue.counts()).toEqual({ waiting: 0, running: 0, delayed: 0, dead: 0 });
  });

  it('does not where a newer one waits already', async () => {
    const { queue } = makeQueue();
    const [first, second] = [heldJob('a'), heldJob('a')];
    queue.add(first.job);
    await settle();
    queue.add(second.job);
    first.end(1);
    second.end();
    await vi.advanceTimersByTimeAsync(10);
    expect([first.attempts, second.attempts]).toEqual([[1], [1]]);
  });
});

describe('failures', () => {
  it('are handed over and end the job alone', async () => {
    const { queue, failures } = makeQueue(1);
    const broken = new Error('broken');
    const first = heldJob('a');
    const after = heldJob('b');
    queue.add(first.job);
    queue.add(after.job);
    first.fail(broken);
    await settle();
    expect(failures).toEqual([broken]);
    expect(after.attempts).toEqual([1]);
  });

  it('may come before there is a promise', async () => {
    const { queue, failures } = makeQueue();
    queue.add({
      ...{ key: 'a', owner: 'o', version: null },
      task: () => {
        throw new Error('at once');
      },
    });
    await settle();
    expect(failures).toHaveLength(1);
    expect((await queue.counts()).running).toBe(0);
  });

  it('in handing over do not stop the queue', async () => {
    const queue = startQueue(1, () => {
      throw new Error('the log is broken, too');
    });
    const [first, after] = [heldJob('a'), heldJob('b')];
    queue.add(first.job);
    queue.add(after.job);
    first.fail(new Error('broken'));
    await settle();
    expect(after.attempts).toEqual([1]);
  });
});

describe('cancel', () => {
  it('forgets what waits and tells the running job', async () => {
    const { queue } = makeQueue();
    const [first, second] = [heldJob('a'), heldJob('a')];
    queue.add(first.job);
    await settle();
    queue.add(second.job);
    queue.cancel('o', 'a');
    expect(first.signal?.aborted).toBe(true);
    expect(typeof first.signal?.reason).not.toBe('string');
    first.end(1_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([first.attempts, second.attempts]).toEqual([[1], []]);
  });

  it('forgets a job that was to run again', async () => {
    const { queue } = makeQueue();
    const job = heldJob('a');
    queue.add(job.job);
    job.end(1_000);
    await settle();
    queue.cancel('o', 'a');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(job.attempts).toEqual([1]);
    expect((await queue.counts()).delayed).toBe(0);
  });

  it('forgets all work of an owner', async () => {
    const { queue } = makeQueue(2);
    const [gone, alsoGone, stays] = [heldJob('a', 'v', 'x'), heldJob('b', 'v', 'x'), heldJob('c', 'v', 'y')];
    for (const { job } of [gone, alsoGone, stays]) queue.add(job);
    await settle();
    await queue.cancelOwner('x');
    expect(gone.signal?.aborted).toBe(true);
    for (const { end } of [gone, alsoGone, stays]) end();
    await settle();
    expect(stays.signal?.aborted).toBe(false);
    expect(await Promise.all(['a', 'b', 'c'].map((key) => queue.stateOf('x', key)))).toEqual([null, null, null]);
  });

  it('does nothing for a key that is not there', async () => {
    await expect(makeQueue().queue.cancel('o', 'nothing')).resolves.toBeUndefined();
  });
});

describe('drain', () => {
  it('waits for running jobs, and hands back those that have not begun', async () => {
    const { queue } = makeQueue(1);
    const [running, waiting] = [heldJob('a'), heldJob('b')];
    queue.add(running.job);
    queue.add(waiting.job);
    await settle();
    const drained = queue.drain(10_000);
    const late = heldJob('c');
    queue.add(late.job);
    await vi.advanceTimersByTimeAsync(5_000);
    running.end();
    expect(await drained).toBe(1);
    expect([waiting.attempts, late.attempts]).toEqual([[], []]);
  });

  it('hands back running jobs that take too long, without a word that something newer is judged', async () => {
    const { queue } = makeQueue(1);
    const running = heldJob('a');
    queue.add(running.job);
    await settle();
    const drained = queue.drain(10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await drained).toBe(1);
    expect(running.signal?.aborted).toBe(false);
  });

  it('hands back what was to run again, also when it says so while draining', async () => {
    const { queue } = makeQueue(2);
    const [delayed, running] = [heldJob('a'), heldJob('b')];
    queue.add(delayed.job);
    delayed.end(60_000);
    await settle();
    queue.add(running.job);
    await settle();
    const drained = queue.drain(10_000);
    running.end(60_000);
    await settle();
    expect(await drained).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once where nothing is to do', async () => {
    expect(await makeQueue().queue.drain(10_000)).toBe(0);
  });
});

describe('whatever happens in whatever order', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), key: fc.nat(3), version: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(7), again: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.nat(30) }) },
  );

  it('every key ends with its newest job run, never two of a key at once, never too many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, concurrency) => {
          const running = new Map<string, (again: number | null) => void>();
          const ended = new Map<string, number>();
          const newest = new Map<string, number>();
          const { queue, failures } = makeQueue(concurrency);
          const add = (number: number, key: string, version: string) => {
            newest.set(key, number);
            queue.add({
              ...{ key, owner: key < '2' ? 'x' : 'y', version },
              task: () => {
                expect(running.has(key)).toBe(false);
                expect(running.size).toBeLessThan(concurrency);
                return new Promise((resolve) => {
                  running.set(key, (again) => {
                    running.delete(key);
                    if (again === null) ended.set(key, number);
                    resolve(again);
                  });
                });
              },
            });
          };
          for (const [number, one] of steps.entries()) {
            if (one.do === 'add') add(number, String(one.key), String(one.version));
            else if (one.do === 'wait') await vi.advanceTimersByTimeAsync(one.milliseconds);
            else [...running.values()][one.which % Math.max(1, running.size)]?.(one.again === 0 ? one.which : null);
            await settle();
          }
          for (let round = 0; round < 20 || running.size > 0; round++) {
            for (const end of [...running.values()]) end(null);
            await vi.advanceTimersByTimeAsync(10);
          }
          expect(ended).toEqual(newest);
          expect(await queue.counts()).toEqual({ waiting: 0, running: 0, delayed: 0, dead: 0 });
          expect(failures).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
