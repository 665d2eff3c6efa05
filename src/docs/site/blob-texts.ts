import type { Blobs, BlobText, TextBlob } from '../tree.ts';
import { outlineOf } from './file-outline.ts';

/** Reads texts while everything else waits; those that are no text are left out. */
export type ReadTexts = (ids: readonly string[]) => ReadonlyMap<string, string>;

/** Characters of the texts that are held; of a text that comes later only the outline is. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** Characters of the texts that are read together. */
const READ_TOGETHER = 1024 * 1024;
const MOST_TOGETHER = 2_000;

const NONE: ReadonlyMap<string, string> = new Map();

/** The blobs of a run. The texts of a large site are not held: each is read again, with those that are needed next. */
export class BlobTexts implements Blobs {
  readonly #readTexts: ReadTexts;
  readonly #most: number;
  readonly #blobs = new Map<string, BlobText>();
  /** Ids whose texts are not held, in the order in which they will be needed, and the place of each. */
  #order: string[] = [];
  #places = new Map<string, number>();
  #expected: (() => Iterable<string>) | null = null;
  /** Texts that were read ahead, and the last one that was asked for out of turn. */
  #window = NONE;
  #aside = NONE;
  #characters = 0;
  #texts = 0;

  /** @param most characters of texts that are held */
  constructor(readTexts: ReadTexts, most = MOST_CHARACTERS) {
    this.#readTexts = readTexts;
    this.#most = most;
  }

  has(id: string): boolean {
    return this.#blobs.has(id);
  }

  get(id: string): BlobText | undefined {
    return this.#blobs.get(id);
  }

  set(id: string, blob: BlobText): void {
    if ('text' in blob) this.#count(blob.text);
    const isHeld = !('text' in blob) || this.#characters <= this.#most;
    this.#blobs.set(id, isHeld ? blob : this.#released(id, outlineOf(blob)));
  }

  readLater(ids: Iterable<string>): void {
    for (const id of ids) if (!this.#blobs.has(id)) this.#blobs.set(id, this.#released(id));
  }

  expect(ids: () => Iterable<string>): void {
    this.#expected = ids;
  }

  #released(id: string, outline?: TextBlob['outline']): TextBlob {
    const read = () => this.#read(id);
    return {
      get text() {
        return read();
      },
      outline,
    };
  }

  #read(id: string): string {
    const held = this.#window.get(id) ?? this.#aside.get(id);
    if (held !== undefined) return held;
    const texts = this.#readTexts(this.#withNext(id));
    for (const text of texts.values()) this.#count(text);
    if (texts.size > 1) this.#window = texts;
    else this.#aside = texts;
    return texts.get(id) ?? '';
  }

  /** The id, and those that will be needed after it. */
  #withNext(id: string): readonly string[] {
    this.#takeOrder();
    const at = this.#places.get(id);
    if (at === undefined) return [id];
    const together = Math.floor((READ_TOGETHER * this.#texts) / this.#characters) || 1;
    return this.#order.slice(at, at + Math.min(MOST_TOGETHER, together));
  }

  /** Done when the first text is read, which on a site that is known may never be. */
  #takeOrder(): void {
    if (this.#expected === null) return;
    const ids = new Set(this.#expected());
    this.#expected = null;
    this.#order = [...ids].filter((id) => isReleased(this.#blobs.get(id)));
    this.#places = new Map(this.#order.map((id, at) => [id, at]));
    this.#window = NONE;
  }

  #count(text: string): void {
    this.#characters += text.length;
    this.#texts += 1;
  }
}

function isReleased(blob: BlobText | undefined): boolean {
  return blob !== undefined && Object.getOwnPropertyDescriptor(blob, 'text')?.get !== undefined;
}
