import type { Code, Heading, Nodes, Paragraph, PhrasingContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { splitAlert } from './alert.ts';
import { openComponent } from './component-elements.ts';
import { roleOfDirective } from './component-names.ts';
import { openCell, openHeading, openItem, openList, openQuote, openRow, openTable } from './html-elements.ts';
import { endMutedTags, readExpression, readJsx } from './inline-nodes.ts';
import { type DirectiveNode, fromDirective } from './jsx-element.ts';
import type { ReadNode, TreeReader } from './tree-reader.ts';

/** Nodes that begin and end a block. */
export const BLOCK_NODES: { [Type in Nodes['type']]?: ReadNode<Type> } = {
  paragraph: readParagraph,
  mdxJsxFlowElement: readJsx,
  mdxFlowExpression: (tree, node, line) => readExpression(tree, node.value, line),
  heading: readHeading,
  list: (tree, node, line, endLine) => {
    endForgottenTags(tree, line);
    tree.framed(openList(tree.frames, { name: 'ul' }), node, endLine);
  },
  listItem: (tree, node, _, endLine) => tree.framed(openItem(tree.frames), node, endLine),
  blockquote: (tree, node, line, endLine) => {
    endForgottenTags(tree, line);
    const alert = splitAlert(node);
    if (!alert) return tree.framed(openQuote(tree.frames), node, endLine);
    readAlert(tree, alert, node.children.slice(1), line, endLine);
  },
  code: (tree, node, line, endLine) => {
    endForgottenTags(tree, line);
    tree.reader.sample(node.value, line + fenceLines(node, line, endLine), endLine);
  },
  table: (tree, node, line, endLine) => {
    endForgottenTags(tree, line);
    const table = openTable(tree.frames);
    for (const [i, row] of node.children.entries()) readRow(tree, row, i === 0 ? 'th' : 'td');
    tree.frames.close(table, endLine);
  },
  containerDirective: readDirective,
  leafDirective: readDirective,
};

function readHeading(tree: TreeReader, node: Heading, line: number, endLine: number): void {
  endForgottenTags(tree, line);
  const { headingIds } = tree.context;
  const id = headingIds.get(line) ?? headingIds.get(endLine - 1) ?? null;
  const slugText = plainText(node, { includeHtml: false });
  const frame = openHeading(tree.frames, { kind: 'heading', depth: node.depth, line, id, slugText });
  tree.inline(node.children);
  tree.frames.close(frame, endLine);
}

function readParagraph(tree: TreeReader, node: Paragraph): void {
  tree.inline(node.children);
  endMutedTags(tree);
}

function readRow(tree: TreeReader, row: Extract<Nodes, { type: 'tableRow' }>, name: 'th' | 'td'): void {
  const line = tree.lineOf(row);
  const frame = openRow(tree.frames, { line });
  for (const cell of row.children) {
    tree.reader.boundary(line);
    if (frame) openCell(tree.frames, { name });
    tree.inline(cell.children);
  }
  tree.frames.close(frame, line);
}

function readAlert(
  tree: TreeReader,
  { title, body }: { title: PhrasingContent[]; body: PhrasingContent[] },
  rest: Nodes[],
  line: number,
  endLine: number,
): void {
  const { reader, frames } = tree;
  const titled = title.some((node) => plainText(node).trim()) && reader.mode === 'flow';
  const { frame, scope } = frames.pushScope('blockquote', 'quote', titled ? { kind: 'callout', line } : undefined);
  if (titled) reader.begin('label', line);
  tree.inline(title);
  if (titled) reader.endLabel(scope.section, line);
  tree.inline(body);
  reader.boundary();
  tree.framed(frame, { children: rest }, endLine);
}

function readDirective(tree: TreeReader, node: DirectiveNode, line: number, endLine: number): void {
  const { reader, frames } = tree;
  const element = fromDirective(node, line);
  tree.noteIds(element);
  const frame = openComponent(frames, element, node.name, roleOfDirective(node.name));
  const [first] = node.children;
  const isLabel =
    first?.type === 'paragraph' && (first.data as { directiveLabel?: boolean } | undefined)?.directiveLabel;
  const section = isLabel ? frame?.title?.begin?.(line) : undefined;
  if (section !== undefined) {
    reader.begin('label', line);
    tree.inline((first as Paragraph).children);
    reader.endLabel(section, line);
  }
  tree.framed(frame, { children: section === undefined ? node.children : node.children.slice(1) }, endLine);
}

/** How many lines stand above a sample's first: one fence, or none where it is only indented. */
function fenceLines(node: Code, line: number, endLine: number): number {
  const indented = node.value.split('\n').length > endLine - line;
  return indented ? 0 : 1;
}

/** A title that was never closed ends where something begins that no title holds. */
function endForgottenTags({ frames, reader, context }: TreeReader, line: number): void {
  const forgotten = context.html && reader.filled && (reader.mode === 'label' || reader.mode === 'sample');
  if (forgotten) frames.closeUntil(() => reader.mode === 'flow', line);
}
