import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { Attribute, Element } from './element.ts';

/** What happens along a piece of HTML. */
export interface HtmlEvents {
  open(element: Element): void;
  close(name: string, line: number): void;
  text(text: string, line: number): void;
  comment(text: string, line: number): void;
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/**
 * Reads a piece of HTML, which need not be balanced: Markdown hands out a `<details>` in several pieces.
 * `line` is the source line on which it begins; component names keep their case.
 */
export function readHtml(html: string, line: number, inline: boolean, events: HtmlEvents): void {
  const tokenizer = new Tokenizer(
    { recognizeSelfClosing: true, decodeEntities: true },
    new Tags(html, line, inline, events),
  );
  tokenizer.write(html);
  tokenizer.end();
}

class Tags implements TokenizerCallbacks {
  private readonly html: string;
  private readonly inline: boolean;
  private readonly events: HtmlEvents;
  private line: number;
  private lineEnd: number;
  private element: Element = { name: null, attributes: [], line: 1, empty: false, inline: true };
  private attribute: Attribute = { name: '', value: '', line: 1 };

  constructor(html: string, line: number, inline: boolean, events: HtmlEvents) {
    this.html = html;
    this.line = line;
    this.lineEnd = html.indexOf('\n');
    this.inline = inline;
    this.events = events;
  }

  onopentagname(start: number, end: number): void {
    const line = this.lineAt(start);
    this.element = { name: this.nameAt(start, end), attributes: [], line, empty: false, inline: this.inline };
  }

  onattribname(start: number, end: number): void {
    this.attribute = { name: this.html.slice(start, end), value: '', line: this.lineAt(start) };
  }

  onattribdata(start: number, end: number): void {
    this.attribute.value += this.html.slice(start, end);
  }

  onattribentity(code: number): void {
    this.attribute.value += String.fromCodePoint(code);
  }

  onattribend(quote: QuoteType): void {
    if (quote === QuoteType.NoValue) this.attribute.value = null;
    this.element.attributes.push(this.attribute);
  }

  onopentagend(): void {
    this.element.empty = VOID.has(this.element.name as string);
    this.events.open(this.element);
  }

  onselfclosingtag(): void {
    this.element.empty = true;
    this.events.open(this.element);
  }

  onclosetag(start: number, end: number): void {
    this.events.close(this.nameAt(start, end), this.lineAt(start));
  }

  ontext(start: number, end: number): void {
    this.events.text(this.html.slice(start, end), this.lineAt(start));
  }

  ontextentity(code: number, end: number): void {
    this.events.text(String.fromCodePoint(code), this.lineAt(end - 1));
  }

  oncomment(start: number, end: number, endOffset: number): void {
    this.events.comment(this.html.slice(start, end - endOffset), this.lineAt(start));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.ontext(start, end - endOffset);
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  /** `<DETAILS>` is old HTML, `<Details>` a component. */
  private nameAt(start: number, end: number): string {
    const name = this.html.slice(start, end);
    return /[a-z]/.test(name) ? name : name.toLowerCase();
  }

  /** Offsets only ever grow, so every line end is counted once. */
  private lineAt(offset: number): number {
    for (; this.lineEnd >= 0 && this.lineEnd < offset; this.lineEnd = this.html.indexOf('\n', this.lineEnd + 1))
      this.line++;
    return this.line;
  }
}
