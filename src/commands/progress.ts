import type { PageMemory } from '../coverage/memory.ts';
import type { Milliseconds } from '../review/review.ts';
import type { Sink } from './command-context.ts';

/** One line at a terminal that says what is going on, and goes away. */
export interface Progress {
  /** For what is called often: says nothing at first, and then not at every call. */
  show(words: string): void;
  /** For a step that begins and does not let anything be said before it ends. */
  announce(words: string): void;
  clear(): void;
}

/** More often than this nobody can read. */
const INTERVAL_MS = 80;
/** Work that is done at once needs no word. */
const DELAY_MS = 150;
/** ECMA-48: carriage return, then erase the whole line. */
const ERASE = '\r\u001b[2K';

export const SILENT: Progress = { show: () => {}, announce: () => {}, clear: () => {} };

/** Progress on a terminal, at most once in an interval and not before some time has gone by. */
export function progressOn(sink: Sink, milliseconds: () => number = () => performance.now()): Progress {
  let next = milliseconds() + DELAY_MS;
  let shown = false;
  const write = (words: string) => {
    shown = true;
    sink.write(`${ERASE}${words.slice(0, (sink.columns || 80) - 1)}`);
  };
  return {
    show(words) {
      const at = milliseconds();
      if (at < next) return;
      next = at + INTERVAL_MS;
      write(words);
    },
    announce: write,
    clear() {
      if (shown) sink.write(ERASE);
      shown = false;
    },
  };
}

/** Measures the steps of a command; the core has no clock. */
export function startStopwatch(now: () => number = () => performance.now()) {
  const start = now();
  const spent = { read: 0, parse: 0, judge: 0 };
  return {
    async read<T>(work: () => Promise<T>): Promise<T> {
      const from = now();
      const result = await work();
      spent.read += now() - from;
      return result;
    },
    judge<T>(work: () => T): T {
      const from = now();
      const result = work();
      spent.judge += now() - from;
      return result;
    },
    /** What is remembered of pages, with parsing measured: it takes from a miss until its answer is remembered. */
    measured(pages: PageMemory): PageMemory {
      let missed = 0;
      const facts: PageMemory['facts'] = {
        get(key) {
          const known = pages.facts.get(key);
          if (!known) missed = now();
          return known;
        },
        set(key, found) {
          spent.parse += now() - missed;
          pages.facts.set(key, found);
        },
      };
      return { ...pages, facts };
    },
    milliseconds: (): Milliseconds => ({
      read: Math.round(spent.read),
      parse: Math.round(spent.parse),
      judge: Math.round(spent.judge - spent.parse),
      total: Math.round(now() - start),
    }),
  };
}
