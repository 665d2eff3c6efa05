import type { TextBlob } from '../tree.ts';
import { outlineOf } from './file-outline.ts';

/** A file's text before it is parsed. */
export interface RawText {
  text: string;
  /** The offset of the end of its frontmatter, and the title in that. */
  start: number;
  title: string | null;
  /** `md` where it may be read as Markdown. */
  syntax: 'mdx' | 'md';
}

export function syntaxOf(path: string): RawText['syntax'] {
  return /\.mdx$/i.test(path) ? 'mdx' : 'md';
}

export function rawTextOf(path: string, blob: TextBlob): RawText {
  const { start, frontmatter } = outlineOf(blob);
  return { text: blob.text, start, title: frontmatter.title, syntax: syntaxOf(path) };
}

/** Equal for two files with the same text that is read the same way. @param id of the blob */
export function textKeyOf(path: string, id: string | undefined): string {
  return `${syntaxOf(path)}:${id}`;
}
