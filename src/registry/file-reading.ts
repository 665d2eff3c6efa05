import { LineCounter } from 'yaml';
import type { Span, YamlNode } from './parse-yaml.ts';
import type { Mistake, Position } from './registry.ts';
import { scrub } from './scrub.ts';

/** Nobody corrects more at once, and a hostile file must not make a report endless. */
export const MAX_MISTAKES = 1000;

/** A message does not repeat longer text of a registry whole. */
const LONGEST_QUOTE = 60;

/**
 * Finds lines and columns of offsets in a text whose lines end in LF or CRLF. Both start at 1; columns count UTF-16
 * units as editors do.
 */
export function lineFinder(text: string): (offset: number) => Omit<Position, 'path'> {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** One registry file while it is read: its positions and the mistakes found so far. */
export class FileReading {
  readonly path: string;
  /** Key → where it belongs, for keys that stand in the wrong place. */
  readonly homes: ReadonlyMap<string, string>;
  /** The number of all mistakes, including those that `finish` leaves out. */
  count = 0;
  /** The id of the entry that is being read, and where its fields stand; null outside entries. */
  scenario: string | null = null;
  places: Record<string, Position> | null = null;
  private readonly mistakes: Mistake[] = [];
  private readonly text: string;
  private readonly find: ReturnType<typeof lineFinder>;

  constructor(path: string, text: string, homes: ReadonlyMap<string, string>) {
    this.path = path;
    this.text = text;
    this.homes = homes;
    this.find = lineFinder(text);
  }

  position(offset: number): Position {
    return { path: this.path, ...this.find(offset) };
  }

  /** Notes where a field stands, if an entry is being read. */
  note(field: string, { start }: Span): void {
    if (this.places) this.places[field] = this.position(start);
  }

  /** Notes a mistake. Returns undefined, so that a reader without a sound value can return it. */
  mistake(span: Span, message: string, advice: string, scenario = this.scenario): undefined {
    this.count++;
    if (this.count > MAX_MISTAKES) return;
    const place = this.position(span.start);
    const endLine = this.find(Math.max(span.start, span.end - 1)).line;
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
    return end - start > LONGEST_QUOTE ? null : scrub(this.text.slice(start, end));
  }
}

/** How a message names a field by its path: `"until"`, `item 2 of "codes"`. */
export function labelOf(path: string): string {
  const names = path.split('.');
  const last = names.at(-1)!;
  if (last === '*') return `a value of "${names.at(-2)}"`;
  if (/^\d+$/.test(last)) return `item ${Number(last) + 1} of "${names.at(-2)}"`;
  return `"${last}"`;
}

/** Says what a node holds, to complete "found …". */
export function described(node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map of keys and values';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text ${quoted(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.value}` : String(node.value);
}

/** Quotes text of a registry for a message: cut, on one line, without secrets. */
export function quoted(text: string): string {
  const bounded = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return JSON.stringify(scrub(bounded));
}
