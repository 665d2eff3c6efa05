import { BACKTICK, BOLD, COLONS, type Line, TAGS, TILDE, VALUES } from './line.ts';
import type { Passage } from './passage.ts';

/** Labels that only say which part of an explanation they hold: what is above them still counts. */
export const PART = /cause|symptom|fix|solution|resol|why|what|workaround|diagnos|explanation|description|details/i;

export const MARKS = /^(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
export const LIST_MARK = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t])/;
export const ORDERED = /^\d/;
export const FENCE = /^(`{3,}|~{3,})(.*)$/;
export const ATX = /^#{1,6}(?:[ \t]|$)/;
const ATTRIBUTE =
  /\b(?:title|label|summary|question|header|heading|trigger|value|values|name|items)[ \t]*=|:::?\w|\[!/i;
const BOLD_LEAD = /^(?:[[(*_~\s]|<[^<>]*>)*(?:\*\*|__)|<(?:strong|b)\b/i;
/** What may stand out at the start of a list item. */
export const LEAD = /^(?:[[(*_~]|<[^<>]*>)*(?:\*\*|__|`|<)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
export const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** What a line may title something by: as underlined text above it, a heading, an attribute, bold words at its start. */
export type LabelForm = 'title' | 'heading' | 'attribute' | 'bold';

/**
 * @param words the line without marks of lists and quotes
 * @param isText it is no list item, in which bold words title nothing but the item
 */
export function labelForm({ content, signs }: Line, words: string, isText: boolean): LabelForm | null {
  if ((content[0] === '-' || content[0] === '=') && UNDERLINE.test(content)) return 'title';
  // Below a tag MDX reads a heading where HTML has text.
  if (ATX.test(words)) return 'heading';
  const isBold = (signs & (BOLD | TAGS)) !== 0 && isText && content[0] !== '|' && BOLD_LEAD.test(words);
  if (isBold) return 'bold';
  return givesTitle({ content, signs }) ? 'attribute' : null;
}

/** Whether an attribute on the line may title something. */
export function givesTitle({ content, signs }: Pick<Line, 'content' | 'signs'>): boolean {
  return (signs & (VALUES | COLONS)) !== 0 && ATTRIBUTE.test(content);
}

/** A passage with a heading in it may title the page, and a part of an explanation. */
export function noteTitle(passage: Passage, words: string): void {
  const depth = /^#*/.exec(words)?.[0].length ?? 0;
  passage.isTitle ||= depth < 2;
  if (depth > 0 && !PART.test(words)) return;
  passage.isPart = true;
  passage.partDepth = Math.min(passage.partDepth, Math.max(depth, 1));
}

/** The line that opens a sample. */
export interface Fence {
  marks: string;
  indent: number;
  quotes: number;
}

/** Whether a line of a sample cannot be its end. @param first the code of its first character */
export function isInside(fence: Fence, first: number, indent: number, quotes: number): boolean {
  return first !== BACKTICK && first !== TILDE && indent >= fence.indent && quotes >= fence.quotes;
}
