import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Parser,
} from 'yaml';

/** A stretch of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** A YAML value and where it stands. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

interface YamlScalar extends Span {
  kind: 'scalar';
  value: string | number | boolean | null;
}

interface YamlList extends Span {
  kind: 'list';
  items: YamlNode[];
}

export interface YamlMap extends Span {
  kind: 'map';
  pairs: YamlPair[];
}

/** A key and its value; the span is the key's. */
export interface YamlPair extends Span {
  /** Null where the key is not text: `1: x`, `[a]: x`. */
  key: string | null;
  value: YamlNode;
}

/** The first pair of a map with that key. */
export function pairOf(map: YamlMap, key: string): YamlPair | undefined {
  return map.pairs.find((pair) => pair.key === key);
}

export interface YamlProblem extends Span {
  message: string;
  advice: string;
}

interface YamlTree {
  /** Null for an empty document. After a syntax error only what stands wholly before it. */
  root: YamlNode | null;
  problems: YamlProblem[];
  /** Whether the text is YAML at all. */
  readable: boolean;
}

/** A registry needs five levels. The library's composer is recursive, and without a limit it runs out of memory. */
const MAX_DEPTH = 50;

/** How many nodes aliases may stand for in one file, so that a few nested ones cannot grow without end. */
const MAX_ALIASED_NODES = 10_000;

/**
 * Reads one YAML 1.2 document (core schema, merge keys off) with positions. Never throws: what is wrong
 * becomes a problem. Aliases share their node; duplicate keys are kept for the caller to refuse, because
 * the library compares every key with every other.
 */
export function parseYaml(text: string): YamlTree {
  const tokens = [...new Parser().parse(text)];
  const tooDeep = offsetBelow(tokens, MAX_DEPTH);
  if (tooDeep !== null) {
    return { root: null, problems: [problemAt('TOO_DEEP', 'nested too deeply', tooDeep)], readable: false };
  }
  const composer = new Composer({ schema: 'core', merge: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  const problems = second ? [problemAt('MULTIPLE_DOCS', '', second.range[0])] : [];
  return treeOf(document!, problems);
}

/** The offset of a token that is nested deeper than `limit` collections; null where none is. */
function offsetBelow(tokens: CST.Token[], limit: number): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token.offset;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return null;
}

function treeOf(document: Document.Parsed, problems: YamlProblem[]): YamlTree {
  const reader = new NodeReader();
  const root = document.contents ? reader.read(document.contents) : null;
  // Other warnings are about style, such as where a closing bracket stands.
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const syntax = [...document.errors, ...unknownTags].map(({ code, message, pos: [start, end] }) =>
    UNCLOSED_QUOTE.test(message)
      ? problemAt(code, 'the quote that opens here is never closed', reader.lastScalar, end)
      : problemAt(code, message, start, end),
  );
  const all = [...problems, ...syntax, ...reader.problems];
  if (syntax.length === 0 || !root) return { root, problems: all, readable: all.length === 0 };
  const firstError = syntax.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  return { root: before(root, firstError), problems: [...problems, ...syntax], readable: false };
}

/** The library reports an open quote where the file ends, because it swallowed the rest. */
const UNCLOSED_QUOTE = /^Missing closing .quote/;

/** The part of a tree that ends before an offset: whole keys of the root, and whole items of the lists under them. */
function before(root: YamlNode, offset: number): YamlNode | null {
  if (root.kind !== 'map') return null;
  const pairs = root.pairs.flatMap((pair) => {
    if (pair.value.end < offset) return [pair];
    if (pair.value.kind !== 'list') return [];
    return [{ ...pair, value: { ...pair.value, items: pair.value.items.filter((item) => item.end < offset) } }];
  });
  return { ...root, pairs };
}

/** Brings the library's nodes to ours and follows aliases. */
class NodeReader {
  /** The aliases that cannot be followed. */
  readonly problems: YamlProblem[] = [];
  /** Where the last scalar that was read starts. */
  lastScalar = 0;
  private readonly anchors = new Map<string, { node: YamlNode; size: number }>();
  private nodes = 0;
  private aliased = 0;

  read(node: Node): YamlNode {
    if (isAlias(node)) return this.follow(node);
    const nodesBefore = this.nodes++;
    const read = this.readOwn(node);
    if (node.anchor) this.anchors.set(node.anchor, { node: read, size: this.nodes - nodesBefore });
    return read;
  }

  private readOwn(node: Exclude<Node, Alias>): YamlNode {
    const { start, end } = spanOf(node);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as Node));
      return { kind: 'list', items, start, end: node.flow ? end : (items.at(-1)?.end ?? end) };
    }
    if (isMap(node)) {
      const pairs = node.items.map((pair) => this.readPair(pair as Pair<Node, Node | null>));
      return { kind: 'map', pairs, start, end: node.flow ? end : (pairs.at(-1)?.value.end ?? end) };
    }
    this.lastScalar = start;
    return { kind: 'scalar', value: isScalar(node) ? (node.value as YamlScalar['value']) : null, start, end };
  }

  private readPair(pair: Pair<Node, Node | null>): YamlPair {
    const keyNode = this.read(pair.key);
    const key = keyNode.kind === 'scalar' && typeof keyNode.value === 'string' ? keyNode.value : null;
    const span = spanOf(pair.key);
    // In a flow map `{ a }` has a key and no value node at all; `a:` has one without extent.
    const value = pair.value ? this.read(pair.value) : null;
    const isWritten = value && value.end > value.start;
    return { key, ...span, value: isWritten ? value : { kind: 'scalar', value: null, ...span } };
  }

  private follow(alias: Alias): YamlNode {
    const target = this.anchors.get(alias.source);
    this.aliased += target?.size ?? 0;
    if (target && this.aliased <= MAX_ALIASED_NODES) {
      this.nodes += target.size;
      return target.node;
    }
    const why = target ? 'stands for too much text' : 'stands for nothing that was written before it';
    const { start, end } = spanOf(alias);
    this.problems.push(problemAt('ALIAS', `the alias *${alias.source} ${why}`, start, end));
    return { kind: 'scalar', value: null, start, end };
  }
}

function spanOf(node: Node): Span {
  const [start, end] = node.range!;
  return { start, end };
}

const ADVICE: Readonly<Record<string, string>> = {
  ALIAS: 'Write the values out.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A value that holds ": " must stand in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Check the indentation; a value that holds ": " must stand in quotes.',
  MULTIPLE_DOCS: 'Keep one document for each file and remove the line "---".',
  TAB_AS_INDENT: 'Indent with spaces.',
  TAG_RESOLVE_FAILED: 'Remove the tag.',
  TOO_DEEP: 'A registry needs five levels at most.',
};

function problemAt(code: string, message: string, start: number, end = start): YamlProblem {
  const said = code === 'MULTIPLE_DOCS' ? 'a second document starts here; a registry file holds one' : cut(message);
  const advice = ADVICE[code] ?? 'Check indentation, brackets and quotes at this line and the one above.';
  return { message: `not valid YAML: ${said}`, advice, start, end };
}

function cut(message: string): string {
  return message.length > 120 ? `${message.slice(0, 119)}…` : message;
}
