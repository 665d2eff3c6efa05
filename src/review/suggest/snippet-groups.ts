import type { SectionKind } from '../../docs/markdown/page-facts.ts';
import type { Section } from '../../docs/site/page.ts';
import { similarity, tellingWords } from '../compare/text-similarity.ts';
import { indentOf, lineOf, type PageLines } from './page-lines.ts';

/** The shapes in which pages speak of failures. */
export type Shape = 'details' | 'accordion' | 'heading' | 'row' | 'item';

/** Sections of one shape beside each other, after one of which a further one can go. */
export interface Group {
  shape: Shape;
  /** The one after which it goes. */
  after: Section;
  /** A table's header cells; empty for other shapes. */
  columns: string[];
}

const SHAPES: readonly Shape[] = ['details', 'accordion', 'heading', 'row', 'item'];

/** Labels as failures have them: words of failing, status numbers and identifiers. */
const FAILURE =
  /error|fail|invalid|denied|missing|expire|mismatch|refus|reject|time ?out|wrong|block|unexpected|unable|cannot|can't|\bnot?\b|blank|empty|\b[45]\d\d\b/i;
const IDENTIFIER = /[\p{L}\p{N}]_[\p{L}\p{N}]|\b[A-Z]{3,}\d*\b/u;

/** What heads the first column of a table of failures. */
const FAILURE_COLUMN = /error|code|symptom|problem|issue|message|failure|exception|what you see/i;

/** Rows and items are often something else, so they must tell of failures far more often than titled sections do. */
const ROW_FACTOR = 2;

/** Where on a page a section about a failure fits best; null where no group tells of failures. */
export function bestGroup(sections: readonly Section[], words: ReadonlySet<string>, at: PageLines): Group | null {
  let best: Group | null = null;
  let bestScore = 0;
  for (const shape of SHAPES) {
    for (const members of groupsOf(shape, sections, at)) {
      const failing = members.filter(({ label }) => FAILURE.test(label) || IDENTIFIER.test(label));
      const after = failing.at(-1);
      const near = similarity(
        tellingWords(members.map(({ label, parent }) => `${parent?.label} ${label}`).join(' ')),
        words,
      );
      const score = (failing.length + 2 * near) / (shape === 'row' || shape === 'item' ? ROW_FACTOR : 1);
      const columns = after && shape === 'row' ? columnsOf(after) : [];
      if (!after || score <= bestScore || (shape === 'row' && !isAboutFailures(columns))) continue;
      best = { shape, after, columns };
      bestScore = score;
    }
  }
  return best;
}

function isAboutFailures(columns: readonly string[]): boolean {
  return columns.length > 1 && FAILURE_COLUMN.test(columns[0] as string);
}

function groupsOf(shape: Shape, sections: readonly Section[], at: PageLines): Section[][] {
  const groups = new Map<Section | null, Section[]>();
  for (const section of sections) {
    if (section.kind !== (shape satisfies SectionKind) || section.path !== at.path || !canFollow(section, at)) continue;
    const group = groups.get(section.parent);
    if (group) group.push(section);
    else groups.set(section.parent, [section]);
  }
  return [...groups.values()];
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

/** The indentation of a section's first line. */
export function indentOfSection(section: Section, at: PageLines): string {
  return indentOf(lineOf(at, section.line));
}
