import { grouped } from './grouped.ts';
import { byteLength } from './limits.ts';
import { count, listed, type Noun } from './sentence.ts';

/** A part of a comment that may lose items at its end, or be left out. */
export interface Block {
  open: string;
  /** Each with the line break that ends it. */
  items: string[];
  close: string;
  /** What an item is, for the note on how many are missing. */
  noun: Noun;
  /** Items that were never meant to be shown here, for the same note. */
  further?: number;
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
  blocks: Block[],
  foot: string,
  bytes: number,
  elsewhere = '; see the check run',
): string {
  let room = bytes - byteLength(head) - byteLength(foot) - ROOM_FOR_NOTES;
  const shown: string[] = [head];
  const leftOut: string[] = [];
  for (const block of blocks.filter(({ items }) => items.length > 0)) {
    const fitting = fittingItems(block, room);
    room = fitting.length < block.items.length ? 0 : room - sizeOf(block, fitting);
    const missing = block.items.length - fitting.length + (block.further ?? 0);
    if (fitting.length === 0) leftOut.push(count(missing, block.noun));
    else shown.push((block.open + fitting.join('') + block.close).trimEnd() + moreNote(missing, block.noun, elsewhere));
  }
  if (leftOut.length > 0) shown.push(`_Left out for length: ${listed(leftOut)}${elsewhere}._`);
  return [...shown, foot].map((part) => part.trimEnd()).join('\n\n');
}

function fittingItems(block: Block, room: number): string[] {
  let used = sizeOf(block, []);
  const end = block.items.findIndex((item) => {
    used += byteLength(item);
    return used > room;
  });
  return end < 0 ? block.items : block.items.slice(0, end);
}

/** With the empty line before it. */
function sizeOf(block: Block, items: string[]): number {
  return byteLength(block.open + items.join('') + block.close) + 2;
}

function moreNote(missing: number, noun: Noun, elsewhere: string): string {
  return missing === 0 ? '' : `\n\n_…and ${grouped(missing)} more ${noun[missing === 1 ? 0 : 1]}${elsewhere}._`;
}
