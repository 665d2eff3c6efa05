import { QuoteType, Tokenizer } from 'htmlparser2';
import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseTree } from './markdown-tree.ts';

/** One JSX element or HTML tag as it opens. */
export interface Element {
  /** Null for a JSX fragment. */
  name: string | null;
  attributes: Attribute[];
  line: number;
  /** True when nothing can stand inside. */
  empty: boolean;
  /** True within a line of text, where an unknown component does not end the block. */
  inline: boolean;
}

export interface Attribute {
  name: string;
  /** Null for an expression that is no string literal. */
  value: string | null;
  /** The source of such an expression. */
  expression?: string;
  line: number;
}

/** An attribute by name if it has a readable, non-empty value. */
export function findAttribute(element: Element, names: readonly string[]): (Attribute & { value: string }) | null {
  for (const name of names) {
    const found = element.attributes.find((attribute) => attribute.name === name && attribute.value?.trim());
    if (found) return found as Attribute & { value: string };
  }
  return null;
}

/** A whole string literal; a template only without a `${…}`. */
const LITERAL = /^(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`((?:\\.|\$(?!\{)|[^`\\$])*)`)$/s;

/** The text of an expression that is nothing but one string literal; null for any other. */
export function stringLiteral(expression: string): string | null {
  const [literal, double, single, template] = LITERAL.exec(expression.trim()) ?? [];
  if (literal === undefined) return null;
  const body = double ?? single ?? template ?? '';
  return body.replace(/\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|.))/gis, resolveEscape);
}

/** What the escapes of one character show. */
// biome-ignore format: one list
const ESCAPES: Readonly<Record<string, string>> =
  { n: '\n', r: '\n', t: '\t', b: '', f: ' ', v: ' ', 0: '', '\n': '', '\r\n': '' };

function resolveEscape(_: string, point?: string, unit?: string, byte?: string, char?: string): string {
  const code = Number.parseInt(point ?? unit ?? byte ?? '', 16);
  if (Number.isNaN(code)) return ESCAPES[char as string] ?? (char as string);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Characters of an attribute that may be its element's title. */
const MOST_TITLE = 500;

export type JsxNode = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
export type DirectiveNode = Extract<Nodes, { type: 'containerDirective' | 'leafDirective' }>;

/**
 * A JSX element of the syntax tree as the reader takes it.
 * @param line on which it begins
 */
export function fromJsx({ type, name, attributes, children }: JsxNode, line: number): Element {
  const read = attributes.flatMap((attribute): Attribute[] => {
    if (attribute.type !== 'mdxJsxAttribute') return [];
    const { name: key, value, position } = attribute;
    const at = position ? position.start.line : line;
    if (typeof value !== 'object' || value === null) return [{ name: key, value: value ?? null, line: at }];
    return [{ name: key, value: textOf(value.value), line: at, expression: value.value }];
  });
  return { name, attributes: read, line, empty: children.length === 0, inline: type === 'mdxJsxTextElement' };
}

/** `title={'text'}`, or the words of `title={<>Text with <code>code</code></>}`; null for what must be run to be known. */
function textOf(expression: string): string | null {
  const literal = stringLiteral(expression);
  if (literal !== null || !expression.trimStart().startsWith('<') || expression.length > MOST_TITLE) return literal;
  const parsed = parseTree(expression, 'mdx');
  return 'tree' in parsed ? plainText(parsed.tree) : null;
}

/** A `:::name` container or `::name` leaf. */
export function fromDirective({ name, attributes, children }: DirectiveNode, line: number): Element {
  const read = Object.entries(attributes ?? {}).map(([key, value]) => ({ name: key, value: value ?? null, line }));
  return { name, attributes: read, line, empty: children.length === 0, inline: false };
}

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
  const lineAt = lineCounter(html, line);
  let element: Element = { name: null, attributes: [], line, empty: false, inline };
  let attribute: Attribute = { name: '', value: '', line };
  const open = (empty: boolean) => events.open(Object.assign(element, { empty }));
  const text = (start: number, end: number) => events.text(html.slice(start, end), lineAt(start));
  const tokenizer = new Tokenizer(
    { recognizeSelfClosing: true, decodeEntities: true },
    {
      onopentagname(start, end) {
        element = { name: tagName(html.slice(start, end)), attributes: [], line: lineAt(start), empty: false, inline };
      },
      onattribname(start, end) {
        attribute = { name: html.slice(start, end), value: '', line: lineAt(start) };
      },
      onattribdata(start, end) {
        attribute.value += html.slice(start, end);
      },
      onattribentity(code) {
        attribute.value += String.fromCodePoint(code);
      },
      onattribend(quote) {
        if (quote === QuoteType.NoValue) attribute.value = null;
        element.attributes.push(attribute);
      },
      onopentagend: () => open(VOID.has(element.name as string)),
      onselfclosingtag: () => open(true),
      onclosetag: (start, end) => events.close(tagName(html.slice(start, end)), lineAt(start)),
      ontext: text,
      ontextentity: (code, end) => events.text(String.fromCodePoint(code), lineAt(end - 1)),
      oncomment: (start, end, ending) => events.comment(html.slice(start, end - ending), lineAt(start)),
      oncdata: (start, end, ending) => text(start, end - ending),
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

/** `<DETAILS>` is old HTML, `<Details>` a component. */
function tagName(name: string): string {
  return /[a-z]/.test(name) ? name : name.toLowerCase();
}

/** The line of an offset; offsets only ever grow, so every line end is counted once. */
function lineCounter(html: string, first: number): (offset: number) => number {
  let line = first;
  let end = html.indexOf('\n');
  return (offset) => {
    for (; end >= 0 && end < offset; end = html.indexOf('\n', end + 1)) line++;
    return line;
  };
}
