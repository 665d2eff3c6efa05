import type { PageMemory } from '../coverage/page-memory.ts';
import type { FactsCache } from '../docs/site/site.ts';
import type { Milliseconds } from '../review/review.ts';

/** Measures a command; the core has no clock. */
export interface Stopwatch {
  read<T>(work: () => Promise<T>): Promise<T>;
  judge<T>(work: () => T): T;
  /** What is remembered of pages, with parsing measured: it takes from a miss until its answer is remembered. */
  measured(pages: PageMemory): PageMemory;
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
    measured({ facts, ...others }) {
      let missed = 0;
      const get: FactsCache['get'] = (key) => {
        const known = facts.get(key);
        if (!known) missed = now();
        return known;
      };
      const set: FactsCache['set'] = (key, found) => {
        spent.parse += now() - missed;
        facts.set(key, found);
      };
      return { ...others, facts: { get, set } };
    },
    milliseconds: () => ({
      read: Math.round(spent.read),
      parse: Math.round(spent.parse),
      judge: Math.round(spent.judge - spent.parse),
      total: Math.round(now() - start),
    }),
  };
}
