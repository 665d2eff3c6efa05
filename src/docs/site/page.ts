import type { Claim, Link, ParseProblem, SectionKind } from '../markdown/page-facts.ts';
import type { Frontmatter } from '../tree.ts';

/** One Markdown or MDX file with its route on the site. */
export interface Page {
  /** Path in the repository. */
  path: string;
  blob: string;
  /** Path under its docs root without extension or `/index`, locale and version folders: what `pages` globs match. */
  name: string;
  /** Comparable route: leading slash, no trailing slash, decoded, lower case, NFC. */
  route: string;
  /** The route as the site serves it, for links that people follow: base path kept, case kept. */
  url: string;
  title: string;
  hidden: boolean;
  /** Index into the site's docs roots. */
  root: number;
  frontmatter: Frontmatter;
}

/** A page with its partials in place. */
export interface Content {
  page: Page;
  /** `sections[0]` is the page itself; a parent precedes its children. */
  sections: Section[];
  /** Every fragment that exists on the page, lower case. */
  anchors: ReadonlySet<string>;
  /** True when a component whose output cannot be read may hold further anchors. */
  openAnchors: boolean;
  problems: (ParseProblem & { path: string })[];
  /** Paths of the partials shown, with their blobs; a change to one is a change to this page. */
  partials: { path: string; blob: string }[];
}

export interface Section {
  page: Page;
  index: number;
  kind: SectionKind;
  label: string;
  depth: number;
  parent: Section | null;
  children: Section[];
  /** Its own blocks, its label first; not those of child sections. */
  blocks: ContentBlock[];
  /** Its own fragment, or null: readers are then sent to the nearest enclosing section's. */
  anchor: string | null;
  /** The file that holds it, the page or a partial. */
  path: string;
  line: number;
  endLine: number;
  /** Where the page shows the partial that holds it; null in the page's own text. */
  shownAt: { path: string; line: number } | null;
  claims: Claim[];
}

/** A block in place: `path` is the file whose lines it counts. */
export interface ContentBlock {
  kind: 'label' | 'prose' | 'row' | 'head' | 'code' | 'attribute';
  text: string;
  path: string;
  line: number;
  endLine: number;
  breaks: number[];
  links: Link[];
  cells?: number[];
}

/** The fragment by which readers reach the section: its own or the nearest enclosing one's. */
export function nearestAnchor(section: Section): string | null {
  for (let at: Section | null = section; at; at = at.parent) if (at.anchor) return at.anchor;
  return null;
}

/** The section itself and everything inside it, in reading order. */
export function* withDescendants(section: Section): Generator<Section> {
  yield section;
  for (const child of section.children) yield* withDescendants(child);
}

/** The source line of an offset in a block's text. */
export function lineAt(block: { line: number; breaks: number[] }, offset: number): number {
  let line = block.line;
  for (let i = 0; i + 1 < block.breaks.length && (block.breaks[i] as number) <= offset; i += 2) {
    line = block.breaks[i + 1] as number;
  }
  return line;
}
