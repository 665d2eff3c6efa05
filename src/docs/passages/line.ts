/** One line, without what marks quotes around it. */
export interface Line {
  from: number;
  to: number;
  number: number;
  indent: number;
  quotes: number;
  content: string;
  /** Which of `SIGNS` it holds. */
  signs: number;
}

/** Characters that mean something wherever they stand in a line, as bits. */
const SIGNS = new Uint8Array(128);
export const [TAGS, BRACES, CELLS, VALUES, BOLD, COLONS, TICKS] = [1, 2, 4, 8, 16, 32, 64];
for (const [signs, bit] of [
  ['<', TAGS],
  ['{}', BRACES],
  ['|', CELLS],
  ['=[', VALUES],
  ['*_', BOLD],
  [':', COLONS],
  ['`', TICKS],
] as const)
  for (const sign of signs) SIGNS[sign.charCodeAt(0)] = bit;

export const [BACKTICK, TILDE] = [96, 126];

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

export function signsOf(text: string, from: number, to: number): number {
  let signs = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128) signs |= SIGNS[code] as number;
  }
  return signs;
}

export function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9) break;
    at += 1;
  }
  return at;
}

export function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** How many cells a table's row has (GFM, "Tables"). */
export function cellCount(row: string): number {
  const bare = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/).length;
}
