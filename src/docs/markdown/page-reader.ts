import type { BlockKind, Link, SectionFacts } from './page-facts.ts';
import { lineOfText } from './reader-text.ts';
import { SectionBuilder, type SectionStart } from './section-builder.ts';
import { type Lead, TextRun } from './text-run.ts';

/** Where running text goes: into blocks, into the title of a section, into the cells of a table row, into a sample. */
type Mode = 'flow' | 'label' | 'row' | 'sample';

/**
 * Turns what is met along a page, text, marks and boundaries of blocks, into sections and blocks.
 * Markdown, JSX and HTML all drive the same reader, so a block may begin in one and end in another.
 */
export class PageReader {
  readonly builder = new SectionBuilder();
  readonly ids: string[] = [];
  readonly unknownComponents = new Set<string>();
  mode: Mode = 'flow';
  /** Above zero inside elements whose content is no text of the page. */
  muted = 0;
  line = 1;
  private run: TextRun | null = null;
  /** Links of an element around blocks, for the first of them. */
  private carried: Link[] = [];
  /** Blocks met inside a row, which must follow the row's own section. */
  private held: ((section: number) => void)[] = [];

  /** True while words or a link wait for the end of their block. */
  get filled(): boolean {
    return this.run?.filled === true;
  }

  text(text: string, line: number = this.line): void {
    this.line = line;
    if (this.muted > 0) return;
    const run = this.running(line);
    run.add(text, line);
    this.line = run.line;
  }

  /** A line break that readers see. */
  lineBreak(line: number = this.line): void {
    this.line = line;
    if (this.muted === 0) this.running(line).break(this.mode === 'label' ? ' ' : '\n', line);
  }

  /** The boundary between two blocks: ends the current one, or parts the words of a title or cell. */
  boundary(line: number = this.line): void {
    if (this.muted > 0) return;
    if (this.mode === 'flow') this.flush();
    else if (this.mode !== 'sample' && this.run) this.lineBreak(Math.max(line, this.line));
    this.line = line;
  }

  cell(): void {
    this.running(this.line).cell();
  }

  link(url: string, line: number = this.line): Link {
    const link = { url, line };
    if (this.muted === 0) this.running(line).links.push(link);
    return link;
  }

  /** A link of an element that holds whole blocks: goes with the first text inside it. */
  carryLink(url: string, line: number): void {
    if (this.run?.filled) this.link(url, line);
    else this.carried.push({ url, line });
  }

  /** The element has ended; a link for which no text came stands alone. */
  settleLinks(line: number): void {
    const links = this.carried.splice(0);
    if (links.length > 0) this.aside('attribute', '', line, links);
  }

  /** Strong text or inline code begins. */
  openLead(form: Lead['form']): void {
    this.running(this.line).openLead(form);
  }

  closeLead(form: Lead['form']): void {
    this.run?.closeLead(form);
  }

  /** Starts gathering text for something other than a block of prose. */
  begin(mode: Mode, line: number): void {
    this.flush();
    this.mode = mode;
    this.running(line);
    this.line = line;
  }

  /** Ends what `begin` started, as the label of a section. */
  endLabel(section: number, endLine: number): void {
    const run = this.take();
    const text = run.read();
    (this.builder.sections[section] as SectionFacts).label = text.text;
    if (run.filled) this.builder.addBlock('label', text, endLine, run.links, section);
  }

  endRow(kind: 'row' | 'head', line: number, endLine: number): void {
    const run = this.take();
    const text = run.read();
    const [second] = text.cells;
    const first = second === undefined ? text.text : text.text.slice(0, second - ' | '.length);
    const label = first.replace(/\s+/g, ' ').trim();
    let section = this.builder.current;
    if (kind === 'head' && run.filled) this.builder.addBlock('head', text, endLine, run.links);
    if (kind === 'row' && run.filled)
      section = this.builder.addRow({ kind: 'row', label, line }, text, endLine, run.links);
    for (const add of this.held.splice(0)) add(section);
  }

  endSample(endLine: number): void {
    const run = this.take();
    const text = run.readVerbatim();
    if (text.text) this.builder.addBlock('code', text, endLine, run.links);
  }

  /** A sample: a fenced or indented block, or a component's `code`. */
  sample(code: string, line: number, endLine: number): void {
    if (this.mode === 'flow') this.begin('sample', line);
    else this.boundary(line);
    const own = this.mode === 'sample';
    this.text(code, line);
    if (own) this.endSample(endLine);
    else this.boundary(endLine);
  }

  /** Text that is not in the flow: a component's attribute, or the mark where another file is shown. */
  aside(kind: BlockKind, text: string, line: number, links: Link[] = []): void {
    if (this.muted > 0) return;
    const shown = kind === 'partial' ? text : lineOfText(text);
    if (!shown && links.length === 0) return;
    this.hold((section) =>
      this.builder.addBlock(kind, { text: shown, line, breaks: [], cells: [] }, line, links, section),
    );
  }

  /** A comment that says which scenarios the section around it documents. */
  claim(ids: string[], line: number): void {
    this.hold((section) => {
      for (const id of ids) this.builder.sections[section]?.claims.push({ id, line });
    });
  }

  private hold(add: (section: number) => void): void {
    if (this.mode === 'row') this.held.push(add);
    else add(this.builder.current);
  }

  /** Ends the block of prose that is being read. */
  flush(): void {
    const run = this.run;
    this.run = null;
    if (!run?.filled) return;
    const text = run.read();
    const title = this.titleOf(run, text.line);
    if (title?.kind === 'bold') this.builder.openBold(title);
    if (title?.kind === 'item') this.builder.adopt(this.builder.scope, title);
    this.builder.addBlock(title?.kind === 'bold' ? 'label' : 'prose', text, text.breaks.at(-1) ?? text.line, run.links);
  }

  /** The section that a block of prose opens by what stands out at its start. */
  private titleOf(run: TextRun, line: number): SectionStart | null {
    const lead = run.readLead();
    if (!lead) return null;
    const label = lead.label.replace(/\s*[:.\uff1a\u3002]$/, '');
    const { form, fresh, inList } = this.builder.scope;
    if (form === 'item') return fresh && leadsItem(lead) ? { kind: 'item', label, line } : null;
    const wholly = lead.form === 'strong' && /^\s*[:.]?\s*$/.test(lead.rest);
    return wholly && !inList && standsAsTitle(lead.label) ? { kind: 'bold', label, line } : null;
  }

  private running(line: number): TextRun {
    if (this.run) return this.run;
    this.run = new TextRun(line);
    this.run.links.push(...this.carried.splice(0));
    return this.run;
  }

  private take(): TextRun {
    const run = this.running(this.line);
    this.run = null;
    this.mode = 'flow';
    return run;
  }
}

/** Strong words, or inline code set off by a colon or a dash; not the start of an ordinary word. */
function leadsItem(lead: Lead): boolean {
  if (lead.form === 'code') return /^\s*(?::|-+(?:\s|$))/.test(lead.rest);
  return !/^[\p{L}\p{N}]/u.test(lead.rest) && !PART_LABEL.test(lead.label);
}

/**
 * Words that label a part of an explanation instead of naming a failure: `**Cause**: …`, `**Fix**: …`.
 * What they introduce stays in the section around it.
 */
const PART_LABEL =
  /^(?:symptoms?|causes?|root cause|likely cause|fix|fixes|solutions?|resolution|why|how|note|errors?|issues?|workaround|diagnosis|option|step|examples?|prerequisites?)\b/i;

/** `Error: tokens are blank` names a failure where `Error:` alone does not. */
const NAMED_FAILURE = /^(?:errors?|issues?)\b\s*(?::|\d)\s*\S/i;

/** A question of readers, as in an FAQ; one about "this" belongs to the failure named before it. */
const QUESTION = /\?$/;
const ABOUT_THE_ABOVE = /\b(?:this|that|it|these|those)\b/i;

/** A whole sentence in bold is stress, not a title. */
const MOST_TITLE_WORDS = 14;

/** True for a bold paragraph that stands as a title over what follows. */
function standsAsTitle(words: string): boolean {
  if (words.split(/\s+/).length > MOST_TITLE_WORDS) return false;
  if (NAMED_FAILURE.test(words)) return true;
  if (QUESTION.test(words) && !ABOUT_THE_ABOVE.test(words)) return true;
  return !PART_LABEL.test(words);
}
