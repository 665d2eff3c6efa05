/** A map that keeps at most `limit` entries and lets go of the one that was used longest ago. */
export class FactsCache<Facts> {
  readonly #limit: number;
  readonly #entries = new Map<string, Facts>();

  /** @param limit how many entries are kept, at least 1 */
  constructor(limit: number) {
    if (!Number.isInteger(limit) || limit < 1)
      throw new RangeError(`the limit must be a whole number from 1: ${limit}`);
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What was remembered under the key, which then counts as just used; undefined if nothing is. */
  get(key: string): Facts | undefined {
    const facts = this.#entries.get(key);
    if (facts !== undefined) this.set(key, facts);
    return facts;
  }

  set(key: string, facts: Facts): void {
    this.#entries.delete(key);
    this.#entries.set(key, facts);
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
