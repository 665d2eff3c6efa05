import type { Nodes } from 'mdast';
import { stringLiteral } from './element.ts';
import { isMute } from './html-elements.ts';
import { readHtml } from './html-tags.ts';
import { fromJsx, type JsxNode } from './jsx-element.ts';
import type { ReadNode, TreeReader } from './tree-reader.ts';

/** Nodes that may stand in a line of text, and those that show nothing: none of them ends the block around it. */
export const INLINE_NODES: { [Type in Nodes['type']]?: ReadNode<Type> } = {
  text: ({ reader }, node, line) => reader.text(node.value, line),
  inlineCode: ({ reader }, node, line) => {
    reader.openCode();
    reader.text(node.value, line);
    reader.closeCode();
  },
  strong: (tree, node) => {
    tree.reader.openStrong();
    tree.children(node);
    tree.reader.closeStrong();
  },
  emphasis: (tree, node) => tree.children(node),
  delete: (tree, node) => tree.children(node),
  link: (tree, node, line) => {
    tree.reader.link(node.url, line);
    tree.children(node);
  },
  linkReference: (tree, node, line) => {
    tree.refer(node.identifier, line);
    tree.children(node);
  },
  image: ({ reader }, node, line) => reader.text(node.alt ?? '', line),
  imageReference: ({ reader }, node, line) => reader.text(node.alt ?? '', line),
  break: ({ reader }, _, line) => reader.lineBreak(line),
  definition: (tree, node) => tree.define(node.identifier, node.url),
  footnoteReference: () => {},
  mdxjsEsm: () => {},
  mdxTextExpression: (tree, node, line) => readExpression(tree, node.value, line),
  mdxJsxTextElement: readJsx,
  html: readHtmlNode,
};

function readHtmlNode(tree: TreeReader, { value }: { value: string }, line: number, endLine: number): void {
  const { reader, inText } = tree;
  if (!inText) reader.boundary(line);
  readHtml(value, line, inText, tree);
  if (!inText) reader.boundary(endLine);
  if (!inText) endMutedTags(tree);
}

/** Ends a `<style>` or `<svg>` that is still open, lest it hide the rest of the page. */
export function endMutedTags({ frames, reader }: TreeReader): void {
  frames.closeUntil(() => reader.muted === 0, reader.line);
}

/** A string literal is text and a comment may be a claim; nothing else of an expression can be known. */
export function readExpression(tree: TreeReader, expression: string, line: number): void {
  const literal = stringLiteral(expression);
  const code = expression.trim();
  if (literal !== null) tree.reader.text(literal, line);
  else if (code.startsWith('/*') && code.endsWith('*/')) tree.comment(code.slice(2, -2), line);
}

export function readJsx(tree: TreeReader, node: JsxNode, line: number, endLine: number): void {
  const element = fromJsx(node, line);
  if (isMute(element.name)) tree.noteIds(element);
  else {
    const frame = tree.open(element);
    tree.children(node);
    tree.frames.close(frame, endLine);
  }
  tree.reader.builder.touch(endLine);
}
