import { blockScalar } from './simple-yaml-block.ts';
import { FlowReader, OutsideSubset, plainValue, quotedAt, withoutTrailingSpaces } from './simple-yaml-scalars.ts';
import type { YamlList, YamlMap, YamlNode, YamlPair } from './yaml-tree.ts';

/** What the library must see: tabs, CR, byte order marks, and lines that begin a document or directive. */
const NEVER_SIMPLE = /[\t\r\uFEFF]|^(?:---|\.\.\.|%)/m;

const DEEPEST = 20;

/**
 * Reads the YAML that registries are mostly written in: block maps and lists, flow collections, scalars on one
 * line, block scalars without blank lines. The tree is the one that the library gives, some thirty times
 * faster; undefined for any text that holds something else or a mistake, null for an empty document.
 */
export function readSimpleYaml(text: string): YamlNode | null | undefined {
  if (NEVER_SIMPLE.test(text)) return undefined;
  try {
    return new BlockReader(text).document();
  } catch {
    return undefined;
  }
}

class BlockReader {
  private readonly text: string;
  private readonly flow: FlowReader;
  /** The line that is read next: where its first visible character stands, its indent (-1 after the last), its end. */
  private at = 0;
  private indent = -1;
  private lineEnd = 0;

  constructor(text: string) {
    this.text = text;
    this.flow = new FlowReader(text);
  }

  document(): YamlNode | null {
    this.toLine(0);
    if (this.indent < 0) return null;
    const root = this.block(this.indent, 0);
    if (this.indent >= 0) throw new OutsideSubset();
    return root;
  }

  /** Goes to the first line from here that is neither blank nor a comment. */
  private toLine(from: number): void {
    const { text } = this;
    for (let start = from; start < text.length; ) {
      let at = start;
      while (text[at] === ' ') at++;
      const newline = text.indexOf('\n', at);
      const lineEnd = newline < 0 ? text.length : newline;
      if (at < lineEnd && text[at] !== '#') {
        this.at = at;
        this.indent = at - start;
        this.lineEnd = lineEnd;
        return;
      }
      start = lineEnd + 1;
    }
    this.indent = -1;
  }

  private block(indent: number, depth: number): YamlNode {
    if (depth > DEEPEST) throw new OutsideSubset();
    const node = this.isDash() ? this.list(indent, depth) : this.map(this.at, indent, depth);
    if (this.indent > indent) throw new OutsideSubset();
    return node;
  }

  private isDash(): boolean {
    return this.text[this.at] === '-' && this.at + 1 < this.lineEnd && this.text[this.at + 1] === ' ';
  }

  private list(indent: number, depth: number): YamlList {
    const start = this.at;
    const items: YamlNode[] = [];
    while (this.indent === indent && this.isDash()) items.push(this.item(indent, depth));
    return { kind: 'list', items, start, end: items.at(-1)!.end };
  }

  private item(indent: number, depth: number): YamlNode {
    const at = this.skipSpaces(this.at + 1);
    const column = indent + at - this.at;
    if (this.keyEnd(at) < 0) return this.inline(at, indent);
    const node = this.map(at, column, depth + 1);
    if (this.indent > indent) throw new OutsideSubset();
    return node;
  }

  private map(first: number, indent: number, depth: number): YamlMap {
    const pairs = [this.pair(first, indent, depth)];
    while (this.indent === indent) pairs.push(this.pair(this.at, indent, depth));
    return { kind: 'map', pairs, start: first, end: pairs.at(-1)!.value.end };
  }

  private pair(at: number, indent: number, depth: number): YamlPair {
    const end = this.keyEnd(at);
    if (end < 0) throw new OutsideSubset();
    const key = this.key(at, end);
    const colon = this.text.indexOf(':', end);
    const after = this.skipSpaces(colon + 1);
    const isNested = after === this.lineEnd || this.text[after] === '#';
    const value = isNested ? this.nested(at, end, indent, depth) : this.inline(after, indent);
    return { key, start: at, end, value };
  }

  /** What stands below a key; nothing counts as standing where the key does. */
  private nested(keyStart: number, keyEnd: number, indent: number, depth: number): YamlNode {
    this.toLine(this.lineEnd + 1);
    if (this.indent > indent || (this.indent === indent && this.isDash())) return this.block(this.indent, depth + 1);
    return { kind: 'scalar', value: null, start: keyStart, end: keyEnd };
  }

  /** A scalar or flow collection with nothing but a comment behind it. */
  private inline(at: number, indent: number): YamlNode {
    const { text } = this;
    if (text[at] === '|' || text[at] === '>') {
      const { node, next } = blockScalar(text, at, this.lineEnd, indent);
      this.toLine(next);
      return node;
    }
    const node = /["'[{]/.test(text[at]!) ? this.flow.value(at, indent) : this.plain(at);
    if (node.kind !== 'scalar') this.lineEnd = this.endOfLine(node.end);
    const rest = this.skipSpaces(node.end);
    if (rest < this.lineEnd && (text[rest] !== '#' || rest === node.end)) throw new OutsideSubset();
    this.toLine(this.lineEnd + 1);
    if (this.indent > indent) throw new OutsideSubset();
    return node;
  }

  private plain(start: number): YamlNode {
    const line = this.text.slice(start, this.lineEnd);
    const comment = line.indexOf(' #');
    const source = withoutTrailingSpaces(comment < 0 ? line : line.slice(0, comment));
    if (source.endsWith(':') || source.includes(': ')) throw new OutsideSubset();
    return { kind: 'scalar', value: plainValue(source), start, end: start + source.length };
  }

  /** Where the key that starts here ends, before its colon; -1 where there is none. */
  private keyEnd(at: number): number {
    const quote = this.text[at];
    if (quote === '[' || quote === '{') return -1;
    const from = quote === '"' || quote === "'" ? quotedAt(this.text, at, this.lineEnd).end : at;
    // In the line alone: a search through the whole text for each line would take quadratic time.
    const line = this.text.slice(at, this.lineEnd);
    for (let colon = line.indexOf(':', from - at); colon >= 0; colon = line.indexOf(':', colon + 1)) {
      if (colon + 1 !== line.length && line[colon + 1] !== ' ') continue;
      if (from > at) return at + colon === from ? from : -1;
      return line.lastIndexOf(' #', colon) < 0 ? at + withoutTrailingSpaces(line.slice(0, colon)).length : -1;
    }
    return -1;
  }

  private key(start: number, end: number): string {
    const source = this.text.slice(start, end);
    // An implicit key ends within 1024 characters (YAML 1.2.2, section 7.4).
    if (source.length === 0 || source.length > 1000) throw new OutsideSubset();
    const value = /^["']/.test(source) ? quotedAt(this.text, start, end).value : plainValue(source);
    if (typeof value !== 'string') throw new OutsideSubset();
    return value;
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.text[at] === ' ') at++;
    return at;
  }

  private endOfLine(from: number): number {
    const newline = this.text.indexOf('\n', from);
    return newline < 0 ? this.text.length : newline;
  }
}
