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
export class ParagraphEnds {
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
