import type { RedisLink } from './redis-link.ts';
import { Script } from './script.ts';

/** name, gap in ms → ms to wait until the next may go out; that moment is then taken */
const RESERVE = new Script<number>(`
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
  const wait = await link.ask((redis) => RESERVE.run(redis, name, gap)).catch(() => 0);
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}
