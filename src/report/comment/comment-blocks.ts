import { byteLength, LIST_ITEMS } from '../words/limits.ts';
import { count, grouped, listed, type Noun } from '../words/sentence.ts';

/** A part of a comment that may lose items at its end, or be left out. */
export interface CommentBlock {
  open: string;
  /** Each with the line break that ends it. */
  items: string[];
  close?: string;
  /** What an item is, for the note on how many are missing. */
  noun: Noun;
  /** How many items were never meant to be shown here, for the same note. */
  further?: number;
}

/** A block of at most so many items, of which the others are only counted. */
export function blockOf<Item>(
  noun: Noun,
  items: readonly Item[],
  render: (item: Item, index: number) => string,
  { open = '', limit = items.length } = {},
): CommentBlock {
  return { open, items: items.slice(0, limit).map(render), noun, further: Math.max(0, items.length - limit) };
}

/** A list with a title. */
export function listBlock(title: string, texts: readonly string[], noun: Noun, limit = LIST_ITEMS): CommentBlock {
  return blockOf(noun, texts, (text) => `- ${text}\n`, { open: `${title}\n\n`, limit });
}

/** What the notes on items that were left out need at most: one line for each block and one for all. */
const ROOM_FOR_NOTES = 800;

/**
 * Joins blocks with empty lines between head and foot within a number of UTF-8 bytes. What does not fit is dropped
 * whole, last first, and said so. Head, foot and notes themselves must fit.
 * @param elsewhere where the rest can be read
 */
export function fitBlocks(
  head: string,
  blocks: CommentBlock[],
  foot: string,
  bytes: number,
  elsewhere = '; see the check run',
): string {
  let room = bytes - byteLength(head) - byteLength(foot) - ROOM_FOR_NOTES;
  const shown: string[] = [head];
  const leftOut: string[] = [];
  for (const block of blocks.filter(({ items }) => items.length > 0)) {
    const fitting = fittingItems(block, room);
    const text = textOf(block, fitting);
    room = fitting.length < block.items.length ? 0 : room - byteLength(text) - 2;
    const missing = block.items.length - fitting.length + (block.further ?? 0);
    if (fitting.length === 0) leftOut.push(count(missing, block.noun));
    else shown.push(text.trimEnd() + moreNote(missing, block.noun, elsewhere));
  }
  if (leftOut.length > 0) shown.push(`_Left out for length: ${listed(leftOut)}${elsewhere}._`);
  return [...shown, foot].map((part) => part.trimEnd()).join('\n\n');
}

function fittingItems(block: CommentBlock, room: number): string[] {
  let used = byteLength(textOf(block, [])) + 2;
  const end = block.items.findIndex((item) => {
    used += byteLength(item);
    return used > room;
  });
  return end < 0 ? block.items : block.items.slice(0, end);
}

function textOf({ open, close = '' }: CommentBlock, items: readonly string[]): string {
  return open + items.join('') + close;
}

function moreNote(missing: number, noun: Noun, elsewhere: string): string {
  return missing === 0 ? '' : `\n\n_…and ${grouped(missing)} more ${noun[missing === 1 ? 0 : 1]}${elsewhere}._`;
}
