import type { Block, Link, SectionFacts, SectionKind } from './page-facts.ts';
import type { RunText } from './text-run.ts';

/** What is known of a section when it opens. */
export interface SectionStart {
  kind: SectionKind;
  line: number;
  label?: string;
  depth?: number;
  id?: string | null;
  slugText?: string | null;
}

/**
 * A stretch of the page in which headings nest: the page, a `<details>`, a tab, a list item. What opens inside
 * ends with it, and what was current before is current again.
 */
export interface Scope {
  form: 'section' | 'item' | 'quote';
  /** The section that holds its text before any heading of its own. */
  section: number;
  owns: boolean;
  headings: number[];
  bold: number | null;
  /** True in a list item, where a bold paragraph is no heading. */
  inList: boolean;
  /** True until something stands in it. */
  fresh: boolean;
}

/** Collects sections and blocks in reading order and keeps their nesting. */
export class SectionBuilder {
  readonly sections: SectionFacts[] = [];
  readonly blocks: Block[] = [];
  private readonly scopes: Scope[] = [];

  constructor() {
    const section = this.addSection({ kind: 'page', line: 1 }, -1);
    this.scopes.push(newScope('section', section, true, false));
  }

  get scope(): Scope {
    return this.scopes[this.scopes.length - 1] as Scope;
  }

  /** Index of the section that the next block belongs to. */
  get current(): number {
    const { bold, headings, section } = this.scope;
    return bold ?? headings[headings.length - 1] ?? section;
  }

  /** Opens a scope, with a section of its own if `start` is given. */
  open(form: Scope['form'], start?: SectionStart): Scope {
    const outer = this.scope;
    outer.fresh = false;
    const section = start ? this.addSection(start, this.current) : this.current;
    const inList = form === 'item' || (form === 'quote' && outer.inList);
    const scope = newScope(form, section, start !== undefined, inList);
    this.scopes.push(scope);
    return scope;
  }

  /** Gives a scope that had none a section of its own, now that its label is known. */
  adopt(scope: Scope, start: SectionStart): void {
    scope.section = this.addSection(start, scope.section);
    scope.owns = true;
  }

  /** Closes a scope and whatever is still open inside it. */
  close(scope: Scope, endLine: number): void {
    const at = this.scopes.lastIndexOf(scope);
    while (at > 0 && this.scopes.length > at) this.closeTop(endLine);
  }

  openHeading(start: SectionStart): number {
    const scope = this.scope;
    scope.fresh = false;
    this.closeBold(scope);
    const depth = start.depth ?? 1;
    while (scope.headings.length > 0 && this.depthOf(scope) >= depth) this.end(scope.headings.pop() as number);
    const section = this.addSection(start, this.current);
    scope.headings.push(section);
    return section;
  }

  openBold(start: SectionStart): void {
    const scope = this.scope;
    this.closeBold(scope);
    scope.bold = this.addSection(start, this.current);
  }

  /** A section that holds exactly one block, a table row. */
  addRow(start: SectionStart, run: RunText, endLine: number, links: Link[]): number {
    const section = this.addSection(start, this.current);
    this.addBlock('row', run, endLine, links, section);
    this.end(section);
    return section;
  }

  addBlock(kind: Block['kind'], run: RunText, endLine: number, links: Link[], section: number = this.current): void {
    this.scope.fresh = false;
    const { text, line, breaks, cells } = run;
    const block: Block = { kind, section, text, line, endLine: Math.max(line, endLine), breaks, links };
    if (kind === 'row') block.cells = cells;
    this.blocks.push(block);
    this.reach(section, block.endLine);
  }

  /** Something of the current section, if only a closing tag, stands on this line. */
  touch(line: number): void {
    this.reach(this.current, line);
  }

  finish(): void {
    while (this.scopes.length > 0) this.closeTop(0);
  }

  private addSection(start: SectionStart, parent: number): number {
    const { kind, line, label = '', depth = 0, id = null, slugText = null } = start;
    this.sections.push({ kind, label, depth, parent, id, slugText, line, endLine: line, claims: [] });
    return this.sections.length - 1;
  }

  private closeTop(endLine: number): void {
    const scope = this.scopes.pop() as Scope;
    this.closeBold(scope);
    while (scope.headings.length > 0) this.end(scope.headings.pop() as number);
    this.reach(scope.section, endLine);
    if (scope.owns) this.end(scope.section);
  }

  private closeBold(scope: Scope): void {
    if (scope.bold !== null) this.end(scope.bold);
    scope.bold = null;
  }

  /** Its last line is now known, and its parent reaches at least as far. */
  private end(section: number): void {
    const { parent, endLine } = this.sections[section] as SectionFacts;
    if (parent >= 0) this.reach(parent, endLine);
  }

  private reach(section: number, line: number): void {
    const facts = this.sections[section] as SectionFacts;
    if (line > facts.endLine) facts.endLine = line;
  }

  private depthOf(scope: Scope): number {
    return this.sections[scope.headings[scope.headings.length - 1] as number]?.depth ?? 0;
  }
}

function newScope(form: Scope['form'], section: number, owns: boolean, inList: boolean): Scope {
  return { form, section, owns, headings: [], bold: null, inList, fresh: true };
}
