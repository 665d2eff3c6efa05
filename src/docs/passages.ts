import { type ComponentRole, isInlineHtml, roleOf, roleOfDirective } from './extract/component-names.ts';

/**
 * A run of lines of a file's raw text that no block of the page reaches beyond: what a reader sees in one sentence,
 * label, table row or sample stands within one passage.
 */
export interface Passage {
  /** Offsets into the text, and source lines from 1. */
  from: number;
  to: number;
  line: number;
  endLine: number;
  /** A fenced sample, in which nothing is prose. */
  isCode: boolean;
  /** It may title a section, so that its words count along with the sentences below it. */
  isLabel: boolean;
  /** It is one heading and nothing else. */
  isHeading: boolean;
  /** Nothing in it but running text and its inline marks. */
  isPlain: boolean;
  /** Something in it may stand out: a label, a table row, the lead of a list item. */
  standsOut: boolean;
  /** How many containers hold its labels: they count no longer once fewer are open. */
  labelDepth: number;
  /** The fewest containers that were open in it, and how many are after it. */
  leastDepth: number;
  depth: number;
  /** A heading that takes the place of all labels in its container. */
  replacesLabels: boolean;
  /** It may title the whole page. */
  isTitle: boolean;
  /** A heading that titles a part of an explanation, such as its cause. */
  isPart: boolean;
  /** A heading under which no label above it counts along any more. */
  opensRegion: boolean;
}

/** Labels that only say which part of an explanation they hold: what is above them still counts. */
const PART = /cause|symptom|fix|solution|resol|why|what|workaround|diagnos|explanation|description|details/i;

const MARKS = /^(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const LIST_MARK = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t])/;
const ORDERED = /^\d/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
const ATX = /^#{1,6}(?:[ \t]|$)/;
const TAG = /<(\/?)([A-Za-z][\w.:-]*)/g;
const ATTRIBUTE =
  /\b(?:title|label|summary|question|header|heading|trigger|value|values|name|items)[ \t]*=|:::?\w|\[!/i;
const BOLD_LEAD = /^(?:[[(*_~\s]|<[^<>]*>)*(?:\*\*|__)|<(?:strong|b)\b/i;
/** What may stand out at the start of a list item. */
const LEAD = /^(?:[[(*_~]|<[^<>]*>)*(?:\*\*|__|`|<)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const LONE_RETURN = /\r(?!\n)/;
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** What makes a section of its own, or may. */
const SCOPES: ReadonlySet<ComponentRole> = new Set(['details', 'accordion', 'step', 'tab', 'callout', 'card']);
/** Where it is not known which containers are open, nothing is said to end. */
const UNKNOWN_DEPTH = 60;
/** Elements whose text is one block however many blank lines it holds. */
const WHOLE = new Set('tr td th h1 h2 h3 h4 h5 h6 summary'.split(' '));

/**
 * Cuts a file's raw text into passages, in order, without parsing it. Where its samples and titles cannot be told apart
 * for certain, all of it is one passage: a passage may be longer than it need be, never shorter.
 *
 * @param start the offset at which the page's text begins, after its frontmatter
 * @param syntax `md` wherever the file may be read as Markdown, in which a sample right below a tag is HTML
 */
export function passagesOf(text: string, start: number, syntax: 'mdx' | 'md'): Passage[] {
  const cutter = new Cutter(text, start, syntax);
  return cutter.cut() ?? [cutter.whole()];
}

/** Thrown while cutting: what follows may belong to another block than it seems. */
class Uncertain extends Error {}

interface Fence {
  marks: string;
  indent: number;
  quotes: number;
}

/** Characters that mean something wherever they stand in a line, as bits. */
const SIGNS = new Uint8Array(128);
const [TAGS, BRACES, CELLS, VALUES, BOLD, COLONS, TICKS] = [1, 2, 4, 8, 16, 32, 64];
for (const [signs, bit] of [
  ['<', TAGS],
  ['{}', BRACES],
  ['|', CELLS],
  ['=[', VALUES],
  ['*_', BOLD],
  [':', COLONS],
  ['`', TICKS],
] as const)
  for (const sign of signs) SIGNS[sign.charCodeAt(0)] = bit;

/** Something that is open. */
interface Container {
  name: string;
  /** Headings and bold leads inside it end with it. */
  isScope: boolean;
  /** A list item was met inside it, which may hold what follows. */
  hasList: boolean;
  indent: number;
}

/** One line, without what marks quotes around it. */
interface Line {
  from: number;
  to: number;
  number: number;
  indent: number;
  quotes: number;
  content: string;
  /** Which of `SIGNS` it holds. */
  signs: number;
}

class Cutter {
  readonly #text: string;
  readonly #start: number;
  readonly #syntax: 'mdx' | 'md';
  readonly #firstLine: number;
  readonly #passages: Passage[] = [];
  #open: Passage | null = null;
  #fence: Fence | null = null;
  /** Containers that are open, by name; headings inside them end with them. */
  readonly #containers: Container[] = [];
  /** How many of them end the headings inside them, and the fewest that did on the current line. */
  #scopes = 0;
  #least = 0;
  /** Something was met of which it is not known where it ends. */
  #lost = false;
  /** How many braces of expressions are open. */
  #braces = 0;
  #comment: '-->' | '*/' | null = null;
  /** A tag that is not complete at the end of its line, and whether it gives a title. */
  #tag: string | null = null;
  #tagTitled = false;
  /** An element that holds a title opened on the current line. */
  #titled = false;
  /** Open elements whose whole text is one block. */
  #wholes: string[] = [];
  /** Of the open passage: a tag began a line of it, it began as an ordered item, its rows are a table's. */
  #tagged = false;
  #ordered = false;
  #inTable = false;
  #previous = '';
  #indent = 0;
  /** Whether an odd number of backticks stands in the open passage. */
  #inCode = false;

  constructor(text: string, start: number, syntax: 'mdx' | 'md') {
    this.#text = text;
    this.#syntax = syntax;
    this.#start = start;
    this.#firstLine = 1 + countLines(text, 0, start);
  }

  whole(): Passage {
    const place = { from: this.#start, to: this.#text.length, line: 1, endLine: Number.MAX_SAFE_INTEGER };
    return {
      ...place,
      labelDepth: 0,
      leastDepth: 0,
      depth: 0,
      replacesLabels: false,
      isCode: false,
      isLabel: true,
      isHeading: false,
      isPlain: false,
      standsOut: true,
      isTitle: true,
      isPart: true,
      opensRegion: false,
    };
  }

  /** Null where something is uncertain. */
  cut(): Passage[] | null {
    if (LONE_RETURN.test(this.#text)) return null;
    try {
      this.#cutLines();
      return this.#passages;
    } catch (error) {
      if (error instanceof Uncertain) return null;
      throw error;
    }
  }

  get #depth(): number {
    return this.#lost ? UNKNOWN_DEPTH : Math.min(this.#scopes, UNKNOWN_DEPTH);
  }

  #cutLines(): void {
    const text = this.#text;
    let number = this.#firstLine;
    for (let from = this.#start; from < text.length; number += 1) {
      const end = text.indexOf('\n', from);
      const next = end < 0 ? text.length : end;
      this.#line(from, next > from && text[next - 1] === '\r' ? next - 1 : next, number);
      from = next + 1;
    }
    this.#close();
    if (this.#fence || this.#tag || this.#wholes.length > 0) throw new Uncertain();
  }

  #line(from: number, to: number, number: number): void {
    let at = skipBlanks(this.#text, from, to);
    if (at === to) {
      if (this.#wholes.length === 0) this.#close();
      return;
    }
    const indent = at - from;
    let quotes = 0;
    while (this.#tag === null && this.#text[at] === '>') {
      at = skipBlanks(this.#text, at + 1, to);
      quotes += 1;
    }
    const first = this.#text.charCodeAt(at);
    if (
      this.#fence &&
      first !== BACKTICK &&
      first !== TILDE &&
      indent >= this.#fence.indent &&
      quotes >= this.#fence.quotes
    ) {
      this.#extend(from, to, number, true);
      return;
    }
    const signs = signsOf(this.#text, at, to);
    if (!this.#fence && signs === 0 && isLetter(first) && this.#tag === null && this.#comment === null) {
      this.#previous = '';
      if (this.#open === null) this.#ordered = false;
      this.#extend(from, to, number, false);
      return;
    }
    const line = { from, to, number, indent, quotes, content: this.#text.slice(at, to), signs };
    if (this.#fence) this.#inFence(this.#fence, line);
    else this.#outsideFence(line);
    this.#previous = line.content;
  }

  #inFence(fence: Fence, line: Line): void {
    // What holds the fence has ended without its end, and the fence with it.
    if (line.indent < fence.indent || line.quotes < fence.quotes) throw new Uncertain();
    const [, marks = '', rest = ''] = FENCE.exec(line.content) ?? [];
    this.#extend(line.from, line.to, line.number, true);
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
    else if (words[0] === '#' && ATX.test(words) && !this.#tagged && this.#wholes.length === 0)
      this.#heading(line, words);
    else this.#textLine(line, mark, words);
  }

  #openFence(line: Line, words: string, marks: string): void {
    const isHtml = this.#tagged && (this.#syntax === 'md' || this.#tag !== null);
    if (isHtml || this.#comment || this.#wholes.length > 0) throw new Uncertain();
    this.#close();
    this.#fence = { marks, indent: line.indent + line.content.length - words.length, quotes: line.quotes };
    this.#extend(line.from, line.to, line.number, true);
  }

  #heading(line: Line, words: string): void {
    this.#close();
    const passage = this.#extend(line.from, line.to, line.number, false);
    passage.isLabel = true;
    passage.isHeading = true;
    passage.isTitle = words[1] !== '#';
    passage.isPart = PART.test(words);
    const isFlat = line.quotes === 0 && words === line.content && this.#isOutside();
    passage.opensRegion = isFlat && line.indent === 0 && this.#containers.length === 0 && !passage.isPart;
    passage.replacesLabels = isFlat && !passage.isPart && this.#isInNoItem();
    passage.labelDepth = this.#depth;
    this.#noteBraces(words);
    this.#close();
  }

  /** Within containers that are open, and certainly in no list item of them. */
  #isInNoItem(): boolean {
    const scope = this.#containers.findLastIndex((container) => container.isScope);
    const within = this.#containers.slice(Math.max(0, scope));
    if (within.length === 0 || within.some((container) => container.hasList)) return false;
    return scope >= 0 || within[0]?.indent === 0;
  }

  /** Neither in an expression nor in a comment, and it is known in which containers. */
  #isOutside(): boolean {
    return !this.#lost && this.#braces === 0 && this.#comment === null;
  }

  #textLine(line: Line, mark: string, words: string): void {
    const { content, signs } = line;
    if (this.#beginsBlock(content, mark)) this.#closeBlock();
    if (this.#open === null) this.#ordered = ORDERED.test(mark);
    const passage = this.#extend(line.from, line.to, line.number, false);
    const inner = this.#containers.at(-1);
    if (inner && mark !== '') inner.hasList = true;
    this.#least = this.#scopes;
    this.#indent = line.indent;
    const isLabel = this.#isLabelLine(line, mark, words, passage);
    const isBold = signs & (BOLD | TAGS) && BOLD_LEAD.test(words);
    if (signs & CELLS && DELIMITER_ROW.test(content)) this.#inTable = cellCount(this.#previous) === cellCount(content);
    if (signs & COLONS && content.startsWith(':::')) this.#directive(content);
    if (/^(?:import|export)\b/.test(content) && content.includes('`')) this.#lost = true;
    if (signs & (CELLS | TAGS | BRACES | VALUES) || this.#comment !== null) passage.isPlain = false;
    if (signs & (CELLS | TAGS) || (mark !== '' && LEAD.test(words))) passage.standsOut = true;
    const code = this.#withoutCode(content);
    this.#noteBraces(code);
    this.#noteComments(code);
    const wholes = this.#wholes.length;
    if (this.#tag !== null) this.#endTag(code, passage);
    else if (signs & TAGS) this.#tags(code, words, passage);
    passage.leastDepth = Math.min(passage.leastDepth, this.#lost ? UNKNOWN_DEPTH : this.#least);
    const isTitle = wholes + this.#wholes.length > 0 || this.#titled;
    if (isLabel || isTitle) this.#noteLabel(passage, !isTitle && !isBold && opensScope(words));
    this.#titled = false;
  }

  /** A title that a tag gives as an attribute counts inside of it; one that is an element, in what holds it. */
  #noteLabel(passage: Passage, isTag: boolean): void {
    passage.isLabel = true;
    passage.isPlain = false;
    const depth = this.#lost ? 0 : this.#least + (isTag ? 1 : 0);
    passage.labelDepth = Math.min(passage.labelDepth, depth);
  }

  #isLabelLine({ content, signs }: Line, mark: string, words: string, passage: Passage): boolean {
    if ((content[0] === '-' || content[0] === '=') && UNDERLINE.test(content)) {
      passage.isTitle = passage.isPart = true;
      return true;
    }
    // Below a tag MDX reads a heading where HTML has text.
    if (words[0] === '#' && ATX.test(words)) {
      passage.isTitle ||= words[1] !== '#';
      passage.isPart ||= PART.test(words);
      return true;
    }
    if (signs & (VALUES | COLONS) && ATTRIBUTE.test(content)) {
      if (this.#tag !== null || signs & TAGS) this.#tagTitled = true;
      return true;
    }
    if (this.#tag !== null && this.#tagTitled) return true;
    return (signs & (BOLD | TAGS)) !== 0 && mark === '' && content[0] !== '|' && BOLD_LEAD.test(words);
  }

  /** A line without its inline code, in which nothing is a tag; as it is where code may go on from an earlier line. */
  #withoutCode(content: string): string {
    const isWhole = !this.#inCode;
    this.#countTicks(content);
    return isWhole && !this.#inCode ? content.replace(/`[^`]*`/g, '') : content;
  }

  #countTicks(content: string): void {
    for (let at = content.indexOf('`'); at >= 0; at = content.indexOf('`', at + 1)) this.#inCode = !this.#inCode;
  }

  #beginsBlock(content: string, mark: string): boolean {
    if (this.#open === null || this.#tagged || this.#wholes.length > 0) return false;
    if (mark !== '') return !ORDERED.test(mark) || /^1[.)]/.test(mark) || this.#ordered;
    return this.#inTable && content[0] === '|';
  }

  #extend(from: number, to: number, number: number, isCode: boolean): Passage {
    if (this.#open) {
      this.#open.to = to;
      this.#open.endLine = number;
      return this.#open;
    }
    const isLabel = this.#wholes.length > 0;
    this.#open = {
      from,
      to,
      line: number,
      endLine: number,
      isCode,
      isLabel,
      isTitle: this.#wholes.includes('h1'),
      isPart: false,
      standsOut: isLabel,
      isHeading: false,
      isPlain: !isCode && !isLabel,
      labelDepth: isLabel ? 0 : UNKNOWN_DEPTH,
      leastDepth: this.#depth,
      depth: this.#depth,
      replacesLabels: false,
      opensRegion: false,
    };
    return this.#open;
  }

  #close(): void {
    if (this.#open) {
      this.#open.depth = this.#depth;
      this.#passages.push(this.#open);
    }
    this.#open = null;
    this.#inTable = false;
    this.#tagged = false;
    this.#inCode = false;
  }

  /** What comes next stands in the same table or list. */
  #closeBlock(): void {
    const inTable = this.#inTable;
    this.#close();
    this.#inTable = inTable;
  }

  #directive(content: string): void {
    if (/^:{3,}[ \t]*$/.test(content)) this.#leave(':::');
    else this.#openContainer(':::', SCOPES.has(roleOfDirective(/^:{3,}[ \t]*([\w-]*)/.exec(content)?.[1] ?? '')));
  }

  #tags(content: string, words: string, passage: Passage): void {
    if (words[0] === '<') this.#tagged = true;
    TAG.lastIndex = 0;
    for (let match = TAG.exec(content); match && this.#tag === null; match = TAG.exec(content)) {
      const [, slash, name] = match as unknown as [string, string, string];
      if (VOID.has(name)) continue;
      if (slash !== '') this.#closeTag(name);
      else this.#openTag(name, content, match.index, passage);
    }
  }

  #openTag(name: string, content: string, at: number, passage: Passage): void {
    const end = tagEnd(content, at);
    if (end < 0) {
      this.#tag = name;
      this.#tagged = true;
      return;
    }
    this.#tagTitled = false;
    if (content[end - 1] !== '/') this.#enter(name, passage);
  }

  /** A tag that began on an earlier line. */
  #endTag(content: string, passage: Passage): void {
    this.#tagged = true;
    const end = tagEnd(content, 0);
    if (end < 0) return;
    const name = this.#tag as string;
    this.#tag = null;
    this.#tagTitled = false;
    if (content[end - 1] !== '/') this.#enter(name, passage);
    const rest = content.slice(end + 1);
    if (rest.includes('<')) this.#tags(rest, rest, passage);
  }

  #enter(name: string, passage: Passage): void {
    if (isInlineHtml(name)) return;
    this.#openContainer(name, SCOPES.has(roleOf(name) ?? 'plain') || name === 'li' || name === 'blockquote');
    if (!WHOLE.has(name) && roleOf(name) !== 'title') return;
    this.#wholes.push(name);
    this.#titled = true;
    passage.isTitle ||= name === 'h1';
  }

  #openContainer(name: string, isScope: boolean): void {
    this.#containers.push({ name, isScope, hasList: false, indent: this.#indent });
    if (isScope) this.#scopes += 1;
  }

  #closeTag(name: string): void {
    if (isInlineHtml(name)) return;
    this.#leave(name);
    const at = this.#wholes.lastIndexOf(name);
    if (at >= 0) this.#wholes.length = at;
    // Rows and cells may be left open: what encloses them ends them.
    else if (/^(?:table|thead|tbody|tr)$/.test(name))
      this.#wholes = this.#wholes.filter((open) => !/^t[rdh]$/.test(open));
  }

  #leave(name: string): void {
    const at = this.#containers.findLastIndex((open) => open.name === name);
    if (at < 0) this.#lost = true;
    else for (const { isScope } of this.#containers.splice(at)) if (isScope) this.#scopes -= 1;
    this.#least = Math.min(this.#least, this.#scopes);
  }

  #noteBraces(content: string): void {
    for (let at = 0; at < content.length; at += 1) {
      const c = content.charCodeAt(at);
      if (c === 123) this.#braces += 1;
      else if (c === 125 && this.#braces > 0) this.#braces -= 1;
    }
  }

  /** A fence in a comment is none. */
  #noteComments(content: string): void {
    if (this.#comment) {
      if (content.includes(this.#comment)) this.#comment = null;
      return;
    }
    const html = content.lastIndexOf('<!--');
    const mdx = content.lastIndexOf('{/*');
    if (html >= 0 && !content.includes('-->', html)) this.#comment = '-->';
    else if (mdx >= 0 && !content.includes('*/', mdx)) this.#comment = '*/';
  }
}

/** Whether a line begins with a tag, and its first one that opens has a section of its own. */
function opensScope(words: string): boolean {
  const name = words[0] === '<' ? /<([A-Za-z][\w.:-]*)/.exec(words)?.[1] : undefined;
  return name !== undefined && SCOPES.has(roleOf(name) ?? 'plain');
}

/** How many cells a table's row has (GFM, "Tables"). */
function cellCount(row: string): number {
  const bare = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/).length;
}

/** The offset of the `>` that ends the tag which is open at `from`; -1 where it stands on a later line. */
function tagEnd(line: string, from: number): number {
  for (let at = line.indexOf('>', from); at >= 0; at = line.indexOf('>', at + 1)) if (line[at - 1] !== '=') return at;
  return -1;
}

const [BACKTICK, TILDE] = [96, 126];

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function signsOf(text: string, from: number, to: number): number {
  let signs = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128) signs |= SIGNS[code] as number;
  }
  return signs;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9) break;
    at += 1;
  }
  return at;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
