/** The job of BullMQ's that a lease is on. */
interface Leased {
  extendLock(token: string, milliseconds: number): Promise<number>;
}

/** The right to do a job, renewed while it is done. The clock decides: a process that was stopped for long has lost it. */
export class Lease {
  readonly #extend: () => Promise<boolean>;
  readonly #milliseconds: number;
  readonly #timer: NodeJS.Timeout;
  #renewedAt: number;
  #lost = false;
  #asking = false;
  #onLost: (() => void) | null = null;

  /** @returns null where the right is another's already */
  static async open(leased: Leased, token: string, milliseconds: number): Promise<Lease | null> {
    const extend = async () => (await leased.extendLock(token, milliseconds)) === 1;
    const at = Date.now();
    return (await extend()) ? new Lease(extend, milliseconds, at) : null;
  }

  private constructor(extend: () => Promise<boolean>, milliseconds: number, at: number) {
    this.#extend = extend;
    this.#milliseconds = milliseconds;
    this.#renewedAt = at;
    this.#timer = setInterval(() => void this.#renew(), milliseconds / 4);
    this.#timer.unref();
  }

  /** Whether another process may have the right. Once true, it stays so. */
  isLost(): boolean {
    if (Date.now() - this.#renewedAt >= this.#milliseconds) this.#lose();
    return this.#lost;
  }

  onLost(call: () => void): void {
    this.#onLost = call;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    if (this.isLost() || this.#asking) return;
    const at = Date.now();
    this.#asking = true;
    try {
      if (await this.#extend()) this.#renewedAt = at;
      else this.#lose();
    } catch {
      // Not renewed; the clock says when that was too long ago.
    } finally {
      this.#asking = false;
    }
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.close();
    this.#onLost?.();
  }
}
