/** Texts that are read together are so many times as many each time that somebody follows the order. */
const GROWTH = 8;

/** The order in which texts are likely to be asked for: tells which ones to read along with one. */
export class ReadingOrder {
  readonly #ids: string[] = [];
  readonly #places = new Map<string, number>();
  /** The place after the last one that was read along, and how many were read at once. */
  #end = 0;
  #size = 1;
  /** The last place that was asked for out of order. */
  #aside = -1;

  add(id: string): void {
    if (this.has(id)) return;
    this.#places.set(id, this.#ids.length);
    this.#ids.push(id);
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  /**
   * The id, and those after it where somebody follows the order; one that is asked for in between does not change that.
   * @param most that are read together
   */
  from(id: string, most: number): readonly string[] {
    const at = this.#places.get(id) ?? this.#ids.length;
    const goesOn = at >= this.#end && at < this.#end + this.#size;
    if (!goesOn && at !== this.#aside + 1) {
      this.#aside = at;
      return [id];
    }
    this.#size = Math.max(1, Math.min(GROWTH * (goesOn ? this.#size : 1), most));
    this.#end = at + this.#size;
    return this.#ids.slice(at, this.#end);
  }
}
