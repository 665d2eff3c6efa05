import { type LineColumn, lineFinder } from './line-starts.ts';
import type { Mistake, Position } from './registry.ts';
import { scrub } from './scrub.ts';
import { LONGEST_QUOTE } from './wording.ts';

/** Nobody corrects more at once, and a hostile file must not grow a report without end. */
export const MAX_MISTAKES = 1000;

/** A stretch of the file, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** One registry file while it is read: its positions and the mistakes found so far. */
export class FileReading {
  readonly path: string;
  /** Where each key belongs that is unknown where it stands. */
  readonly homes: ReadonlyMap<string, string>;
  /** All mistakes, those left out of the list included. */
  count = 0;
  /** The entry that is being read, and where its fields stand. */
  scenario: string | null = null;
  places: Record<string, Position> | null = null;
  private readonly mistakes: Mistake[] = [];
  private readonly text: string;
  private readonly find: (offset: number) => LineColumn;

  constructor(path: string, text: string, homes: ReadonlyMap<string, string>) {
    this.path = path;
    this.text = text;
    this.homes = homes;
    this.find = lineFinder(text);
  }

  position(offset: number): Position {
    const { line, column } = this.find(offset);
    return { path: this.path, line, column };
  }

  mistake(span: Span, message: string, advice: string): void {
    this.count++;
    if (this.count > MAX_MISTAKES) return;
    const place = this.position(span.start);
    const endLine = this.find(Math.max(span.start, span.end - 1)).line;
    const { scenario } = this;
    this.mistakes.push({ ...place, endLine, kind: 'registry-invalid', severity: 'error', scenario, message, advice });
  }

  /** The mistakes in the order of their places; the last one says how many were left out. */
  finish(): Mistake[] {
    const mistakes = this.mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
    const left = this.count - mistakes.length;
    if (left > 0) {
      const last = mistakes.pop()!;
      mistakes.push({ ...last, message: `${last.message} (and ${left} more mistakes in this file)` });
    }
    return mistakes;
  }

  /** A value as the file has it, without secrets; null where it is too long to repeat. */
  source({ start, end }: Span): string | null {
    return end - start > LONGEST_QUOTE ? null : scrub(this.text.slice(start, end), []);
  }
}
