import { isUnspaced, type Span, tokenize } from './terms.ts';

/** A compiled code of the registry. */
export interface Code {
  source: string;
  /** The stems that a text must hold for it to be found. */
  stems: string[];
  /**
   * Finds it in a text; null when it is not there. Linear in the text.
   * @param folded gives the folded text, where the caller keeps it; else messages fold the text themselves
   */
  find(text: string, folded?: () => FoldedText): Span | null;
}

/** A text in lower case, with quotes, backticks, asterisks and runs of spaces as one space: messages differ in these. */
export interface FoldedText {
  source: string;
  text: string;
  /** The offset in the source of each kept character. */
  offsets: number[];
}

const IDENTIFIER = /^[^\s{}]+$/;
const PLACEHOLDER = /\{[^{}\s]*\}/;
/** A placeholder stands for at most so many words and characters. */
const PLACEHOLDER_WORDS = 8;
const PLACEHOLDER_CHARACTERS = 400;

/** A line with more spaces than this does not count as empty: the search for its end must be bounded. */
const MOST_BLANKS = 200;

/** A found text is part of a longer word if it begins or ends with a letter and these match what stands beside it. */
const IDENTIFIER_EDGES = { before: /[\p{L}\p{N}_]-?$/u, after: /^[-.:]?[\p{L}\p{N}_]/u };
/** A message may be followed by `.`, `:` and further words. */
const MESSAGE_EDGES = { before: /[\p{L}\p{N}_]$/u, after: /^[\p{L}\p{N}_]/u };

/**
 * Compiles a code: an identifier is found exactly, case-sensitive and whole; a message (it has a space or a
 * placeholder) whatever its case, line breaks, quotes and backticks, `{placeholder}` standing for one to eight words.
 *
 * @param source a code of normalised text
 */
export function compileCode(source: string): Code {
  const find = IDENTIFIER.test(source)
    ? (text: string) => findWhole(text, source, IDENTIFIER_EDGES)
    : messageFinder(source);
  return { source, stems: stemsOf(source), find };
}

/** Words touching a placeholder are left out, and unspaced scripts, whose words depend on what stands around them. */
function stemsOf(code: string): string[] {
  const spaced = code.replace(/[^\s{}]*\{[^{}\s]*\}[^\s{}]*/g, ' ');
  const words = spaced.split(/\s+/).filter((word) => !isUnspaced(word));
  return words.flatMap(tokenize).map(({ stem }) => stem);
}

function findWhole(text: string, literal: string, { before, after }: typeof MESSAGE_EDGES, from = 0): Span | null {
  const startsAsWord = /^[\p{L}\p{N}_]/u.test(literal);
  const endsAsWord = /[\p{L}\p{N}_]$/u.test(literal);
  for (let start = text.indexOf(literal, from); start >= 0; start = text.indexOf(literal, start + 1)) {
    const end = start + literal.length;
    const isCut =
      (startsAsWord && before.test(text.slice(Math.max(0, start - 3), start))) ||
      (endsAsWord && after.test(text.slice(end, end + 3)));
    if (!isCut) return { start, end };
  }
  return null;
}

function messageFinder(source: string): Code['find'] {
  const pieces = fold(source)
    .text.split(PLACEHOLDER)
    .map((piece) => piece.trim());
  const [first, ...rest] = pieces.filter(Boolean);
  if (first === undefined) return () => null;
  const isOpenBefore = pieces[0] === '';
  const isOpenAfter = pieces.at(-1) === '';
  return (text, folded = () => fold(text)) => {
    const hay = folded();
    const firstFrom = (from: number) => findWhole(hay.text, first, MESSAGE_EDGES, from);
    for (let at = firstFrom(0); at; at = firstFrom(at.start + 1)) {
      const last = followedBy(hay, at.end, rest);
      const end = last !== null && isOpenAfter ? wordAfter(hay, last) : last;
      const start = isOpenBefore ? wordBefore(hay, at.start) : at.start;
      if (start !== null && end !== null) return { start: hay.offsets[start]!, end: hay.offsets[end - 1]! + 1 };
    }
    return null;
  };
}

/** Each further piece stands one to eight words after the one before it, in the same line. */
function followedBy(hay: FoldedText, from: number, pieces: readonly string[]): number | null {
  let end = from;
  for (const piece of pieces) {
    const at = findWhole(hay.text.slice(end, end + PLACEHOLDER_CHARACTERS), piece, MESSAGE_EDGES);
    if (!at || !isPlaceholderText(hay, end, end + at.start)) return null;
    end += at.end;
  }
  return end;
}

function isPlaceholderText(hay: FoldedText, start: number, end: number): boolean {
  const words = hay.text.slice(start, end).trim();
  return words !== '' && words.split(' ').length <= PLACEHOLDER_WORDS && !crossesLine(hay, start, end);
}

function wordAfter(hay: FoldedText, end: number): number | null {
  const word = /^ ?[^ ]+/.exec(hay.text.slice(end, end + PLACEHOLDER_CHARACTERS));
  const to = end + (word?.[0].length ?? 0);
  return word && !crossesLine(hay, end, to) ? to : null;
}

function wordBefore(hay: FoldedText, start: number): number | null {
  const before = hay.text.slice(Math.max(0, start - PLACEHOLDER_CHARACTERS), start).trimEnd();
  const word = before.slice(before.lastIndexOf(' ') + 1);
  const from = hay.text.lastIndexOf(word, start - 1);
  return word !== '' && !crossesLine(hay, from, start) ? from : null;
}

function crossesLine({ source, offsets }: FoldedText, start: number, end: number): boolean {
  return source.slice(offsets[start], offsets[end]).includes('\n');
}

/** Folds a text for the search for messages. */
export function fold(source: string): FoldedText {
  const kept: string[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < source.length; i += 1) {
    const c = isEmptyLine(source, i) ? '\n' : foldCharacter(source, i);
    if (c === ' ' && (kept.length === 0 || kept.at(-1) === ' ')) continue;
    kept.push(c);
    offsets.push(i);
  }
  return { source, text: kept.join(''), offsets };
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
