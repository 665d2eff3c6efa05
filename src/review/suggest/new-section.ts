import type { SectionKind } from '../../docs/markdown/page-facts.ts';
import type { Section } from '../../docs/site/page.ts';
import { similarity, tellingWords } from '../compare/text-similarity.ts';
import { apart, indentOf, lineOf, type PageLines, type Snippet } from './page-lines.ts';
import { causeSentence, linkSentence, type SnippetParts } from './snippet-parts.ts';
import { writePieces } from './snippet-pieces.ts';

/** The shapes in which pages speak of failures. */
type Shape = Exclude<Snippet['shape'], 'lines'> & SectionKind;

/** Sections of one shape beside each other, after one of which a further one can go. */
interface Group {
  shape: Shape;
  /** The one after which it goes. */
  after: Section;
}

type Placed = Pick<Snippet, 'shape' | 'afterLine' | 'text'>;

const SHAPES: readonly Shape[] = ['details', 'accordion', 'heading', 'row', 'item'];

/** Labels as failures have them: words of failing, status numbers and identifiers. */
const FAILURE =
  /error|fail|invalid|denied|missing|expire|mismatch|refus|reject|time ?out|wrong|block|unexpected|unable|cannot|can't|\bnot?\b|blank|empty|\b[45]\d\d\b/i;
const IDENTIFIER = /[\p{L}\p{N}]_[\p{L}\p{N}]|\b[A-Z]{3,}\d*\b/u;

/** What heads the first column of a table of failures. */
const FAILURE_COLUMN = /error|code|symptom|problem|issue|message|failure|exception|what you see/i;

/** Rows and items are often something else, so they must tell of failures far more often than titled sections do. */
const ROW_FACTOR = 2;

/**
 * A new section, as text to put where the page speaks of failures already, in the shape in which it does; else under a
 * heading of its own at the end.
 *
 * @param words what the failure is about
 */
export function newSection(
  sections: readonly Section[],
  words: ReadonlySet<string>,
  parts: SnippetParts,
  at: PageLines,
): Placed {
  const group = bestGroup(sections, words, at);
  if (!group) {
    const block = heading(topDepth(sections), parts);
    return { shape: 'heading', afterLine: at.count, text: apart(block, at.count, at) };
  }
  const { shape, after } = group;
  const afterLine = Math.min(after.endLine, at.count);
  const first = lineOf(at, after.line);
  const indent = indentOf(first);
  if (shape === 'row') return { shape, afterLine, text: indent + row(columnsOf(after), parts) };
  if (shape === 'item') return { shape, afterLine, text: indent + item(parts, first) };
  const block = shape === 'heading' ? heading(after.depth, parts) : container(shape, parts, first, at);
  const lines = block.map((line) => (line ? indent + line : ''));
  return { shape, afterLine, text: apart(lines, afterLine, at) };
}

/** The depth of the page's main headings; a heading of depth 1 is the page's title. */
function topDepth(sections: readonly Section[]): number {
  const depths = sections.map(({ depth }) => depth).filter((depth) => depth > 1);
  return depths.length > 0 ? Math.min(...depths) : 2;
}

/** Where on a page a section about a failure fits best; null where no group tells of failures. */
function bestGroup(sections: readonly Section[], words: ReadonlySet<string>, at: PageLines): Group | null {
  let best: Group | null = null;
  let bestScore = 0;
  for (const shape of SHAPES) {
    for (const members of groupsOf(shape, sections, at)) {
      const failing = members.filter(({ label }) => FAILURE.test(label) || IDENTIFIER.test(label));
      const after = failing.at(-1);
      const labels = members.map(({ label, parent }) => `${parent?.label} ${label}`).join(' ');
      const near = similarity(tellingWords(labels), words);
      const score = (failing.length + 2 * near) / (shape === 'row' || shape === 'item' ? ROW_FACTOR : 1);
      if (!after || score <= bestScore || (shape === 'row' && !isAboutFailures(columnsOf(after)))) continue;
      best = { shape, after };
      bestScore = score;
    }
  }
  return best;
}

function isAboutFailures(columns: readonly string[]): boolean {
  return columns.length > 1 && FAILURE_COLUMN.test(columns[0] as string);
}

function groupsOf(shape: Shape, sections: readonly Section[], at: PageLines): Section[][] {
  const fitting = sections.filter(({ kind, path }) => kind === shape && path === at.path);
  const members = fitting.filter((section) => canFollow(section, at));
  const parents = new Set(members.map(({ parent }) => parent));
  return [...parents].map((parent) => members.filter((section) => section.parent === parent));
}

/** Whether text put after a section would stand beside it. */
function canFollow(section: Section, at: PageLines): boolean {
  const first = lineOf(at, section.line);
  const last = lineOf(at, section.endLine);
  switch (section.kind) {
    case 'heading':
      return /^#{1,6}\s/.test(first) && !section.children.some(({ kind }) => kind !== 'callout' && kind !== 'item');
    case 'row':
      return first.includes('|');
    case 'item':
      return /^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(first);
    default:
      return /^\s*</.test(first) && /<\/[\w.]+>\s*$/.test(last);
  }
}

/** The header cells of a row's table. */
export function columnsOf(row: Section): string[] {
  const heads = (row.parent?.blocks ?? []).filter((block) => block.kind === 'head' && block.line < row.line);
  return (
    heads
      .at(-1)
      ?.text.split('|')
      .map((cell) => cell.trim()) ?? []
  );
}

function heading(depth: number, parts: SnippetParts): string[] {
  return [`${'#'.repeat(depth)} ${writePieces(parts.label, 'text')}`, '', ...body(parts)];
}

/** An accordion is the component with the attribute that the page uses already. */
function container(shape: 'details' | 'accordion', parts: SnippetParts, like: string, at: PageLines): string[] {
  if (shape === 'details') {
    const summary = writePieces(parts.label, at.syntax === 'mdx' ? 'text' : 'html');
    return ['<details>', `<summary>${summary}</summary>`, '', ...body(parts), '', '</details>'];
  }
  const [, name] = /<([\w.-]+)/.exec(like) as RegExpExecArray;
  const attribute = /\b(title|label|header|summary|question)=/.exec(like)?.[1] ?? 'title';
  return [`<${name} ${attribute}="${writePieces(parts.label, 'attribute')}">`, '', ...body(parts), '', `</${name}>`];
}

/** Paragraphs: what it is, why it happens, where the fix is. */
function body(parts: SnippetParts): string[] {
  const paragraphs = [parts.intro, causeSentence(parts.causes), linkSentence(parts.links)];
  const written = paragraphs.filter((pieces) => pieces.length > 0).map((pieces) => writePieces(pieces, 'text').trim());
  return written.flatMap((paragraph, i) => (i === 0 ? [paragraph] : ['', paragraph]));
}

function item(parts: SnippetParts, like: string): string {
  const [, bullet, number, stop] = /^\s*(?:([-*+])|(\d{1,9})([.)]))/.exec(like) as RegExpExecArray;
  const own = bullet ?? `${Number(number) + 1}${stop}`;
  const label = writePieces([{ strong: parts.label }], 'text');
  return `${own} ${label}: ${body(parts).filter(Boolean).join(' ')}`;
}

const CAUSE_COLUMN = /cause|why|reason|mean|descri|expla|happen|detail/i;
const FIX_COLUMN = /fix|solution|solve|resol|action|\bdo\b|how|remed|check|next|help|strateg|link|see/i;

/** One row with the page's columns: what it is, why it happens, where the fix is, a dash where nothing fits. */
function row(columns: readonly string[], parts: SnippetParts): string {
  const causeAt = columnFor(CAUSE_COLUMN, columns);
  const fixAt = columnFor(FIX_COLUMN, columns);
  const cells = columns.map((_, i): string => {
    if (i === 0) return writePieces(parts.name, 'cell').trim();
    const why = i === causeAt ? causeSentence(parts.causes, 'Happens when: ') : [];
    const fix = i === fixAt ? linkSentence(parts.links, 'See ') : [];
    const written = [why, fix].filter((pieces) => pieces.length > 0).map((pieces) => writePieces(pieces, 'cell'));
    return written.join(' ') || '–';
  });
  return `| ${cells.join(' | ')} |`;
}

/** The first further column of that role, else the last one. */
function columnFor(role: RegExp, columns: readonly string[]): number {
  const found = columns.findIndex((column, i) => i > 0 && role.test(column));
  return found > 0 ? found : columns.length - 1;
}
