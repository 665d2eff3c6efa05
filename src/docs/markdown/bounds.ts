import { MOST_NESTED, TOO_DEEP } from './frames.ts';
import type { ParseProblem } from './page-facts.ts';

/** Characters and lines above which a page is read line by line: remark needs seconds for so much. */
const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 50_000;

/**
 * Marks and line ends in one paragraph. For each the parser may look back through the paragraph, or ahead to its end, so
 * that its time grows with their square; people write some hundred at the most.
 */
const MOST_MARKS = 1_000;

/** Markers of quotes and list items at the start of a line. */
const MARKERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/;
const MARKER = />|[-*+.)]/g;
/** Marks that may pair up: emphasis, code, links, cells, comments. An underscore inside a word is none. */
const MARK = /[*~`[\]|]|<[!?]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const MAY_HOLD_MARK = /[*~`[\]|<_]/;
/** An unclosed `<!` or `<?` is searched to the end of its paragraph. */
const HTML_WEIGHT = 4;
const DIRECTIVE = /^[\s>]*:{3,}[ \t]*([A-Za-z])?/;

/** Why a text would cost the parser more than any page should; null for every page that people write. */
export function tooMuch(text: string): ParseProblem | null {
  if (text.length > MOST_CHARACTERS) return problem(1, `longer than ${MOST_CHARACTERS} characters`);
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return problem(1, `longer than ${MOST_LINES} lines`);
  const paragraphs = new ParagraphEnds();
  let marks = 0;
  let containers = 0;
  for (const [i, line] of lines.entries()) {
    if (paragraphs.endBefore(line)) marks = 0;
    marks += countMarks(line) + (/[ \t]$/.test(line) ? 1 : 0) + (paragraphs.isInContainer ? 1 : 0);
    containers += openedContainers(line);
    const depth = containers + (MARKERS.exec(line)?.[0].match(MARKER)?.length ?? 0);
    if (depth > MOST_NESTED) return problem(i + 1, TOO_DEEP);
    if (marks > MOST_MARKS) return problem(i + 1, 'too much in one paragraph, list or quote');
  }
  return null;
}

function countMarks(line: string): number {
  let count = 0;
  if (!MAY_HOLD_MARK.test(line)) return count;
  for (const [mark] of line.matchAll(MARK)) count += mark.startsWith('<') ? HTML_WEIGHT : 1;
  return count;
}

/** +1 for a line that opens a `:::` container, -1 for one that closes it. */
function openedContainers(line: string): number {
  const directive = DIRECTIVE.exec(line);
  if (!directive) return 0;
  return directive[1] ? 1 : -1;
}

function problem(line: number, message: string): ParseProblem {
  return { line, column: 1, message };
}

const BLANK = /^[\s>]*$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const QUOTE = /^\s*>/;
/** An item that may interrupt a paragraph: it holds something and, where it is numbered, is the first. */
const ITEM = /^([ \t]*)((?:[-*+]|0{0,8}1[.)])[ \t]+)\S/;
const NUMBERED = /^([ \t]*)(\d{1,9}[.)][ \t]+)\S/;
const DELIMITERS = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const PIPE = /(?<!\\)\|/g;

/**
 * Tells, line by line, where a paragraph ends for certain, from the lines alone. Where it cannot be told the paragraph
 * is said to go on, so that what is counted in one is never too little (CommonMark 4.8, 5.1 "laziness", 5.2; GFM 4.10).
 */
class ParagraphEnds {
  /** A quote or an item was met since the last blank line: what follows may belong to its paragraph. */
  isInContainer = false;
  #isAfterBlank = true;
  #isAfterHeader: string | null = null;
  #isInTable = false;
  #isNumbered = false;
  /** Where what the innermost item holds begins: an item may be indented by three more. */
  #indent = 0;

  /** Whether the text before this line and the line itself are no part of one paragraph. */
  endBefore(line: string): boolean {
    if (BLANK.test(line)) return this.#rest();
    const isFirst = this.#isAfterBlank;
    this.#isAfterBlank = false;
    const ends = this.#endsAt(line, isFirst);
    if (QUOTE.test(line)) this.isInContainer = true;
    return ends;
  }

  #rest(): boolean {
    this.isInContainer = false;
    this.#isAfterBlank = true;
    this.#isAfterHeader = null;
    this.#isInTable = false;
    return true;
  }

  #endsAt(line: string, isFirst: boolean): boolean {
    const header = this.#isAfterHeader;
    this.#isAfterHeader = isFirst ? line : null;
    if (isFirst) this.#leaveItems(line);
    if (HEADING.test(line)) return true;
    if (this.#startsItem(line, isFirst)) return true;
    if (header !== null && DELIMITERS.test(line.trim()) && columns(header) === columns(line)) this.#isInTable = true;
    return isFirst || this.#isInTable;
  }

  #leaveItems(line: string): void {
    const indent = line.search(/\S/);
    if (indent >= this.#indent) return;
    this.#indent = indent;
    this.#isNumbered = false;
  }

  #startsItem(line: string, isFirst: boolean): boolean {
    const item = ITEM.exec(line) ?? (isFirst || this.#isNumbered ? NUMBERED.exec(line) : null);
    const indent = item?.[1]?.length ?? 0;
    if (!item || indent > this.#indent + 3) return false;
    this.#indent = indent + (item[2]?.length ?? 0);
    this.#isNumbered = /\d/.test(item[2] ?? '');
    this.isInContainer = true;
    this.#isInTable = false;
    return true;
  }
}

/** The cells of a table's row, without those that its outer pipes would add. */
function columns(row: string): number {
  const text = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return (text.match(PIPE)?.length ?? 0) + 1;
}
