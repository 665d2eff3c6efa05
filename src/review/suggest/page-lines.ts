import type { Before } from '../../coverage/moves.ts';
import type { Blobs } from '../../docs/tree.ts';
import type { SiteAt } from '../compare/changes.ts';

/** The site at head, for whose pages text is written. */
export interface Head extends SiteAt {
  blobs: Blobs;
  before: Before | null;
}

/** A file's lines as they stand, for finding where text can go. */
export interface PageLines {
  path: string;
  syntax: 'mdx' | 'md';
  text: string;
  lines: readonly string[];
  /** How many lines there are; a line break at the file's end begins no further one. */
  count: number;
}

/** Text in the page's own shape that would cover the scenario once its placeholders are written out. */
export interface Snippet {
  path: string;
  /** The line after which it goes; 0 is the file's start. */
  afterLine: number;
  shape: 'details' | 'accordion' | 'heading' | 'row' | 'item' | 'lines';
  /** Why there: "adds a section", "completes “…”". */
  purpose: string;
  syntax: 'mdx' | 'md';
  text: string;
}

/** The lines of a file at head; null where it is not there as text. */
export function pageLines(path: string, { tree, blobs }: Pick<Head, 'tree' | 'blobs'>): PageLines | null {
  const file = tree.get(path);
  const blob = file && blobs.get(file.blob);
  if (!blob || !('text' in blob)) return null;
  const { text } = blob;
  const lines = text.split(/\r\n|\n|\r/);
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  return { path, syntax: /\.mdx$/i.test(path) ? 'mdx' : 'md', text, lines, count };
}

/** A line by its number, which starts at 1; empty beyond the file. */
export function lineOf({ lines }: PageLines, number: number): string {
  return lines[number - 1] ?? '';
}

export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** Puts blank lines around a block where the lines beside it are not blank. */
export function apart(block: readonly string[], afterLine: number, at: PageLines): string {
  const above = afterLine > 0 && lineOf(at, afterLine).trim() !== '' ? [''] : [];
  const below = afterLine < at.count && lineOf(at, afterLine + 1).trim() !== '' ? [''] : [];
  return [...above, ...block, ...below].join('\n');
}

/** A text with a snippet in its place, as a person would paste it. */
export function pasteInto(text: string, { afterLine, text: lines }: Pick<Snippet, 'afterLine' | 'text'>): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return text
    .split(/\r\n|\n|\r/)
    .toSpliced(afterLine, 0, ...lines.split('\n'))
    .join(lineBreak);
}
