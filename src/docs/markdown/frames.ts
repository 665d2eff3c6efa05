import type { PageReader } from './page-reader.ts';
import type { Scope, SectionStart } from './section-builder.ts';

/** An element that is still open and what its end does. */
export interface Frame {
  name: string;
  close: (line: number) => void;
  /** For a section that may still get a title: begins that title and says which section it belongs to. */
  title?: { begin: ((line: number) => number) | null };
  table?: { inHead: boolean; bodyRows: number };
  row?: { cells: number; headers: number };
  /** Titles that the parent gives its tabs, in order or by their `value`. */
  tabs?: { inOrder: Iterator<string>; byValue: Map<string, string> };
}

/** Deeper than any page that people write; it bounds the work that hostile nesting can cause. */
export const MOST_NESTED = 200;

export const TOO_DEEP = `nested more than ${MOST_NESTED} levels deep`;

/** Thrown where a page nests deeper than `MOST_NESTED`. */
export class TooDeep extends Error {
  override message = TOO_DEEP;
}

/** The elements that are open, innermost last. */
export class Frames {
  readonly reader: PageReader;
  private readonly open: Frame[] = [];

  constructor(reader: PageReader) {
    this.reader = reader;
  }

  push(frame: Frame): Frame {
    if (this.open.length >= MOST_NESTED) throw new TooDeep();
    this.open.push(frame);
    return frame;
  }

  innermost(test: (frame: Frame) => boolean): Frame | undefined {
    return this.open.findLast(test);
  }

  /** Ends a frame and all that is open inside it; nothing if it has ended already. */
  close(frame: Frame | null, line: number): void {
    const at = frame ? this.open.lastIndexOf(frame) : -1;
    while (at >= 0 && this.open.length > at) this.pop(line);
  }

  /** Ends the innermost open element of that name, if there is one. */
  closeNamed(name: string, line: number): void {
    this.close(this.innermost((frame) => frame.name === name) ?? null, line);
  }

  /** Ends frames until `done`, or all of them. */
  closeUntil(done: () => boolean, line: number): void {
    while (this.open.length > 0 && !done()) this.pop(line);
  }

  /** A stretch in which headings nest, with a section of its own if `start` is given. */
  pushScope(name: string, form: Scope['form'], start?: SectionStart): { frame: Frame; scope: Scope } {
    const { reader } = this;
    reader.flush();
    const scope = reader.builder.open(form, start);
    const close = (line: number) => {
      reader.boundary(line);
      reader.settleLinks(line);
      reader.builder.close(scope, line);
    };
    return { frame: this.push({ name, close }), scope };
  }

  private pop(line: number): void {
    this.open.pop()?.close(line);
  }
}
