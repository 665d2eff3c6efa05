/** Scripts that set no space between words, so that a name's edge cannot be seen. */
const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a text has words that no space parts. */
export function isSpaceless(text: string): boolean {
  return SPACELESS.test(text);
}

/**
 * The names and domains that a registry calls private, whole and in any case; null where there are none.
 * A space in a name stands for any white space. The text must be in Unicode's normal form C.
 */
export function privatePattern(words: readonly string[]): RegExp | null {
  const names = words
    .map((word) => word.trim().normalize('NFC'))
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
  return names.length === 0 ? null : new RegExp(names.map(wholeName).join('|'), 'giu');
}

function wholeName(name: string): string {
  const characters = [...name];
  const before = isSpaceless(characters[0]!) ? '' : '(?<![\\p{L}\\p{N}_])';
  const after = isSpaceless(characters.at(-1)!) ? '' : '(?![\\p{L}\\p{N}_])';
  return before + name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s{1,5}') + after;
}
