import { EnvironmentMistakes, type Lookup, Mistake, type Variables, wholeNumber } from './settings.ts';

export interface RedisSettings {
  /** May hold a password. */
  url: string;
  /** Bytes that texts may take in Redis. */
  cacheBytes: number;
  /** Seconds after which the work of a process that does not show itself is another's. */
  leaseSeconds: number;
}

export function readRedis(of: Lookup): RedisSettings | null {
  const url = of('REDIS_URL');
  const megabytes = wholeNumber(of, 'SHARED_CACHE_MEGABYTES', { unset: 256, from: 1, to: 65_536 });
  const leaseSeconds = wholeNumber(of, 'LEASE_SECONDS', { unset: 30, from: 1, to: 600 });
  if (url === undefined) return null;
  return { url: checkedRedisUrl(url), cacheBytes: megabytes * 1024 * 1024, leaseSeconds };
}

/** What commands need that only look at the queue. @throws {EnvironmentMistakes} where it is not shared */
export function readRedisUrl(variables: Variables): string {
  const url = variables.REDIS_URL?.trim() || undefined;
  try {
    if (url !== undefined) return checkedRedisUrl(url);
  } catch (error) {
    if (error instanceof Mistake) throw new EnvironmentMistakes([error.message]);
    throw error;
  }
  throw new EnvironmentMistakes(['REDIS_URL is missing: without it each process keeps its queue to itself.']);
}

function checkedRedisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Mistake('REDIS_URL must be an address of Redis, as in redis://127.0.0.1:6379 or rediss://… with TLS.');
  }
  return text;
}
