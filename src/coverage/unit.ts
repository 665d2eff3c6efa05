import type { SectionKind } from '../docs/markdown/page-facts.ts';
import { type Content, type ContentBlock, type Section, withDescendants } from '../docs/site/page.ts';

/** The text in which cause and link must stand for a failure that was named in it. */
export interface Unit {
  /** The section that readers would be sent to. */
  section: Section;
  blocks: ContentBlock[];
}

/** Kinds that title a part of what encloses them, rather than a thing of their own. */
const TRANSPARENT: ReadonlySet<SectionKind> = new Set<SectionKind>(['callout', 'card', 'step', 'tab']);

const ROLE =
  /^(?:(?:likely |possible |probable |common |root )?causes?|symptoms?|fix(?:es)?|solutions?|resolutions?|how to fix(?: it)?|how to resolve(?: it)?|why(?: (?:it|this) happens)?|what (?:happens|happened|to do)|workarounds?|diagnosis|explanation|description|details)[.:?]?$/i;

/** A section that only says which part of an explanation it holds ("Cause", "Fix") belongs to what encloses it. */
export function isTransparent(section: Section): boolean {
  return TRANSPARENT.has(section.kind) || (section.parent !== null && ROLE.test(section.label));
}

/**
 * The unit of a block that names a failure: a row with the prose around its table, a list item of its own, a label
 * with everything below it, else the section without its tables' rows.
 */
export function unitOf(content: Content, section: Section, block: ContentBlock | null): Unit {
  if (block === null) return unitOfProse(section);
  if (block.kind === 'row') return unitOfRow(section, block);
  if (block.kind === 'label' && section.index === 0) return { section, blocks: allBlocks(content.sections) };
  if (block.kind === 'label' && !isTransparent(section)) return unitOfLabel(section);
  return section.kind === 'item' ? unitOfItem(section) : unitOfProse(section);
}

/** A section with everything inside it. */
export function unitOfLabel(section: Section): Unit {
  return { section, blocks: allBlocks([...withDescendants(section)]) };
}

function unitOfRow(row: Section, block: ContentBlock): Unit {
  const around = row.kind === 'row' ? row.parent : row;
  const borrowed = around ? unitOfProse(around).blocks : [];
  return { section: row, blocks: [block, ...borrowed.filter((other) => other !== block)] };
}

function unitOfItem(item: Section): Unit {
  const labels = item.parent ? item.parent.blocks.filter((block) => block.kind === 'label') : [];
  return { section: item, blocks: [...allBlocks([...withDescendants(item)]), ...labels] };
}

function unitOfProse(section: Section): Unit {
  let around = section;
  while (around.parent && isTransparent(around)) around = around.parent;
  const blocks: ContentBlock[] = [];
  collectProse(around, blocks);
  return { section: around.index === 0 ? section : around, blocks };
}

function collectProse(section: Section, into: ContentBlock[]): void {
  for (const block of section.blocks) if (block.kind !== 'row' && block.kind !== 'head') into.push(block);
  for (const child of section.children) {
    if (child.kind === 'item' || isTransparent(child)) collectProse(child, into);
  }
}

function allBlocks(sections: readonly Section[]): ContentBlock[] {
  return sections.flatMap((section) => section.blocks);
}

/** The labels that count along with a sentence of the section: its own and, where it is transparent, the next ones. */
export function labelsOf(section: Section): string[] {
  const labels: string[] = [];
  for (let at: Section | null = section; at; at = at.parent) {
    if (at.label && at.kind !== 'item' && at.kind !== 'row') labels.push(at.label);
    if (at.kind !== 'item' && at.kind !== 'row' && !isTransparent(at)) break;
  }
  return labels;
}
