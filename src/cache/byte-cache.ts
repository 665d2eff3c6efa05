/** A map bounded by the bytes of what it holds; it lets go of what was used longest ago. */
export class ByteCache<Value> {
  readonly #limit: number;
  readonly #sizeOf: (value: Value, key: string) => number;
  readonly #entries = new Map<string, { value: Value; bytes: number }>();
  #bytes = 0;

  /**
   * @param limit bytes that all values together may take
   * @param sizeOf how many a value takes, as near as is cheap to say; asked once
   */
  constructor(limit: number, sizeOf: (value: Value, key: string) => number) {
    if (!(limit > 0)) throw new RangeError(`the limit must be above 0 bytes: ${limit}`);
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What was remembered under the key, which then counts as just used; undefined if nothing is. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** A value larger than the whole cache is not kept, and takes an older one of its key with it. */
  set(key: string, value: Value): void {
    this.delete(key);
    const bytes = this.#sizeOf(value, key);
    if (bytes > this.#limit) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
