import type { Nodes } from 'mdast';
import { type Attribute, type Element, stringLiteral } from './element.ts';

export type JsxNode = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
export type DirectiveNode = Extract<Nodes, { type: 'containerDirective' | 'leafDirective' }>;

/** A JSX element of the syntax tree as the reader takes it. */
export function fromJsx(node: JsxNode, line: number): Element {
  const attributes: Attribute[] = [];
  for (const attribute of node.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') continue;
    const { name, value } = attribute;
    const at = attribute.position?.start.line ?? line;
    if (typeof value === 'object' && value !== null) {
      attributes.push({ name, value: stringLiteral(value.value), line: at, expression: value.value });
    } else {
      attributes.push({ name, value: value ?? null, line: at });
    }
  }
  const { name, children } = node;
  return { name, attributes, line, empty: children.length === 0, inline: node.type === 'mdxJsxTextElement' };
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
