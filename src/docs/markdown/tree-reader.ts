import type { Nodes, Root } from 'mdast';
import { openComponent, openPartial, showsFile } from './component-elements.ts';
import { HTML_ELEMENTS, INLINE_ELEMENTS, roleOf } from './component-names.ts';
import type { Element, HtmlEvents } from './element.ts';
import { type Frame, Frames, MOST_NESTED, TooDeep } from './frames.ts';
import { openHtml } from './html-elements.ts';
import { readNode } from './nodes.ts';
import type { Link } from './page-facts.ts';
import type { PageReader } from './page-reader.ts';
import { claimedIds, includedPath } from './source-text.ts';

/** What the reader must know that stands outside the tree. */
export interface TreeContext {
  imports: Readonly<Record<string, string>>;
  named: Readonly<Record<string, unknown>>;
  headingIds: ReadonlyMap<number, string>;
  /** True where tags come as HTML, which authors may forget to close. */
  html: boolean;
}

/** Walks a syntax tree and hands everything on it to a `PageReader`. */
export class TreeReader implements HtmlEvents {
  readonly reader: PageReader;
  readonly frames: Frames;
  readonly context: TreeContext;
  private readonly definitions = new Map<string, string>();
  private readonly references: { identifier: string; link: Link }[] = [];
  /** Above zero within a line of text. */
  private lines = 0;
  private depth = 0;

  constructor(reader: PageReader, context: TreeContext) {
    this.reader = reader;
    this.frames = new Frames(reader);
    this.context = context;
  }

  /** Throws `TooDeep` for a page nested beyond reason. */
  read(root: Root): void {
    this.children(root);
    this.frames.closeUntil(() => false, this.reader.line);
    this.reader.flush();
    for (const { identifier, link } of this.references) link.url = this.definitions.get(identifier) ?? '';
  }

  children(node: { children: Nodes[] }): void {
    if (++this.depth > MOST_NESTED) throw new TooDeep();
    for (const child of node.children) readNode(this, child);
    this.depth--;
  }

  /** Children that stand in lines of text. */
  inline(nodes: Nodes[]): void {
    this.lines++;
    this.children({ children: nodes });
    this.lines--;
  }

  get inText(): boolean {
    return this.lines > 0;
  }

  /** Reads what ends with its frame. */
  framed(frame: Frame | null, node: { children: Nodes[] }, endLine: number): void {
    this.children(node);
    this.reader.boundary(endLine);
    this.frames.close(frame, endLine);
  }

  /** A definition may follow the links that name it; the first of a name counts (CommonMark section 4.7). */
  define(identifier: string, url: string): void {
    if (!this.definitions.has(identifier)) this.definitions.set(identifier, url);
  }

  refer(identifier: string, line: number): void {
    this.references.push({ identifier, link: this.reader.link('', line) });
  }

  open(element: Element): Frame | null {
    const { name, line } = element;
    if (name === null) return null;
    this.noteIds(element);
    // To MDX a name in lower case is an HTML element, whatever is imported under it (estree-util-build-jsx).
    const imported = !this.context.html && /^[a-z][^.]*$/.test(name) ? '' : (name.split('.', 1)[0] as string);
    if (Object.hasOwn(this.context.imports, imported)) return openPartial(this.frames, imported, line);
    const role = roleOf(name);
    if (role === 'plain' && HTML_ELEMENTS.has(name)) return openHtml(this.frames, element, name);
    if (!role && !showsFile(element)) this.reader.unknownComponents.add(name);
    if (Object.hasOwn(this.context.named, imported)) this.markPartial(element, name, role !== undefined);
    return openComponent(this.frames, element, name, role ?? 'plain');
  }

  /** Where a partial is shown if the site finds one behind the name; in a line of text it would part the words. */
  private markPartial(element: Element, name: string, known: boolean): void {
    const standsAlone = !element.inline || this.reader.mode === 'row';
    if (standsAlone && (element.empty || !known)) openPartial(this.frames, name, element.line);
  }

  close(name: string, line: number): void {
    if (!INLINE_ELEMENTS.has(name)) this.reader.boundary(line);
    this.frames.closeNamed(name, line);
    this.reader.builder.touch(line);
  }

  text(text: string, line: number): void {
    this.reader.text(text, line);
  }

  comment(text: string, line: number): void {
    const path = includedPath(text);
    if (path) openPartial(this.frames, path, line);
    else this.reader.claim(claimedIds(text), line);
  }

  noteIds({ name, attributes }: Element): void {
    for (const { name: key, value } of attributes) {
      if (value && (key === 'id' || (key === 'name' && name === 'a'))) this.reader.ids.push(value);
    }
  }
}
