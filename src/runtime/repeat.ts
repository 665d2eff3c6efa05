interface Repetition {
  /** Milliseconds between the end of one run and the start of the next. */
  every: number;
  /** The part of `every` by which a run may start sooner or later, so that processes do not all ask at once. */
  jitter: number;
  onFailure(error: unknown): void;
}

/**
 * Does a task at once and then again and again, never twice at the same time.
 * @returns what stops it; it resolves when a run under way has ended
 */
export function repeat(task: (signal: AbortSignal) => Promise<void>, options: Repetition): () => Promise<void> {
  const { every, jitter, onFailure } = options;
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = (): void => {
    running = Promise.resolve()
      .then(() => task(abort.signal))
      .catch(onFailure)
      .then(() => {
        if (!abort.signal.aborted) timer = setTimeout(run, every * (1 + jitter * (2 * Math.random() - 1)));
      });
  };
  run();
  return () => {
    abort.abort();
    clearTimeout(timer);
    return running;
  };
}
