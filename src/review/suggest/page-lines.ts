import type { Blobs, Tree } from '../../docs/tree.ts';

/** A file's lines as they stand, for finding where text can go. */
export interface PageLines {
  path: string;
  syntax: 'mdx' | 'md';
  lines: readonly string[];
  /** How many lines there are; a line break at the file's end begins no further one. */
  count: number;
}

/** The lines of a file at head; null where it is not there as text. */
export function pageLines(path: string, tree: Tree, blobs: Blobs): PageLines | null {
  const file = tree.get(path);
  const blob = file && blobs.get(file.blob);
  if (!blob || !('text' in blob)) return null;
  const lines = blob.text.split(/\r\n|\n|\r/);
  return {
    path,
    syntax: /\.mdx$/i.test(path) ? 'mdx' : 'md',
    lines,
    count: lines.at(-1) === '' ? lines.length - 1 : lines.length,
  };
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
