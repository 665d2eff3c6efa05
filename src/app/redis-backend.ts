import type { SharedBlobs } from '../github/memory.ts';
import { PREFIX, RedisLink } from '../queue/redis/redis-link.ts';
import { RedisQueue } from '../queue/redis/redis-queue.ts';
import { redisFacts, SharedTexts, waitForPace } from '../queue/redis/shared-state.ts';
import type { RedisSettings } from '../runtime/environment.ts';
import type { Backend, BackendOptions } from './backend.ts';
import type { Task } from './tasks.ts';

/** What all processes share that name the same Redis. */
export function redisBackend({ url, cacheBytes, leaseSeconds }: RedisSettings, options: BackendOptions): Backend {
  const link = new RedisLink(url, options.log);
  return {
    queue: new RedisQueue<Task>({ ...options, link, lease: leaseSeconds * 1_000 }),
    facts: redisFacts(link),
    blobs: blobsIn(new SharedTexts(link, cacheBytes)),
    pace: (name, gap) => waitForPace(link, name, gap),
    whyAway: () => link.whyAway(),
    mayClaimSweep: async (milliseconds) =>
      (await link.ask((redis) => redis.set(`${PREFIX}:sweep`, 1, 'PX', milliseconds, 'NX'))) !== null,
    onReturn: (call) => link.onReturn(call),
    close: () => link.close(),
  };
}

type Blob = Parameters<SharedBlobs['write']>[1];

function blobsIn(texts: SharedTexts): SharedBlobs {
  return {
    read: async (ids) => {
      const found = await texts.read(ids);
      return new Map([...found].map(([id, text]) => [id, JSON.parse(text) as Blob]));
    },
    write: (id, blob) => texts.write(id, JSON.stringify(blob)),
  };
}
