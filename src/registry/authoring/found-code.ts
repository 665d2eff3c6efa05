/** An error code that was found outside the registry. */
export interface FoundCode {
  code: string;
  /** What the file says of it, in one line; null where it says nothing. */
  title: string | null;
  /** Where it stands first; lines start at 1. */
  path: string;
  line: number;
  /** The number of places in which it stands. */
  count: number;
}

/** Values of error fields that say nothing of the failure, in lower case. */
const EMPTY_WORDS = new Set(
  (
    'error errors ok okay success failure failed fail fatal none null nil unknown undefined true false other default ' +
    'code type string object number integer boolean warning info debug unspecified'
  ).split(' '),
);

const LONGEST = 120;

/**
 * Whether a text can be told from running text by its look, as an error code must be: `card_declined`, `ERR_4012`,
 * `TimeoutError`, `E1001`. An ordinary word such as `expired`, and a number of HTTP, would be found everywhere.
 */
export function isTellingCode(text: string): boolean {
  if (text.length < 3 || text.length > LONGEST || /[\s{}]/.test(text)) return false;
  if (!/\p{L}/u.test(text)) return /^-?\d{4,}$/.test(text);
  if (EMPTY_WORDS.has(text.toLowerCase().replace(/^_+|_+$/g, ''))) return false;
  const joined = /[\p{L}\d][-_.:/][\p{L}\d]/u.test(text);
  const mixed = /\p{Ll}\p{Lu}/u.test(text) || (/\d/.test(text) && /\p{L}/u.test(text));
  return joined || mixed || /^\p{Lu}{4,}$/u.test(text);
}

/** A code in words, for a title: `card_declined` becomes `Card declined`, `ERR_GONE` becomes `Gone`. */
export function codeInWords(code: string): string {
  const words = code
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
  if (words.length > 1 && /^err(?:or)?$/.test(words[0]!)) words.shift();
  const text = words.join(' ');
  return text === '' ? code : text[0]!.toUpperCase() + text.slice(1);
}
