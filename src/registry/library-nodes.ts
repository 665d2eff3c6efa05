import { type Alias, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { YamlNode, YamlPair, YamlScalar } from './yaml-tree.ts';

/** How many nodes aliases may stand for in one file, so that a few nested ones cannot grow without end. */
const MAX_ALIASED_NODES = 10_000;

/** Brings the library's nodes to ours and follows aliases. */
export class LibraryNodes {
  /** Aliases that cannot be followed. */
  readonly problems: { message: string; start: number; end: number }[] = [];
  /** Where the last scalar so far starts. */
  lastScalar = 0;
  private readonly anchors = new Map<string, { node: YamlNode; size: number }>();
  private nodes = 0;
  private aliased = 0;

  read(node: Node): YamlNode {
    if (isAlias(node)) return this.follow(node);
    const nodesBefore = this.nodes++;
    const [start, end] = rangeOf(node);
    const read = this.readOwn(node, start, end);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor) this.anchors.set(anchor, { node: read, size: this.nodes - nodesBefore });
    return read;
  }

  private readOwn(node: Node, start: number, end: number): YamlNode {
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as Node));
      return { kind: 'list', items, start, end: node.flow ? end : (items.at(-1)?.end ?? end) };
    }
    if (isMap(node)) {
      const pairs = node.items.map((pair) => this.readPair(pair, start));
      return { kind: 'map', pairs, start, end: node.flow ? end : (pairs.at(-1)?.value.end ?? end) };
    }
    this.lastScalar = start;
    const value = isScalar(node) ? (node.value as YamlScalar['value']) : null;
    return { kind: 'scalar', value, start, end };
  }

  private readPair(pair: { key: unknown; value: unknown }, mapStart: number): YamlPair {
    const key = this.read(pair.key as Node);
    const text = key.kind === 'scalar' && typeof key.value === 'string' ? key.value : null;
    const { start, end } = pair.key ? spanOf(pair.key as Node) : { start: mapStart, end: mapStart };
    // In a flow map `{ a }` has a key and no value node at all; `a:` has one without extent.
    const value = pair.value ? this.read(pair.value as Node) : null;
    if (value && value.end > value.start) return { key: text, start, end, value };
    return { key: text, start, end, value: { kind: 'scalar', value: null, start, end } };
  }

  private follow(alias: Alias): YamlNode {
    const [start, end] = rangeOf(alias);
    const target = this.anchors.get(alias.source);
    this.aliased += target?.size ?? 0;
    if (target && this.aliased <= MAX_ALIASED_NODES) {
      this.nodes += target.size;
      return target.node;
    }
    const why = target ? 'stands for too much text' : 'stands for nothing that was written before it';
    this.problems.push({ message: `the alias *${alias.source} ${why}`, start, end });
    return { kind: 'scalar', value: null, start, end };
  }
}

function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range!;
  return [start, end];
}

function spanOf(node: Node): { start: number; end: number } {
  const [start, end] = rangeOf(node);
  return { start, end };
}
