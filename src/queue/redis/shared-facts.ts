import type { SharedFacts } from '../job-queue.ts';
import type { RedisLink } from './redis-link.ts';
import { PREFIX } from './script.ts';

/** Seconds. GitHub is asked for lost deliveries every hour, and a day holds an outage that is noticed. */
const KEPT = 24 * 3_600;

export function redisFacts(link: RedisLink): SharedFacts {
  const named = (key: string) => `${PREFIX}:fact:${key}`;
  return {
    get: (key) => link.ask((redis) => redis.get(named(key))),
    set: async (key, value) => {
      await link.ask((redis) => redis.set(named(key), value, 'EX', KEPT));
    },
  };
}
