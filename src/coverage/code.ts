/** A code of the registry, ready to be looked for. */
export interface Code {
  source: string;
  /** Finds it in a text from an offset on; null when it is not there. Linear in the text. */
  find(text: string): { start: number; end: number } | null;
}

const IDENTIFIER = /^[^\s{}]+$/;
const WORD_BEFORE = /[\p{L}\p{N}_]$|[\p{L}\p{N}_]-$/u;
const WORD_AFTER = /^(?:[\p{L}\p{N}_]|[-.:][\p{L}\p{N}_])/u;
const PLACEHOLDER = /\{[^{}\s]*\}/;
/** A placeholder stands for so many words, and no further than so many characters. */
const PLACEHOLDER_WORDS = 8;
const PLACEHOLDER_CHARACTERS = 400;

/** A line of more spaces than this is not told from an empty one. */
const MOST_BLANKS = 200;

const compiled = new Map<string, Code>();
const COMPILED_LIMIT = 100_000;

/**
 * Compiles a code: an identifier is found exactly, case-sensitive and whole; a message (it has a space or a
 * placeholder) whatever its case, line breaks, quotes and backticks, `{placeholder}` standing for one to eight words.
 */
export function compileCode(source: string): Code {
  const known = compiled.get(source);
  if (known) return known;
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  const code = IDENTIFIER.test(source) ? identifier(source) : message(source);
  compiled.set(source, code);
  return code;
}

function identifier(source: string): Code {
  return { source, find: (text) => findWhole(text, source, 0) };
}

function findWhole(text: string, literal: string, from: number): { start: number; end: number } | null {
  for (let at = text.indexOf(literal, from); at >= 0; at = text.indexOf(literal, at + 1)) {
    if (isWhole(text, at, at + literal.length, literal)) return { start: at, end: at + literal.length };
  }
  return null;
}

/** Nothing that would make the found text part of a longer word stands before or after it. */
function isWhole(text: string, start: number, end: number, literal: string): boolean {
  const startsAsWord = /^[\p{L}\p{N}_]/u.test(literal);
  const endsAsWord = /[\p{L}\p{N}_]$/u.test(literal);
  const before = text.slice(Math.max(0, start - 3), start);
  const after = text.slice(end, end + 3);
  return !(startsAsWord && WORD_BEFORE.test(before)) && !(endsAsWord && WORD_AFTER.test(after));
}

function message(source: string): Code {
  const pieces = plain(source)
    .text.split(PLACEHOLDER)
    .map((piece) => piece.trim());
  const literals = pieces.filter(Boolean);
  const open = { start: pieces.length > 1 && pieces[0] === '', end: pieces.length > 1 && pieces.at(-1) === '' };
  const find = (text: string) => {
    if (literals.length === 0) return null;
    const hay = plain(text);
    const hit = findPieces(hay, literals, open);
    return hit && { start: hay.offsets[hit.start] as number, end: (hay.offsets[hit.end - 1] as number) + 1 };
  };
  return { source, find };
}

interface Span {
  start: number;
  end: number;
}

function findPieces(hay: Plain, literals: string[], open: { start: boolean; end: boolean }): Span | null {
  const [first, ...rest] = literals as [string, ...string[]];
  for (let from = 0; ; ) {
    const at = findWholeLoosely(hay.text, first, from);
    if (!at) return null;
    const last = followedBy(hay, at.end, rest);
    const end = last !== null && open.end ? wordAfter(hay, last) : last;
    const start = open.start ? wordBefore(hay, at.start) : at.start;
    if (end !== null && start !== null) return { start, end };
    from = at.start + 1;
  }
}

/** Each further piece stands one to eight words after the one before it, in the same line. */
function followedBy(hay: Plain, from: number, pieces: string[]): number | null {
  let end = from;
  for (const piece of pieces) {
    const at = findWholeLoosely(hay.text.slice(end, end + PLACEHOLDER_CHARACTERS), piece, 0);
    if (!at || !isPlaceholderText(hay, end, end + at.start)) return null;
    end += at.end;
  }
  return end;
}

function isPlaceholderText(hay: Plain, start: number, end: number): boolean {
  const words = hay.text.slice(start, end).trim();
  return words !== '' && words.split(' ').length <= PLACEHOLDER_WORDS && !hay.crossesLine(start, end);
}

function wordAfter(hay: Plain, end: number): number | null {
  const word = /^ ?[^ ]+/.exec(hay.text.slice(end, end + PLACEHOLDER_CHARACTERS));
  const to = end + (word?.[0].length ?? 0);
  return word && !hay.crossesLine(end, to) ? to : null;
}

function wordBefore(hay: Plain, start: number): number | null {
  const before = hay.text.slice(Math.max(0, start - PLACEHOLDER_CHARACTERS), start).trimEnd();
  const word = before.slice(before.lastIndexOf(' ') + 1);
  const from = hay.text.lastIndexOf(word, start - 1);
  return word !== '' && !hay.crossesLine(from, start) ? from : null;
}

/** Whole at letters and digits only: a message may be followed by `.`, `:` and further words. */
function findWholeLoosely(text: string, literal: string, from: number): Span | null {
  for (let at = text.indexOf(literal, from); at >= 0; at = text.indexOf(literal, at + 1)) {
    const end = at + literal.length;
    const cutBefore = /^[\p{L}\p{N}_]/u.test(literal) && /[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, at - 2), at));
    const cutAfter = /[\p{L}\p{N}_]$/u.test(literal) && /^[\p{L}\p{N}_]/u.test(text.slice(end, end + 2));
    if (!cutBefore && !cutAfter) return { start: at, end };
  }
  return null;
}

/** A text in lower case with spaces, quotes, backticks and asterisks folded to one space, an empty line to a line end. */
interface Plain {
  text: string;
  /** The offset in the original of each kept character. */
  offsets: number[];
  crossesLine(start: number, end: number): boolean;
}

let last: { of: string; plain: Plain } | null = null;

/** Many messages are looked for in one text after another, so the last text is remembered. */
function plain(text: string): Plain {
  if (last?.of !== text) last = { of: text, plain: fold(text) };
  return last.plain;
}

function fold(text: string): Plain {
  const kept: string[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const c = isEmptyLine(text, i) ? '\n' : foldCharacter(text, i);
    if (c === ' ' && (kept.length === 0 || kept.at(-1) === ' ')) continue;
    kept.push(c);
    offsets.push(i);
  }
  const crossesLine = (start: number, end: number) => text.slice(offsets[start], offsets[end]).includes('\n');
  return { text: kept.join(''), offsets, crossesLine };
}

/** No message goes on after an empty line of a sample; prose has none. */
function isEmptyLine(text: string, i: number): boolean {
  return text[i] === '\n' && /^[^\S\n]*\n/.test(text.slice(i + 1, i + 1 + MOST_BLANKS));
}

function foldCharacter(text: string, i: number): string {
  const c = text[i] as string;
  if (c === "'") return isLetter(text[i - 1]) && isLetter(text[i + 1]) ? c : ' ';
  if (/[\s`"*]/.test(c)) return ' ';
  const lower = c.toLowerCase();
  return lower.length === 1 ? lower : c;
}

function isLetter(c: string | undefined): boolean {
  return c !== undefined && /\p{L}/u.test(c);
}
