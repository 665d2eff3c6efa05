import { readerText } from '../docs/markdown/reader-text.ts';

const [UNKNOWN, PLAIN, OTHER] = [0, 1, 2];
/** By UTF-16 code unit. */
const known = new Uint8Array(0x10000);
const LETTERS = /[\p{L}\p{N}\p{M}\p{Cs}\p{Cf}\p{Cc}]/u;

/**
 * Whether a code unit beyond ASCII is a sign that parts words and nothing more, as arrows and typographic double quotes are:
 * the text around it may then be read as it stands. Apostrophes and dashes join words, unless they stand by themselves.
 */
export function isPlainSign(code: number): boolean {
  if (known[code] === UNKNOWN) known[code] = isSeparator(String.fromCharCode(code)) ? PLAIN : OTHER;
  return known[code] === PLAIN;
}

function isSeparator(sign: string): boolean {
  const read = readerText(sign);
  return read !== '' && !LETTERS.test(sign) && !/[\p{L}\p{N}\p{M}\-'._]/u.test(read);
}

/** A dash with a space on either side. */
export function isSpacedDash(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x2010 && code <= 0x2015 && text.charCodeAt(at - 1) === SPACE && text.charCodeAt(at + 1) === SPACE;
}

const SPACE = 32;
