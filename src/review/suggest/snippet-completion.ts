import type { Candidate, Match } from '../../coverage/coverage.ts';
import { type ContentBlock, type Section, withDescendants } from '../../docs/site/page.ts';
import { apart, indentOf, lineOf, type PageLines } from './page-lines.ts';
import type { Piece } from './snippet-pieces.ts';
import { writePieces } from './snippet-pieces.ts';

/** Where lines go so that they count along with a section that names a failure already. */
interface Spot {
  afterLine: number;
  /** What each line begins with. */
  indent: string;
  /** The lines continue a list item's own text instead of being paragraphs. */
  continues: boolean;
}

const LIST_ITEM = /^([ \t]*(?:>[ \t]*)*)([-*+]|\d{1,9}[.)])([ \t]+)/;

/** Lines for an existing section, as text to put after one of its lines; null where no line of it can be followed. */
export function completion(
  candidate: Candidate,
  paragraphs: readonly Piece[][],
  at: PageLines,
): { afterLine: number; text: string } | null {
  const spot = spotIn(candidate, at);
  if (!spot) return null;
  const { afterLine, continues } = spot;
  const indent = at.syntax === 'md' && !continues ? notAsCode(spot, at) : spot.indent;
  const lines = paragraphs.map((pieces) => indent + writePieces(pieces, at.syntax));
  if (continues) return { afterLine, text: lines.join('\n') };
  const block = lines.flatMap((line, i) => (i === 0 ? [line] : ['', line]));
  return { afterLine, text: apart(block, afterLine, at) };
}

/** In Markdown four columns more than the list item around them would make lines a code block (CommonMark 4.4). */
function notAsCode({ afterLine, indent }: Spot, at: PageLines): string {
  if (!/^[ \t]+$/.test(indent)) return indent;
  let container = '';
  for (let line = afterLine, least = indent.length; line > 0 && least > 0; line -= 1) {
    const text = lineOf(at, line);
    const marker = LIST_ITEM.exec(text)?.[0].length ?? Number.POSITIVE_INFINITY;
    if (marker <= indent.length && indentOf(text).length < least) {
      container = ' '.repeat(marker);
      break;
    }
    if (text.trim() !== '') least = Math.min(least, indentOf(text).length);
  }
  return indent.length - container.length > 3 || indent.includes('\t') ? container : indent;
}

function spotIn({ section, trigger }: Candidate, at: PageLines): Spot | null {
  if (section.kind === 'row' || trigger.where === 'row') return afterTable(trigger.line, at);
  if (trigger.where === 'prose') {
    const blocks = [...withDescendants(section)].flatMap((inner) => inner.blocks);
    const hit = blocks.find((block) => holds(block, trigger));
    return hit ? afterBlock(hit, at) : null;
  }
  if (section.kind === 'item') return afterItem(section, at);
  if (section.kind === 'heading' || section.kind === 'bold' || section.kind === 'page') return afterLead(section, at);
  return beforeClosing(section, at);
}

function holds(block: ContentBlock, { path, line }: Match): boolean {
  return block.path === path && block.line <= line && line <= block.endLine;
}

/** A row may borrow the prose around its table. */
function afterTable(line: number, at: PageLines): Spot | null {
  if (!lineOf(at, line).includes('|')) return null;
  let last = line;
  while (last < at.count && lineOf(at, last + 1).includes('|')) last += 1;
  return { afterLine: last, indent: indentOf(lineOf(at, line)), continues: false };
}

function afterBlock(block: ContentBlock, at: PageLines): Spot {
  const first = lineOf(at, block.line);
  const item = LIST_ITEM.exec(first);
  if (item) return { afterLine: block.endLine, indent: ' '.repeat(item[0].length), continues: true };
  const quote = /^[ \t]*(?:>[ \t]?)+/.exec(first);
  if (quote) return { afterLine: block.endLine, indent: quote[0], continues: true };
  return { afterLine: block.endLine, indent: indentOf(first), continues: false };
}

function afterItem(item: Section, at: PageLines): Spot | null {
  const lead = item.blocks[0] as ContentBlock;
  const marker = LIST_ITEM.exec(lineOf(at, lead.line));
  return marker ? { afterLine: lead.endLine, indent: ' '.repeat(marker[0].length), continues: true } : null;
}

/** After the first paragraph of its own that stands at the margin, else after the title itself. */
function afterLead(section: Section, at: PageLines): Spot | null {
  const lead = section.blocks.find(
    (block) => block.kind === 'prose' && /^[\p{L}\p{N}"'*`_[]/u.test(lineOf(at, block.line)),
  );
  const isList = lead && LIST_ITEM.test(lineOf(at, lead.line));
  if (lead && !isList && lead.path === at.path) return { afterLine: lead.endLine, indent: '', continues: false };
  const afterLine = section.kind === 'page' ? preambleEnd(at) : titleEnd(section.line, at);
  return { afterLine, indent: '', continues: false };
}

/** A setext heading's underline belongs to it (CommonMark 4.3). */
function titleEnd(line: number, at: PageLines): number {
  const isSetext = !/^\s*#/.test(lineOf(at, line)) && /^ {0,3}(?:=+|-+)\s*$/.test(lineOf(at, line + 1));
  return isSetext ? line + 1 : line;
}

/** The last line of the frontmatter and the imports. */
function preambleEnd(at: PageLines): number {
  let end = 0;
  if (/^\ufeff?---\s*$/.test(lineOf(at, 1))) {
    end = at.lines.findIndex((line, i) => i > 0 && /^---\s*$/.test(line)) + 1;
  }
  for (let line = end + 1; line <= at.count && /^(?:import\s.*|\s*)$/.test(lineOf(at, line)); line += 1) {
    if (lineOf(at, line).trim() !== '') end = line;
  }
  return end;
}

/** Inside a component or a directive: before the line that closes it, indented as its content is. */
function beforeClosing(section: Section, at: PageLines): Spot | null {
  const isClosed = section.endLine > section.line && /^\s*(?:<\/[\w.]*>|:::+)/.test(lineOf(at, section.endLine));
  if (!isClosed) return null;
  const inside = at.lines
    .slice(section.line, section.endLine - 1)
    .filter((line) => line.trim() && !/^\s*<\/?summary/.test(line));
  const indents = inside.map(indentOf);
  const indent = indents.reduce<string | null>((a, b) => (a === null || b.length < a.length ? b : a), null);
  return { afterLine: section.endLine - 1, indent: indent ?? indentOf(lineOf(at, section.line)), continues: false };
}
