/** Nobody types for so long. */
const PAUSE_MS = 350;

/** Work in small steps while the person thinks; whatever else is asked for comes in between. */
export class IdleWork {
  readonly #steps: readonly (() => boolean)[];
  readonly #onDone: (step: number) => void;
  readonly #onBug: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  #next: NodeJS.Immediate | null = null;

  /**
   * @param steps each does a little; one that had nothing left to do says false, and the next one begins
   * @param onDone called with the index of a step that has done something and has nothing left
   */
  constructor(steps: readonly (() => boolean)[], onDone: (step: number) => void, onBug: (error: unknown) => void) {
    this.#steps = steps;
    this.#onDone = onDone;
    this.#onBug = onBug;
  }

  /** Begins after a pause, and anew each time. */
  begin(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#go(0, false), PAUSE_MS);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#next) clearImmediate(this.#next);
  }

  #go(at: number, hasBegun: boolean): void {
    const step = this.#steps[at];
    if (!step) return;
    let isMore = false;
    try {
      isMore = step();
    } catch (error) {
      this.#onBug(error);
    }
    if (!isMore && hasBegun) this.#onDone(at);
    this.#next = setImmediate(() => (isMore ? this.#go(at, true) : this.#go(at + 1, false)));
  }
}
