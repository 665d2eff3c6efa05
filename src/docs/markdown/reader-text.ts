/** Anything that is not printable ASCII with single spaces, the common case by far. */
const NEEDS_WORK = /[^\x20-\x7e]| {2}/;

// Before NFKC, which would take these apart into two primes or into a space and a combining accent.
const DOUBLE_PRIMES = /[\u2033\u2036]/g;
const ACUTE_ACCENT = /\u00b4/g;

const SINGLE_QUOTES = /[\u2018-\u201b\u2032\u2035]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const SPACES = /[^\S\n]+/g;

/** Control, zero-width and bidi characters; the joiner between two emoji is part of what the reader sees. */
const INVISIBLE =
  /[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\u200d(?!\p{Extended_Pictographic})/gu;

/**
 * Text as it is compared: NFKC, straight quotes, ASCII hyphens, plain spaces, nothing invisible.
 * Runs of spaces and tabs become one space and line ends become `\n`; neither is trimmed.
 */
export function readerText(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(DOUBLE_PRIMES, '"')
    .replace(ACUTE_ACCENT, "'")
    .normalize('NFKC')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ');
}

/** The same on one line, without spaces at its ends: as labels are kept. */
export function lineOfText(text: string): string {
  return readerText(text).replace(/\s+/g, ' ').trim();
}
