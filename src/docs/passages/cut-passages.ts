import { Containers, opensScope } from './containers.ts';
import {
  BRACES,
  CELLS,
  COLONS,
  cellCount,
  countLines,
  isLetter,
  type Line,
  signsOf,
  skipBlanks,
  TAGS,
  VALUES,
} from './line.ts';
import {
  ATX,
  DELIMITER_ROW,
  FENCE,
  type Fence,
  givesTitle,
  isInside,
  LEAD,
  LIST_MARK,
  labelForm,
  MARKS,
  noteTitle,
  ORDERED,
} from './line-forms.ts';
import { type Passage, startPassage, wholeText } from './passage.ts';
import { ScriptMarks } from './script-marks.ts';

const COLON = 58;
/** Further in, a mark belongs to something that is open. */
const MOST_INDENT = 3;

/**
 * Cuts a file's raw text into passages, in order, without parsing it. Where its samples and titles cannot be told apart
 * for certain, all of it is one passage: a passage may be longer than it need be, never shorter.
 *
 * @param start the offset at which the page's text begins, after its frontmatter
 * @param syntax `md` wherever the file may be read as Markdown, in which a sample right below a tag is HTML
 */
export function passagesOf(text: string, start: number, syntax: 'mdx' | 'md'): Passage[] {
  if (/\r(?!\n)/.test(text)) return [wholeText(text, start)];
  try {
    return new Cutter(text, syntax).cut(start);
  } catch (error) {
    if (error instanceof Uncertain) return [wholeText(text, start)];
    throw error;
  }
}

/** Thrown while cutting: what follows may belong to another block than it seems. */
class Uncertain extends Error {}

class Cutter {
  readonly #text: string;
  readonly #syntax: 'mdx' | 'md';
  readonly #passages: Passage[] = [];
  readonly #containers = new Containers();
  readonly #script = new ScriptMarks();
  #open: Passage | null = null;
  #fence: Fence | null = null;
  /** Of the open passage: a tag began a line of it, it began as an ordered item, its rows are a table's. */
  #tagged = false;
  #ordered = false;
  #inTable = false;
  /** It began in a quote or a list item, whose text may go on without their marks (CommonMark 5.1, 5.2: laziness). */
  #inner = false;
  #previous = '';

  constructor(text: string, syntax: 'mdx' | 'md') {
    this.#text = text;
    this.#syntax = syntax;
  }

  /** @throws {Uncertain} */
  cut(start: number): Passage[] {
    const text = this.#text;
    let number = 1 + countLines(text, 0, start);
    for (let from = start; from < text.length; number += 1) {
      const end = text.indexOf('\n', from);
      const next = end < 0 ? text.length : end;
      this.#line(from, next > from && text[next - 1] === '\r' ? next - 1 : next, number);
      from = next + 1;
    }
    this.#close();
    if (this.#fence || this.#containers.isInTag || this.#containers.isInWhole) throw new Uncertain();
    return this.#passages;
  }

  #line(from: number, to: number, number: number): void {
    let at = skipBlanks(this.#text, from, to);
    if (at === to) {
      if (!this.#containers.isInWhole) this.#close();
      return;
    }
    const indent = at - from;
    let quotes = 0;
    while (!this.#containers.isInTag && this.#text[at] === '>') {
      at = skipBlanks(this.#text, at + 1, to);
      quotes += 1;
    }
    const first = this.#text.charCodeAt(at);
    if (this.#fence && isInside(this.#fence, first, indent, quotes) && first !== COLON) {
      this.#extend(from, to, number);
      return;
    }
    const signs = signsOf(this.#text, at, to);
    if (signs === 0 && isLetter(first) && this.#isProse()) {
      this.#previous = '';
      if (this.#open === null) this.#ordered = this.#inner = false;
      this.#extend(from, to, number);
      return;
    }
    const line = { from, to, number, indent, quotes, content: this.#text.slice(at, to), signs };
    if (this.#fence) this.#inFence(this.#fence, line);
    else this.#outsideFence(line);
    this.#previous = line.content;
  }

  #isProse(): boolean {
    return this.#fence === null && !this.#containers.isInTag && !this.#script.isInComment;
  }

  #inFence(fence: Fence, line: Line): void {
    // What holds the fence has ended without its end, and the fence with it.
    const isOver = line.indent < fence.indent || line.quotes < fence.quotes;
    if (isOver || (line.content.startsWith(':::') && this.#containers.isInDirective)) throw new Uncertain();
    const [, marks = '', rest = ''] = FENCE.exec(line.content) ?? [];
    this.#extend(line.from, line.to, line.number);
    if (!marks.startsWith(fence.marks) || rest.trim() !== '') return;
    this.#fence = null;
    this.#close();
  }

  #outsideFence(line: Line): void {
    const { content } = line;
    const mark = LIST_MARK.exec(content)?.[0] ?? '';
    const words = mark === '' ? content : content.replace(MARKS, '');
    const fence = FENCE.exec(words);
    if (fence && !(words[0] === '`' && fence[2]?.includes('`'))) this.#openFence(line, words, fence[1] as string);
    else if (ATX.test(words) && !this.#tagged && !this.#containers.isInWhole) this.#heading(line, words);
    else this.#textLine(line, mark, words);
  }

  #openFence(line: Line, words: string, marks: string): void {
    const isHtml = this.#tagged && (this.#syntax === 'md' || this.#containers.isInTag);
    if (isHtml || this.#script.isInComment || this.#containers.isInWhole) throw new Uncertain();
    this.#close();
    this.#fence = { marks, indent: line.indent + line.content.length - words.length, quotes: line.quotes };
    this.#extend(line.from, line.to, line.number);
  }

  #heading(line: Line, words: string): void {
    this.#close();
    const passage = this.#extend(line.from, line.to, line.number);
    const containers = this.#containers;
    const isFlat = line.quotes === 0 && words === line.content && !containers.isLost && !this.#script.isOpen;
    passage.isLabel = passage.isHeading = true;
    noteTitle(passage, words);
    passage.opensRegion = isFlat && line.indent === 0 && containers.isEmpty && !passage.isPart;
    passage.replacesLabels = isFlat && !passage.isPart && containers.isInNoItem;
    passage.labelDepth = containers.depth;
    this.#script.read(words);
    this.#close();
  }

  #textLine(line: Line, mark: string, words: string): void {
    const { content, signs } = line;
    if (this.#beginsBlock(content, mark)) this.#closeBlock();
    if (this.#open === null) {
      this.#ordered = ORDERED.test(mark);
      this.#inner = mark !== '' || line.quotes > 0;
    }
    const passage = this.#extend(line.from, line.to, line.number);
    const isLazy = this.#inner && mark === '' && line.quotes + line.indent === 0;
    const containers = this.#containers;
    if (isLazy && signs & TAGS) containers.isLost = true;
    containers.startLine(line.indent);
    if (mark !== '') containers.noteListItem();
    const form = labelForm(line, words, mark === '');
    if (form === 'title' || form === 'heading') noteTitle(passage, words);
    if (form === 'title' && this.#tagged) containers.isLost = true;
    if (givesTitle(line)) containers.givesTitle = true;
    const isLabel = form !== null || (containers.isInTag && containers.givesTitle);
    if (signs & (CELLS | TAGS | BRACES | VALUES) || this.#script.isInComment) passage.isPlain = false;
    if (signs & (CELLS | TAGS) || (mark !== '' && LEAD.test(words))) passage.standsOut = true;
    if (signs & CELLS && passage.line === line.number - 1 && DELIMITER_ROW.test(content))
      this.#inTable = cellCount(this.#previous) === cellCount(content);
    this.#readMarks(line, words);
    passage.leastDepth = Math.min(passage.leastDepth, containers.leastDepth);
    if (containers.isInTitle) passage.isTitle = true;
    if (containers.metWhole) this.#noteLabel(passage, 0);
    else if (isLabel) this.#noteLabel(passage, form !== 'bold' && opensScope(words) ? 1 : 0);
  }

  #readMarks({ content, signs, quotes, indent }: Line, words: string): void {
    const containers = this.#containers;
    // In a quote it ends with the quote; right below a tag it is text of HTML.
    if (signs & COLONS && content.startsWith(':::') && quotes === 0) {
      if (this.#tagged || indent > MOST_INDENT) containers.isLost = true;
      else containers.readDirective(content);
    }
    // Markdown takes an expression in a tag for attributes of any shape.
    if (this.#syntax === 'md' && signs & TAGS && signs & BRACES) containers.isLost = true;
    if (/^(?:import|export)\b/.test(content) && content.includes('`')) containers.isLost = true;
    const code = this.#script.read(content);
    if (words[0] === '<' || containers.isInTag) this.#tagged = true;
    if (signs & TAGS || containers.isInTag) containers.readTags(code);
    this.#tagged ||= containers.isInTag;
  }

  /** A title that a tag gives as an attribute counts inside of it; one that is an element, in what holds it. */
  #noteLabel(passage: Passage, inside: 0 | 1): void {
    passage.isLabel = true;
    passage.isPlain = false;
    const depth = this.#containers.isLost ? 0 : this.#containers.leastDepth + inside;
    passage.labelDepth = Math.min(passage.labelDepth, depth);
  }

  #beginsBlock(content: string, mark: string): boolean {
    if (this.#open === null || this.#tagged || this.#containers.isInWhole) return false;
    if (mark !== '') return !ORDERED.test(mark) || /^1[.)]/.test(mark) || this.#ordered;
    return this.#inTable && content[0] === '|';
  }

  #extend(from: number, to: number, number: number): Passage {
    if (this.#open) {
      this.#open.to = to;
      this.#open.endLine = number;
      return this.#open;
    }
    const isCode = this.#fence !== null;
    const isLabel = this.#containers.isInWhole;
    const { depth } = this.#containers;
    this.#open = startPassage({ from, to, line: number }, { isCode, isLabel, depth });
    this.#open.isTitle = this.#containers.isInTitle;
    return this.#open;
  }

  #close(): void {
    if (this.#open) {
      this.#open.depth = this.#containers.depth;
      this.#passages.push(this.#open);
    }
    this.#open = null;
    this.#inTable = false;
    this.#tagged = false;
    this.#script.endBlock();
  }

  /** What comes next stands in the same table or list. */
  #closeBlock(): void {
    const inTable = this.#inTable;
    this.#close();
    this.#inTable = inTable;
  }
}
