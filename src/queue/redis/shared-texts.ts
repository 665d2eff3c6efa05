import type { RedisLink } from './redis-link.ts';
import { Script } from './script.ts';

/** now, then ids → texts in their order; what was found counts as just used */
const READ = new Script<(string | null)[]>(`
local found = {}
for at = 2, #ARGV do
  local text = redis.call('GET', P .. 'text:' .. ARGV[at])
  if text then redis.call('ZADD', P .. 'texts', ARGV[1], ARGV[at]) end
  found[at - 1] = text
end
return found
`);

/** now, limit in bytes, id, text; lets go of what was used longest ago */
const WRITE = new Script<number>(`
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

/** Texts that one process read and all can have, by git's own name for them, which never grows stale. */
export class SharedTexts {
  readonly #link: RedisLink;
  readonly #limit: number;

  /** @param limit bytes that all texts may take in Redis */
  constructor(link: RedisLink, limit: number) {
    this.#link = link;
    this.#limit = limit;
  }

  /** Those that are known; none where Redis is away. */
  async read(ids: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE);
      const texts = await this.#link.ask((redis) => READ.run(redis, Date.now(), ...some)).catch(() => []);
      for (const [i, text] of texts.entries()) if (text !== null) found.set(some[i] as string, text);
    }
    return found;
  }

  /** Not waited for: what is not kept is only read again. */
  write(id: string, text: string): void {
    if (text.length > this.#limit) return;
    void this.#link.ask((redis) => WRITE.run(redis, Date.now(), this.#limit, id, text)).catch(() => {});
  }
}
