import type { SharedBlobs } from '../github/memory.ts';
import { PREFIX, RedisLink } from '../queue/redis/redis-link.ts';
import { RedisQueue } from '../queue/redis/redis-queue.ts';
import { redisFacts, sharedValues, waitForPace } from '../queue/redis/shared-state.ts';
import type { RedisSettings } from '../runtime/environment.ts';
import type { Backend, BackendOptions } from './backend.ts';
import type { Task } from './tasks.ts';

/** What all processes share that name the same Redis. */
export function redisBackend({ url, cacheBytes, leaseSeconds }: RedisSettings, options: BackendOptions): Backend {
  const link = new RedisLink(url, options.log);
  const blobs: SharedBlobs = sharedValues(link, cacheBytes);
  return {
    queue: new RedisQueue<Task>({ ...options, link, lease: leaseSeconds * 1_000 }),
    facts: redisFacts(link),
    blobs,
    pace: (name, gap) => waitForPace(link, name, gap),
    whyAway: () => link.whyAway(),
    mayClaimSweep: async (milliseconds) =>
      (await link.ask((redis) => redis.set(`${PREFIX}:sweep`, 1, 'PX', milliseconds, 'NX'))) !== null,
    onReturn: (call) => link.onReturn(call),
    close: () => link.close(),
  };
}
