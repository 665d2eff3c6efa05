/** The row below a table's header. */
export const TABLE = /[-:][ \t]*\|/;

/** A line that begins or ends a sample; code within a line, and within a cell; code between spaces. */
const FENCE = /^(?: {0,3}>)* {0,3}`{3,}[^`\n]*$/gm;
const CODE = /(?<![\\`])(`+)(?!`)[^`\n]*[^`\n]\1(?!`)/g;
const CELL_CODE = /(?<![\\`])(`+)(?!`)[^`|\n]*[^`|\n]\1(?!`)/g;
const PADDED = /^`+\s.*\s`+$/;
/** What begins an expression, a tag and a target, and what stands for the sign that ends it, in code. */
const SPANS = [
  ['{', '\x01'],
  ['<', '\x02'],
  ['](', '\x03'],
] as const;
const ENDS_IN_CODE: Record<string, string> = { '}': '\x01', '>': '\x02', ')': '\x03' };
/** Those that end for certain, and not in code. */
const CLOSED = /<\/?[A-Za-z](?:[^<>"'`{}\x02]|"[^"`\x02]*")*>|\{[^{}"'`/\x01]*\}|\]\([^()<>"'`\\\x03]*\)/g;

/**
 * Whether code may lose the spaces at its ends beside a letter: `` va` ult ` ``. What is code is certain where all backticks
 * of a paragraph pair within their lines, and no mark that began before may end between such two.
 */
export function mayTrimCode(text: string): boolean {
  if (!text.includes('`') || !hasTrimmedPair(text)) return false;
  const rest = text
    .replace(FENCE, '')
    .replace(TABLE.test(text) ? CELL_CODE : CODE, (code) =>
      PADDED.test(code) ? '`' : code.replace(/[^}>)]+/g, '').replace(/./g, (end) => ENDS_IN_CODE[end] as string),
    )
    .replace(CLOSED, '');
  return (
    rest.includes('`') ||
    SPANS.some(([start, end]) => rest.lastIndexOf(end) > rest.indexOf(start) && rest.includes(start))
  );
}

/** Whether what stands between two runs of backticks would, as code, lose a space beside a letter. */
function hasTrimmedPair(text: string): boolean {
  const ends = new Map<number, number>();
  const isAt = (kind: RegExp, at: number) => kind.test(text.charAt(at));
  for (const { 0: ticks, index } of text.matchAll(/`+/g)) {
    const from = ends.get(ticks.length);
    const after = index + ticks.length;
    ends.set(ticks.length, after);
    if (from === undefined || !isAt(/\s/, from) || !isAt(/\s/, index - 1)) continue;
    let [first, last] = [from, index - 1];
    while (isAt(/[\s>]/, first)) first++;
    while (isAt(/[\s>]/, last)) last--;
    if (isAt(/\S/, from - ticks.length - 1) && isAt(/[\w'.-]/, first)) return true;
    if (isAt(/\S/, after) && isAt(/[\w'.-]/, last)) return true;
  }
  return false;
}
