import type { YamlNode, YamlPair, YamlScalar } from './yaml-tree.ts';

/** Thrown where a text is not simple, to leave it to the library. */
export class OutsideSubset extends Error {}

/** What no plain scalar begins with, and what could be a number, a null or a Boolean of another spelling. */
const NOT_SIMPLY_PLAIN =
  /^(?:[-?:,[\]{}#&*!|>'"%@`~]|$|null$|true$|false$|[-+]?\.?\d[\d.]*(?:e[-+]?\d+)?$|0[xo]|[-+]?\.(?:inf|nan)$)/i;

/** The value of a plain scalar in the core schema. */
export function plainValue(source: string): string | number | boolean {
  if (source === 'true') return true;
  if (source === 'false') return false;
  if (/^\d{1,15}$/.test(source)) return Number(source);
  if (NOT_SIMPLY_PLAIN.test(source)) throw new OutsideSubset();
  return source;
}

/** The quoted scalar that starts here and ends before `limit`, on one line. */
export function quotedAt(text: string, start: number, limit: number): YamlScalar & { value: string } {
  const quote = text[start]!;
  let close = text.indexOf(quote, start + 1);
  if (quote === '"') while (close > 0 && isEscaped(text, close)) close = text.indexOf(quote, close + 1);
  else while (close > 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
  const end = close + 1;
  const inner = text.slice(start + 1, close);
  if (close < 0 || end > limit || inner.includes('\n')) throw new OutsideSubset();
  const value = quote === "'" ? inner.replaceAll("''", "'") : inner.includes('\\') ? unescaped(inner) : inner;
  return { kind: 'scalar', value, start, end };
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

/** JSON's escapes are YAML's too; YAML has more, which are left to the library. */
function unescaped(inner: string): string {
  try {
    return JSON.parse(`"${inner}"`);
  } catch {
    throw new OutsideSubset();
  }
}

/** To YAML no other white space is a space. */
export function withoutTrailingSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end--;
  return text.slice(0, end);
}

/** Up to a bracket, a comma, the end of the line, or a colon that ends a key. */
const PLAIN_IN_FLOW = /(?:[^,[\]{}\n:]|:(?![\s,[\]{}]|$))*/y;

/** Reads flow collections, which may go over several lines if these are indented further than their parent. */
export class FlowReader {
  private readonly text: string;
  private indent = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The flow collection or quoted scalar that starts here, in a block collection of that indent. */
  value(at: number, indent: number): YamlNode {
    this.indent = indent;
    this.depth = 0;
    return this.node(at);
  }

  private node(at: number): YamlNode {
    const first = this.text[at];
    if (first === '"' || first === "'") return quotedAt(this.text, at, this.text.length);
    if (first !== '[' && first !== '{') return this.plain(at);
    if (++this.depth > 10) throw new OutsideSubset();
    const node = first === '[' ? this.list(at) : this.map(at);
    this.depth--;
    return node;
  }

  private list(start: number): YamlNode {
    const items: YamlNode[] = [];
    let at = this.skip(start + 1);
    while (this.text[at] !== ']') {
      const item = this.node(at);
      items.push(item);
      at = this.afterEntry(item.end, ']');
    }
    return { kind: 'list', items, start, end: at + 1 };
  }

  private map(start: number): YamlNode {
    const pairs: YamlPair[] = [];
    let at = this.skip(start + 1);
    while (this.text[at] !== '}') {
      const key = this.node(at);
      if (key.kind !== 'scalar' || typeof key.value !== 'string' || key.end - key.start > 1000)
        throw new OutsideSubset();
      if (this.text[key.end] !== ':' || this.text[key.end + 1] !== ' ') throw new OutsideSubset();
      const value = this.node(this.skip(key.end + 1));
      pairs.push({ key: key.value, start: key.start, end: key.end, value });
      at = this.afterEntry(value.end, '}');
    }
    return { kind: 'map', pairs, start, end: at + 1 };
  }

  /** Where the next entry or the closing bracket stands. */
  private afterEntry(end: number, close: string): number {
    const at = this.skip(end);
    if (this.text[at] === close) return at;
    if (this.text[at] !== ',') throw new OutsideSubset();
    return this.skip(at + 1);
  }

  private plain(start: number): YamlNode {
    PLAIN_IN_FLOW.lastIndex = start;
    const source = withoutTrailingSpaces(PLAIN_IN_FLOW.exec(this.text)![0]);
    if (source.includes(' #')) throw new OutsideSubset();
    return { kind: 'scalar', value: plainValue(source), start, end: start + source.length };
  }

  private skip(from: number): number {
    let at = from;
    for (;;) {
      while (this.text[at] === ' ') at++;
      if (this.text[at] !== '\n') break;
      const line = at + 1;
      at = line;
      while (this.text[at] === ' ') at++;
      if (this.text[at] !== '\n' && !this.isIndented(at, at - line)) throw new OutsideSubset();
    }
    if (at >= this.text.length || this.text[at] === '#') throw new OutsideSubset();
    return at;
  }

  /** The last bracket may stand where the key of the collection does. */
  private isIndented(at: number, column: number): boolean {
    const isLastBracket = this.depth === 1 && /[\]}]/.test(this.text[at] ?? '');
    return column > this.indent || (column === this.indent && isLastBracket);
  }
}
