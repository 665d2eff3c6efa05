import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { type Attribute, type Element, stringLiteral } from './element.ts';
import { parseTree } from './markdown-tree.ts';

/** Characters of an attribute that may be its element's title. */
const MOST_TITLE = 500;

export type JsxNode = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
export type DirectiveNode = Extract<Nodes, { type: 'containerDirective' | 'leafDirective' }>;

/**
 * A JSX element of the syntax tree as the reader takes it.
 * @param line on which it begins
 */
export function fromJsx(node: JsxNode, line: number): Element {
  const attributes: Attribute[] = [];
  for (const attribute of node.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') continue;
    const { name, value } = attribute;
    const at = attribute.position ? attribute.position.start.line : line;
    if (typeof value === 'object' && value !== null) {
      attributes.push({ name, value: textOf(value.value), line: at, expression: value.value });
    } else {
      attributes.push({ name, value: value ?? null, line: at });
    }
  }
  const { name, children } = node;
  return { name, attributes, line, empty: children.length === 0, inline: node.type === 'mdxJsxTextElement' };
}

/** `title={'text'}`, or the words of `title={<>Text with <code>code</code></>}`; null for what must be run to be known. */
function textOf(expression: string): string | null {
  const literal = stringLiteral(expression);
  if (literal !== null || !expression.trimStart().startsWith('<') || expression.length > MOST_TITLE) return literal;
  const parsed = parseTree(expression, 'mdx');
  return 'tree' in parsed ? plainText(parsed.tree) : null;
}

/** A `:::name` container or `::name` leaf. */
export function fromDirective(node: DirectiveNode, line: number): Element {
  const attributes = Object.entries(node.attributes ?? {}).map(([name, value]) => ({
    name,
    value: value ?? null,
    line,
  }));
  return { name: node.name, attributes, line, empty: node.children.length === 0, inline: false };
}
