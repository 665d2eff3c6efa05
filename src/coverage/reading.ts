import type { SectionKind } from '../docs/markdown/page-facts.ts';
import { type Content, type ContentBlock, type Section, withDescendants } from '../docs/site/page.ts';
import { type FoldedText, fold } from './code.ts';
import { sentenceEnds, type Token, tokenize } from './terms.ts';

/** A text with its words indexed. Sentences and folded text are made when somebody first asks for them. */
export interface TokenIndex {
  text: string;
  tokens: Token[];
  /** Stem (of a word or a joined compound) → indexes into `tokens`, ascending. */
  positions: ReadonlyMap<string, readonly number[]>;
  /** For each sentence the index after its last token; one entry where the text counts as one sentence. */
  sentences(): readonly number[];
  folded(): FoldedText;
}

/** @param whole the text counts as one sentence, as a label or a table row does */
export function indexTokens(text: string, whole: boolean): TokenIndex {
  const tokens = tokenize(text);
  const positions = new Map<string, number[]>();
  const add = (stem: string, at: number) => {
    const list = positions.get(stem);
    if (list) list.push(at);
    else positions.set(stem, [at]);
  };
  for (const [at, { stem, joined }] of tokens.entries()) {
    add(stem, at);
    if (joined) add(joined, at);
  }
  let ends: number[] | null = whole ? [tokens.length] : null;
  let folded: FoldedText | null = null;
  return {
    text,
    tokens,
    positions,
    sentences: () => {
      ends ??= tokenEnds(tokens, sentenceEnds(text));
      return ends;
    },
    folded: () => {
      folded ??= fold(text);
      return folded;
    },
  };
}

function tokenEnds(tokens: readonly Token[], offsets: readonly number[]): number[] {
  const ends: number[] = [];
  let i = 0;
  for (const offset of offsets) {
    while (i < tokens.length && (tokens[i] as Token).start < offset) i += 1;
    if (i > (ends.at(-1) ?? 0)) ends.push(i);
  }
  return ends.length > 0 ? ends : [tokens.length];
}

/** A block that may name a failure, with its section. */
export interface ReadBlock {
  block: ContentBlock;
  section: Section;
}

/** A page with its blocks and labels indexed, each when somebody first asks for it. */
export interface Reading {
  content: Content;
  blocks: readonly ReadBlock[];
  index(block: ContentBlock): TokenIndex;
  /** The labels whose words count as words of every sentence of the section. */
  labels(section: Section): readonly TokenIndex[];
  /** The same for a sentence of a block: a label has none beside itself. */
  labelsFor(place: ReadBlock): readonly TokenIndex[];
}

/** Makes a page's content ready for matching. */
export function readContent(content: Content): Reading {
  const indexes = new Map<ContentBlock, TokenIndex>();
  const labelsOf = new Map<Section, TokenIndex[]>();
  const labels = (section: Section) => {
    const found = labelsOf.get(section) ?? labelsWith(section).map((label) => indexTokens(label, true));
    labelsOf.set(section, found);
    return found;
  };
  return {
    content,
    blocks: content.sections.flatMap((section) => section.blocks.map((block) => ({ block, section }))),
    index: (block) => {
      const found = indexes.get(block) ?? indexTokens(block.text, block.kind === 'label' || block.kind === 'row');
      indexes.set(block, found);
      return found;
    },
    labels,
    labelsFor: ({ block, section }) => (block.kind === 'label' ? [] : labels(section)),
  };
}

/** The section's own label and, where it is transparent, the next ones. */
function labelsWith(section: Section): string[] {
  const labels: string[] = [];
  for (let at: Section | null = section; at; at = at.parent) {
    const isPart = at.kind === 'item' || at.kind === 'row';
    if (at.label && !isPart) labels.push(at.label);
    if (!isPart && !isTransparent(at)) break;
  }
  return labels;
}

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

/** True for a block of text that readers read as such: no sample, no attribute, no head of a table. */
export function isProse({ kind }: ContentBlock): boolean {
  return kind === 'prose' || kind === 'label' || kind === 'row';
}
