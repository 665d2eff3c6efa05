import type { SharedFacts } from '../job-queue.ts';
import { PREFIX, type RedisLink, script } from './redis-link.ts';

/** now, then ids → texts in their order; what was found counts as just used */
const READ = script<(string | null)[]>(`
local found = {}
for at = 2, #ARGV do
  local text = redis.call('GET', P .. 'text:' .. ARGV[at])
  if text then redis.call('ZADD', P .. 'texts', ARGV[1], ARGV[at]) end
  found[at - 1] = text
end
return found
`);

/** now, limit in bytes, id, text; lets go of what was used longest ago */
const WRITE = script<number>(`
local now, limit, id, text = unpack(ARGV)
local key = P .. 'text:' .. id
if redis.call('ZADD', P .. 'texts', now, id) == 0 then return 0 end
redis.call('SET', key, text)
local bytes = redis.call('INCRBY', P .. 'textBytes', #text)
while bytes > tonumber(limit) do
  local oldest = redis.call('ZPOPMIN', P .. 'texts')[1]
  if not oldest then break end
  local length = redis.call('STRLEN', P .. 'text:' .. oldest)
  redis.call('DEL', P .. 'text:' .. oldest)
  bytes = redis.call('DECRBY', P .. 'textBytes', length)
end
return 1
`);

/** So many ids are asked for in one step: Redis does nothing else meanwhile. */
const AT_ONCE = 100;

/**
 * What one process read and all can have, by git's own name for it, which never grows stale.
 * @param limit bytes that all of it may take in Redis
 */
export function sharedValues<Value>(link: RedisLink, limit: number) {
  return {
    /** Those that are known; none where Redis is away. */
    async read(ids: readonly string[]): Promise<Map<string, Value>> {
      const found = new Map<string, Value>();
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = ids.slice(at, at + AT_ONCE);
        const texts = await link.run(READ, Date.now(), ...some).catch(() => []);
        for (const [i, text] of texts.entries()) if (text !== null) found.set(some[i] as string, JSON.parse(text));
      }
      return found;
    },

    /** Not waited for: what is not kept is only read again. */
    write(id: string, value: Value): void {
      const text = JSON.stringify(value);
      if (text.length <= limit) void link.run(WRITE, Date.now(), limit, id, text).catch(() => {});
    },
  };
}

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

/** name, gap in ms → ms to wait until the next may go out; that moment is then taken */
const RESERVE = script<number>(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local next = P .. 'pace:' .. ARGV[1]
local at = math.max(now, tonumber(redis.call('GET', next) or 0))
redis.call('SET', next, at + ARGV[2], 'PX', at - now + ARGV[2] + 1000)
return at - now
`);

/**
 * Spaces what all processes together send: waits until so many milliseconds have passed since the last of this name.
 * Where Redis is away nothing waits here; each process still keeps its own pace.
 */
export async function waitForPace(link: RedisLink, name: string, gap: number): Promise<void> {
  const wait = await link.run(RESERVE, name, gap).catch(() => 0);
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}
