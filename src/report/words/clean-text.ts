/** VS15 or VS16 (an emoji's look), then ZWNJ or ZWJ (which join letters of several scripts and parts of an emoji). */
const JOINERS = /(?:\u200c|\u200d|\ufe0e|\ufe0f)+/g;

/** Controls, and all that shows nothing or reorders what is shown (Unicode `Default_Ignorable_Code_Point`, UAX #9). */
const HIDDEN = /(?!\n|\t|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * A text as one line that shows what it holds: line breaks and runs of white space are one space, controls (escape
 * sequences with them), bidirectional and zero-width characters are gone, lone surrogates are U+FFFD.
 */
export function cleanLine(text: string): string {
  return withoutHidden(text.replace(/[^\S\ufeff]|\x85/g, ' '))
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The same for a sample of several lines: line breaks are `\n`, tabs and indentation stay, no line break at its end. */
export function cleanLines(text: string): string {
  return withoutHidden(text.replace(/\r\n?|[\x85\u2028\u2029]/g, '\n')).replace(/\n+$/, '');
}

/** `cleanLines` for a sample that is shown: without empty lines at its start, which only its insertion needs. */
export function cleanSample(text: string): string {
  return cleanLines(text).replace(/^(?:[ \t]*\n)+/, '');
}

/** At most `limit` code points; a text that is cut ends in `…`. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text.slice(0, 2 * limit + 2)];
  if (points.length <= limit) return text;
  const kept = points.slice(0, limit - 1).join('');
  return `${kept.trimEnd()}…`;
}

/** One clean line of at most `limit` code points. */
export function shortLine(text: string, limit: number): string {
  return shorten(cleanLine(text), limit);
}

function withoutHidden(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd').replace(HIDDEN, '').replace(JOINERS, neededJoiners);
}

/** At most one selector and one joiner, and only beside characters that can need them, which no ASCII one does. */
function neededJoiners(run: string, at: number, text: string): string {
  if (!isBeyondAscii(text[at - 1])) return '';
  const kept = run.replace(/^([^\u200c-\u200d]?[\u200c-\u200d]?).*$/, '$1');
  return isBeyondAscii(text[at + run.length]) ? kept : kept.replace(/[\u200c-\u200d]$/, '');
}

function isBeyondAscii(char: string | undefined): boolean {
  return char !== undefined && char > '\x7f';
}
