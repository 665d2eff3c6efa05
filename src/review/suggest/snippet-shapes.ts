import type { Section } from '../../docs/site/page.ts';
import { apart, indentOf, lineOf, type PageLines } from './page-lines.ts';

import { type Group, indentOfSection } from './snippet-groups.ts';
import type { LinkPart, SnippetParts } from './snippet-parts.ts';
import { type Piece, type Place, writePieces } from './snippet-pieces.ts';

/** Text in the page's own shape that would cover the scenario once its placeholders are written out. */
export interface Snippet {
  path: string;
  /** The line after which it goes; 0 is the file's start. */
  afterLine: number;
  shape: 'details' | 'accordion' | 'heading' | 'row' | 'item' | 'lines';
  /** Why there: "adds a section", "completes “…”". */
  purpose: string;
  syntax: 'mdx' | 'md';
  text: string;
}

/** A new section in a group's shape, as text to put after the group's last section about a failure. */
export function newSection(
  group: Group,
  parts: SnippetParts,
  at: PageLines,
): Pick<Snippet, 'shape' | 'afterLine' | 'text'> {
  const { shape, after } = group;
  const afterLine = Math.min(after.endLine, at.count);
  if (shape === 'row') return { shape, afterLine, text: row(group.columns, parts, after, at) };
  if (shape === 'item') return { shape, afterLine, text: item(parts, after, at) };
  const indent = shape === 'heading' ? '' : indentOfSection(after, at);
  const block = shape === 'heading' ? heading(after.depth, parts, at) : container(shape, parts, after, at);
  return {
    shape,
    afterLine,
    text: apart(
      block.map((line) => (line ? indent + line : '')),
      afterLine,
      at,
    ),
  };
}

/** A section under a heading of its own, for a page that has none to go beside. */
export function headingAtEnd(
  depth: number,
  parts: SnippetParts,
  at: PageLines,
): Pick<Snippet, 'shape' | 'afterLine' | 'text'> {
  return { shape: 'heading', afterLine: at.count, text: apart(heading(depth, parts, at), at.count, at) };
}

function heading(depth: number, parts: SnippetParts, at: PageLines): string[] {
  return [`${'#'.repeat(depth)} ${writePieces(parts.label, at.syntax)}`, '', ...body(parts, at.syntax)];
}

function container(shape: 'details' | 'accordion', parts: SnippetParts, like: Section, at: PageLines): string[] {
  const [open, close] = shape === 'details' ? details(parts, at) : accordion(parts, lineOf(at, like.line));
  return [...open, '', ...body(parts, at.syntax), '', close];
}

function details({ label }: SnippetParts, at: PageLines): [string[], string] {
  const summary = writePieces(label, at.syntax === 'mdx' ? 'mdx' : 'html');
  return [['<details>', `<summary>${summary}</summary>`], '</details>'];
}

/** The component and attribute that the page uses already. */
function accordion({ label }: SnippetParts, like: string): [string[], string] {
  const [, name] = /<([\w.-]+)/.exec(like) as RegExpExecArray;
  const attribute = /\b(title|label|header|summary|question)=/.exec(like)?.[1] ?? 'title';
  return [[`<${name} ${attribute}="${writePieces(label, 'attribute')}">`], `</${name}>`];
}

/** Paragraphs: what it is, why it happens, where the fix is. */
function body(parts: SnippetParts, place: Place): string[] {
  const paragraphs = [parts.intro, causeSentence(parts.causes), linkSentence(parts.links)];
  const written = paragraphs.filter((pieces) => pieces.length > 0).map((pieces) => writePieces(pieces, place).trim());
  return written.flatMap((paragraph, i) => (i === 0 ? [paragraph] : ['', paragraph]));
}

/** All causes in one block, as the rule asks of each; none for no causes. */
export function causeSentence(causes: readonly Piece[][], start = 'This happens when: '): Piece[] {
  if (causes.length === 0) return [];
  const list = causes.flatMap((strong, i): Piece[] => (i === 0 ? [{ strong }] : [{ text: '; ' }, { strong }]));
  return [{ text: start }, ...list, { text: '.' }];
}

export function linkSentence(links: readonly LinkPart[], start = 'To fix it, see '): Piece[] {
  if (links.length === 0) return [];
  const list = links.flatMap(({ piece }, i): Piece[] =>
    i === 0 ? [piece] : [{ text: i + 1 === links.length ? ' and ' : ', ' }, piece],
  );
  return [{ text: start }, ...list, { text: '.' }];
}

function item(parts: SnippetParts, like: Section, at: PageLines): string {
  const first = lineOf(at, like.line);
  const [, bullet, number, stop] = /^\s*(?:([-*+])|(\d{1,9})([.)]))/.exec(first) as RegExpExecArray;
  const own = bullet ?? `${Number(number) + 1}${stop}`;
  const label = writePieces([{ strong: parts.label }], at.syntax);
  return `${indentOf(first)}${own} ${label}: ${body(parts, at.syntax).filter(Boolean).join(' ')}`;
}

const CAUSE_COLUMN = /cause|why|reason|mean|descri|expla|happen|detail/i;
const FIX_COLUMN = /fix|solution|solve|resol|action|\bdo\b|how|remed|check|next|help|strateg|link|see/i;

/** One row with the page's columns: what it is, why it happens, where the fix is, a dash where nothing fits. */
function row(columns: readonly string[], parts: SnippetParts, like: Section, at: PageLines): string {
  const place: Place = at.syntax === 'mdx' ? 'mdx cell' : 'md cell';
  const last = columns.length - 1;
  const causeAt = columnFor(CAUSE_COLUMN, columns, last);
  const fixAt = columnFor(FIX_COLUMN, columns, last);
  const cells = columns.map((_, i): string => {
    const why = i === causeAt ? causeSentence(parts.causes, 'Happens when: ') : [];
    const fix = i === fixAt ? linkSentence(parts.links, 'See ') : [];
    if (i === 0) return writePieces(parts.name, place).trim();
    return (
      [why, fix]
        .filter((pieces) => pieces.length > 0)
        .map((pieces) => writePieces(pieces, place))
        .join(' ') || '–'
    );
  });
  return `${indentOf(lineOf(at, like.line))}| ${cells.join(' | ')} |`;
}

function columnFor(role: RegExp, columns: readonly string[], otherwise: number): number {
  const found = columns.findIndex((column, i) => i > 0 && role.test(column));
  return found > 0 ? found : otherwise;
}
