import type { Nodes, Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { Grammar } from '../../../src/docs/markdown/markdown-tree.ts';

interface MicromarkData {
  fromMarkdownExtensions?: ({ transforms?: unknown } | { transforms?: unknown }[])[];
  micromarkExtensions?: { text?: unknown; disable?: { null: string[] } }[];
}

/** GFM without its second look for bare addresses, which finds some where GitHub sees none. */
function gfm(this: Processor): void {
  remarkGfm.call(this as never);
  for (const extension of (this.data() as MicromarkData).fromMarkdownExtensions?.flat() ?? []) {
    delete extension.transforms;
  }
}

function blockDirectives(this: Processor): void {
  remarkDirective.call(this as never);
  delete (this.data() as MicromarkData).micromarkExtensions?.at(-1)?.text;
}

function tagsOnly(this: Processor): void {
  (this.data() as MicromarkData).micromarkExtensions?.push({ disable: { null: ['codeIndented', 'htmlFlow'] } });
}

const markdown = unified().use(remarkParse).use(gfm).use(blockDirectives).freeze();
const parsers: Record<Grammar, Processor<Root>> = {
  md: markdown,
  mdx: markdown().use(remarkMdx).freeze(),
  tags: markdown().use(tagsOnly).freeze(),
};

/** The tree that remark itself builds: slow, and the measure of what the product builds from the same parser. */
export function remarkTree(text: string, grammar: Grammar): { tree: Root } | { error: Error } {
  try {
    return { tree: parsers[grammar].parse(text) };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Nodes of which nobody asks where they end. */
const POINTS = new Set(['text', 'break']);

/** What readers of a tree look at, one line for each node. */
export function outlineOf(node: Nodes, indent = ''): string[] {
  const { type, position } = node;
  const { value, url, alt, depth, name } = node as unknown as Record<string, unknown>;
  const identifier = type === 'linkReference' || type === 'definition' ? node.identifier : undefined;
  const place = type === 'root' ? '' : `${position?.start.line}-${POINTS.has(type) ? '' : position?.end.line}`;
  const isLabel = (node.data as { directiveLabel?: boolean } | undefined)?.directiveLabel;
  const words = { value, url: url || undefined, alt: alt || undefined };
  const facts = { ...words, depth, name, identifier, isLabel, attributes: attributesOf(node) };
  const children = 'children' in node ? node.children : [];
  return [
    `${indent}${type} ${place} ${JSON.stringify(facts)}`,
    ...children.flatMap((child) => outlineOf(child, `${indent}  `)),
  ];
}

function attributesOf(node: Nodes): unknown {
  if (!('attributes' in node)) return undefined;
  if (!Array.isArray(node.attributes)) return node.attributes;
  return node.attributes.map((attribute) => ({
    ...attribute,
    position: attribute.position?.start.line,
    data: undefined,
    value: typeof attribute.value === 'object' ? attribute.value?.value : attribute.value,
  }));
}
