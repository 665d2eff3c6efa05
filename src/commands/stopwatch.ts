import type { PageFacts } from '../docs/page-facts.ts';
import type { FactsCache } from '../docs/site.ts';
import type { Milliseconds } from '../review/review.ts';
import { FactsCache as Remembered } from '../runtime/facts-cache.ts';

/** Far more pages than base and head of a site have between them: each is parsed once. */
const FACTS_LIMIT = 200_000;

/** Measures a command; the core has no clock. */
export interface Stopwatch {
  read<T>(work: () => Promise<T>): Promise<T>;
  judge<T>(work: () => T): T;
  /** A cache of what pages say that measures parsing: it takes from a miss until its answer is remembered. */
  cache(): FactsCache;
  milliseconds(): Milliseconds;
}

export function startStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const start = now();
  const spent = { read: 0, parse: 0, judge: 0 };
  return {
    async read(work) {
      const from = now();
      const result = await work();
      spent.read += now() - from;
      return result;
    },
    judge(work) {
      const from = now();
      const result = work();
      spent.judge += now() - from;
      return result;
    },
    cache() {
      const cache = new Remembered<PageFacts>(FACTS_LIMIT);
      let missed = 0;
      return {
        get(key) {
          const facts = cache.get(key);
          if (!facts) missed = now();
          return facts;
        },
        set(key, facts) {
          spent.parse += now() - missed;
          cache.set(key, facts);
        },
      };
    },
    milliseconds: () => ({
      read: Math.round(spent.read),
      parse: Math.round(spent.parse),
      judge: Math.round(spent.judge - spent.parse),
      total: Math.round(now() - start),
    }),
  };
}
