import type { AnchorMaker } from '../anchors.ts';
import type { FrameworkRules, SiteRoot } from '../frameworks/framework.ts';
import type { Block, PageFacts, SectionFacts } from '../markdown/page-facts.ts';
import type { ModuleLink } from '../tree.ts';
import type { Content, ContentBlock, Page, Section } from './page.ts';
import { type ModuleUse, useOf } from './shown-files.ts';

/** What a page needs of its site to show its partials. */
export interface PartialSource {
  root: SiteRoot;
  rules: FrameworkRules;
  /** The file that a partial's specifier or import names, read from the file that shows it; null where there is none. */
  partial(shown: string | ModuleUse, from: string): { path: string; blob: string; facts: PageFacts } | null;
}

const MAX_DEPTH = 8;
/** Sections, blocks and shown partials of one page; what partials would add beyond is left out. */
const MAX_PIECES = 20_000;

/** A page's facts with its partials in place, as a reader meets them from top to bottom. */
export function assembleContent(page: Page, facts: PageFacts, source: PartialSource): Content {
  return new Assembly(page, source).assemble(facts);
}

/** One file while it is read: its section indexes stand for sections of the page. */
interface OpenFile {
  path: string;
  facts: PageFacts;
  /** Where the page shows it; null for the page's own file. */
  shownAt: Section['shownAt'];
  /** Where the text of each of its sections goes. */
  sections: Section[];
  /** Components that turned out to be partials. */
  found: Set<string>;
  /** Titles numbered within the file alone, for frameworks build each partial by itself. */
  ownAnchors: AnchorMaker;
}

class Assembly {
  readonly #page: Page;
  readonly #source: PartialSource;
  readonly #sections: Section[] = [];
  readonly #anchors: Set<string>;
  readonly #maker: AnchorMaker;
  readonly #flow = new ReadingFlow();
  readonly #partials = new Map<string, string>();
  readonly #problems: Content['problems'] = [];
  readonly #open: string[] = [];
  #pieces = 0;
  #openAnchors = false;

  constructor(page: Page, source: PartialSource) {
    this.#page = page;
    this.#source = source;
    this.#anchors = new Set(source.rules.fixedAnchors);
    this.#maker = source.rules.makeAnchors();
  }

  assemble(facts: PageFacts): Content {
    this.#readFile(this.#page.path, facts, null, []);
    return {
      page: this.#page,
      sections: this.#sections,
      anchors: this.#anchors,
      openAnchors: this.#openAnchors,
      problems: this.#problems,
      partials: Array.from(this.#partials, ([path, blob]) => ({ path, blob })),
    };
  }

  /** Walks sections and blocks together, for both are in reading order. */
  #readFile(path: string, facts: PageFacts, shownAt: Section['shownAt'], sections: Section[]): void {
    const ownAnchors = this.#source.rules.makeAnchors();
    const file: OpenFile = { path, facts, shownAt, found: new Set(), ownAnchors, sections };
    this.#open.push(path);
    for (const id of facts.ids) this.#anchors.add(id.toLowerCase());
    for (const problem of facts.problems) this.#problems.push({ ...problem, path });
    for (const block of facts.blocks) {
      while (this.#startsBefore(file, block)) this.#addSection(file);
      this.#addBlock(file, block);
    }
    while (file.sections.length < facts.sections.length) this.#addSection(file);
    if (facts.unknownComponents.some((name) => !file.found.has(name))) this.#openAnchors = true;
    this.#open.pop();
  }

  #startsBefore({ sections, facts }: OpenFile, block: Block): boolean {
    const next = facts.sections[sections.length];
    return next !== undefined && (sections.length <= block.section || next.line < block.line);
  }

  #addSection(file: OpenFile): void {
    const facts = file.facts.sections[file.sections.length] as SectionFacts;
    const above = facts.parent < 0 ? null : (file.sections[facts.parent] ?? null);
    const parent = above && this.#flow.parentOf(facts, above);
    const section: Section = {
      page: this.#page,
      index: this.#sections.length,
      kind: facts.kind,
      label: facts.label,
      depth: facts.depth,
      parent,
      children: [],
      blocks: [],
      anchor: this.#anchorOf(facts, file),
      path: file.path,
      line: facts.line,
      endLine: facts.endLine,
      shownAt: file.shownAt,
      claims: facts.claims,
    };
    this.#pieces++;
    parent?.children.push(section);
    this.#sections.push(section);
    file.sections.push(section);
    if (parent) this.#flow.begins(section, parent, file.shownAt !== null);
  }

  #anchorOf({ id, kind, slugText, label }: SectionFacts, file: OpenFile): string | null {
    const title =
      kind === 'heading' ? slugText : this.#source.rules.titledKinds.includes(kind) ? (slugText ?? label) : null;
    if (id === null && !title) return null;
    const anchor = id ?? this.#maker.fromTitle(title as string);
    if (id !== null) this.#maker.given(id);
    else this.#anchors.add(file.ownAnchors.fromTitle(title as string));
    this.#anchors.add(anchor.toLowerCase());
    return anchor;
  }

  #addBlock(file: OpenFile, block: Block): void {
    const section = file.sections[block.section] as Section;
    if (block.kind === 'partial') {
      this.#showPartial(file, block, section);
      return;
    }
    // The frontmatter title of a partial is shown nowhere.
    if (file.shownAt && block.kind === 'label' && block.section === 0) return;
    this.#pieces++;
    const { kind, text, line, endLine, breaks, links, cells } = block;
    const placed: ContentBlock = { kind, text, path: file.path, line, endLine, breaks, links };
    section.blocks.push(cells ? { ...placed, cells } : placed);
  }

  #showPartial(file: OpenFile, block: Block, section: Section): void {
    const shown = namedBy(block.text, file.facts);
    const partial = this.#source.partial(shown, file.path);
    // Most names from modules are code, and whether that hides anchors is known of its component.
    if (!partial && typeof shown !== 'string') return;
    file.found.add(block.text);
    const fits = this.#open.length <= MAX_DEPTH && this.#pieces < MAX_PIECES;
    if (!partial || !fits || this.#open.includes(partial.path)) {
      this.#openAnchors = true;
      return;
    }
    this.#pieces++;
    this.#partials.set(partial.path, partial.blob);
    const shownAt = file.shownAt ?? { path: file.path, line: block.line };
    this.#readFile(partial.path, partial.facts, shownAt, [section]);
    for (const [index, moved] of this.#flow.continuations(file.sections, file.facts.sections, block.section)) {
      file.sections[index] = moved;
    }
  }
}

/** What a partial's mark stands for: an imported name or a path. */
function namedBy(text: string, { imports, named }: PageFacts): string | ModuleUse {
  if (Object.hasOwn(imports, text)) return imports[text] as string;
  const local = text.split('.', 1)[0] as string;
  return Object.hasOwn(named, local) ? useOf(named[local] as ModuleLink, text) : text;
}

/**
 * Which heading a reader is under. Within one file its own facts say so; a partial's headings, and whatever follows
 * them, hang where the depths put them on the page. Headings never reach out of a container such as `<details>`.
 */
class ReadingFlow {
  /** The last heading that a partial left open, by the container in which it stands. */
  readonly #last = new Map<Section, Section>();

  /** The section that a new one hangs from, given the one its own file puts it under. */
  parentOf(facts: Pick<SectionFacts, 'kind' | 'depth'>, above: Section): Section {
    if (facts.kind !== 'heading') return above;
    let parent = this.#last.get(containerOf(above)) ?? above;
    while (parent.parent && isOpenEnded(parent) && (parent.kind === 'bold' || parent.depth >= facts.depth)) {
      parent = parent.parent;
    }
    return parent;
  }

  begins(section: Section, parent: Section, inPartial: boolean): void {
    if (section.kind !== 'heading') return;
    const container = containerOf(parent);
    if (inPartial || this.#last.has(container)) this.#last.set(container, section);
  }

  /**
   * After a partial shown in the section `index` of a file: the sections of that file, by index, whose further text
   * stands under the partial's last heading.
   */
  *continuations(
    sections: readonly Section[],
    facts: readonly SectionFacts[],
    index: number,
  ): Generator<[number, Section]> {
    const container = containerOf(sections[index] as Section);
    const last = this.#last.get(container);
    if (!last) return;
    for (let at = index; at >= 0; at = (facts[at] as SectionFacts).parent) {
      const section = sections[at] as Section;
      if (containerOf(section) !== container) return;
      yield [at, last];
    }
  }
}

/** Headings and bold leads end where the next begins; every other kind has an end of its own. */
function isOpenEnded(section: Section): boolean {
  return section.kind === 'heading' || section.kind === 'bold';
}

function containerOf(section: Section): Section {
  let at = section;
  while (isOpenEnded(at) && at.parent) at = at.parent;
  return at;
}
