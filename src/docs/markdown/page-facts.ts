import type { Frontmatter, ModuleLink } from '../tree.ts';

/**
 * What one file says, whatever site it stands in: a function of its text and syntax alone,
 * plain JSON, so that it can be remembered by blob id.
 */
export interface PageFacts {
  syntax: 'mdx' | 'md';
  frontmatter: Frontmatter;
  /** Why the file could not be parsed in its own syntax; it was then read as plain Markdown. */
  problems: ParseProblem[];
  /** Local name of each imported `.md`/`.mdx` file → its specifier as written. */
  imports: Record<string, string>;
  /** Local name of each import from a module, which may be an index that passes a partial on. */
  named: Record<string, ModuleLink>;
  /** `sections[0]` is the page itself; a parent always precedes its children. */
  sections: SectionFacts[];
  /** In reading order. */
  blocks: Block[];
  /** Explicit fragments: `<a id>`, `<a name>`, ids on JSX and HTML elements. */
  ids: string[];
  /** Names of components whose output cannot be read from this file; an anchor may hide in one that is no partial. */
  unknownComponents: string[];
}

export interface ParseProblem {
  line: number;
  column: number;
  message: string;
}

export type SectionKind =
  | 'page'
  | 'heading'
  | 'details'
  | 'accordion'
  | 'step'
  | 'tab'
  | 'callout'
  | 'card'
  | 'bold'
  | 'item'
  | 'row';

export interface SectionFacts {
  kind: SectionKind;
  /** As the reader sees it, normalised as block text is; empty for an unlabelled page. */
  label: string;
  /** Heading depth 1 to 6; 0 for every other kind. */
  depth: number;
  /** Index of the enclosing section; -1 for the page. */
  parent: number;
  /** The fragment given by hand: `{#id}`, `[#id]`, `id="…"`. */
  id: string | null;
  /** The heading's or title's raw text from which the site makes the anchor; null where it makes none. */
  slugText: string | null;
  line: number;
  endLine: number;
  claims: Claim[];
}

/** A comment in a section that says which scenario it documents. */
export interface Claim {
  id: string;
  line: number;
}

/**
 * - `label`: the words that title its section
 * - `prose`: paragraph, list item, quote, definition
 * - `row`: one table row below the header, cells joined by ` | `
 * - `head`: a table's header row
 * - `code`: a fenced or indented sample
 * - `attribute`: text that only a component's attribute holds, a card's title for instance
 * - `partial`: the place where another file's content is shown
 */
export type BlockKind = 'label' | 'prose' | 'row' | 'head' | 'code' | 'attribute' | 'partial';

export interface Block {
  kind: BlockKind;
  /** Index into `sections`. */
  section: number;
  /** What the reader sees, normalised (see `readerText`); for `partial` the imported name or path. */
  text: string;
  line: number;
  endLine: number;
  /** Offsets in `text` at which a further source line begins, with that line: [offset, line, …], ascending. */
  breaks: number[];
  links: Link[];
  /** For `row`: the offset at which each cell after the first begins. */
  cells?: number[];
}

export interface Link {
  url: string;
  line: number;
}
