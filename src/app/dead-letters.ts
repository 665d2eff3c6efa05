import { QueueUnavailable } from '../queue/job-queue.ts';
import { RedisLink } from '../queue/redis/redis-link.ts';
import { type DeadLetter, RedisQueue } from '../queue/redis/redis-queue.ts';
import type { Logger } from '../runtime/log.ts';
import type { Task } from './tasks.ts';

/** Milliseconds that a command waits for Redis. */
const PATIENCE = 5_000;

/**
 * The jobs that no repetition helped. Lines name what a job is about and why it was set aside, not what it holds.
 * @throws {QueueUnavailable} where Redis does not answer within five seconds
 */
export async function openDeadLetters(url: string, log: Logger) {
  const link = new RedisLink(url, log);
  await reached(link);
  const queue = new RedisQueue<Task>({ link, log, concurrency: 1, perOwner: 1, lease: PATIENCE });
  return {
    /** One JSON line each, the oldest first. */
    list: async (): Promise<string[]> => (await queue.dead()).map(lineOf),
    /** Puts them into the queue again. @param keys of which; all of them where none are named @returns a line for each */
    redrive: async (keys: readonly string[]): Promise<string[]> => {
      const letters = (await queue.dead()).filter(({ key }) => keys.length === 0 || keys.includes(key));
      for (const { owner, key, version, task } of letters) await queue.add({ owner, key, version, task });
      return letters.map(({ key }) => `redriven: ${key}`);
    },
    close: (): void => link.close(),
  };
}

async function reached(link: RedisLink): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (link.whyAway() !== null) {
    if (Date.now() > end) {
      link.close();
      throw new QueueUnavailable(`Redis cannot be reached: ${link.whyAway()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function lineOf({ key, owner, task, hopeless, at }: DeadLetter<Task>): string {
  const facts = { key, installation: Number(owner), kind: task.kind, why: hopeless, at: new Date(at).toISOString() };
  return JSON.stringify(facts);
}
