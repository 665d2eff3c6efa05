import type { Blockquote, Code, Heading, Nodes, Paragraph, PhrasingContent, TableRow } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { openComponent } from './component-elements.ts';
import { roleOfDirective } from './component-names.ts';
import { type DirectiveNode, fromDirective, fromJsx, type JsxNode, readHtml, stringLiteral } from './element.ts';
import { isMute, openBox, openCell, openHeading, openItem, openQuote, openRow, openTable } from './html-elements.ts';
import type { TreeReader } from './tree-reader.ts';

/** Reads one type of node; `line` and `endLine` are where it begins and ends. */
type ReadNode<Type extends Nodes['type']> = (
  tree: TreeReader,
  node: Extract<Nodes, { type: Type }>,
  line: number,
  endLine: number,
) => void;

type NodeReaders = { [Type in Nodes['type']]?: ReadNode<Type> };

/** Nodes that may stand in a line of text, and those that show nothing: none of them ends the block around it. */
const INLINE_NODES: NodeReaders = {
  text: ({ reader }, node, line) => reader.text(node.value, line),
  inlineCode: ({ reader }, node, line) => {
    reader.openLead('code');
    reader.text(node.value, line);
    reader.closeLead('code');
  },
  strong: (tree, node) => {
    tree.reader.openLead('strong');
    tree.children(node);
    tree.reader.closeLead('strong');
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

/** Nodes that begin and end a block. */
const BLOCK_NODES: NodeReaders = {
  paragraph: (tree, node) => {
    tree.inline(node.children);
    endMutedTags(tree);
  },
  mdxJsxFlowElement: readJsx,
  mdxFlowExpression: (tree, node, line) => readExpression(tree, node.value, line),
  heading: readHeading,
  list: (tree, node, _, endLine) => tree.framed(openBox(tree.frames, 'ul'), node, endLine),
  listItem: (tree, node, _, endLine) => tree.framed(openItem(tree.frames), node, endLine),
  blockquote: readQuote,
  code: (tree, node, line, endLine) => tree.reader.sample(node.value, line + fenceLines(node, line, endLine), endLine),
  table: (tree, node, _, endLine) => {
    const table = openTable(tree.frames);
    for (const [i, row] of node.children.entries()) readRow(tree, row, i === 0 ? 'th' : 'td');
    tree.frames.close(table, endLine);
  },
  containerDirective: readDirective,
  leafDirective: readDirective,
};

/** Blocks that no title and no sample written in HTML can hold. */
const ENDS_FORGOTTEN_TAGS: ReadonlySet<Nodes['type']> = new Set(['heading', 'list', 'blockquote', 'code', 'table']);

/** Hands one node of the tree, and all that it holds, to the page's reader. */
export function readNode(tree: TreeReader, node: Nodes): void {
  const line = node.position ? node.position.start.line : tree.reader.line;
  const endLine = node.position ? node.position.end.line : line;
  const inline = INLINE_NODES[node.type] as ReadNode<Nodes['type']> | undefined;
  if (inline) {
    inline(tree, node, line, endLine);
    return;
  }
  tree.reader.boundary(line);
  if (ENDS_FORGOTTEN_TAGS.has(node.type)) endForgottenTags(tree, line);
  const block = BLOCK_NODES[node.type] as ReadNode<Nodes['type']> | undefined;
  if (block) block(tree, node, line, endLine);
  else if ('children' in node) tree.children(node);
  tree.reader.boundary(endLine);
}

/** A title that was never closed ends where something begins that no title holds. */
function endForgottenTags({ frames, reader, context }: TreeReader, line: number): void {
  const forgotten = context.html && reader.filled && (reader.mode === 'label' || reader.mode === 'sample');
  if (forgotten) frames.closeUntil(() => reader.mode === 'flow', line);
}

/** Ends a `<style>` or `<svg>` that is still open, lest it hide the rest of the page. */
function endMutedTags({ frames, reader }: TreeReader): void {
  frames.closeUntil(() => reader.muted === 0, reader.line);
}

function readHtmlNode(tree: TreeReader, { value }: { value: string }, line: number, endLine: number): void {
  const { reader, inText } = tree;
  if (!inText) reader.boundary(line);
  readHtml(value, line, inText, tree);
  if (!inText) reader.boundary(endLine);
  if (!inText) endMutedTags(tree);
}

/** A string literal is text and a comment may be a claim; nothing else of an expression can be known. */
function readExpression(tree: TreeReader, expression: string, line: number): void {
  const literal = stringLiteral(expression);
  const code = expression.trim();
  if (literal !== null) tree.reader.text(literal, line);
  else if (code.startsWith('/*') && code.endsWith('*/')) tree.comment(code.slice(2, -2), line);
}

function readJsx(tree: TreeReader, node: JsxNode, line: number, endLine: number): void {
  const element = fromJsx(node, line);
  if (isMute(element.name)) tree.noteIds(element);
  else {
    const frame = tree.open(element);
    tree.children(node);
    tree.frames.close(frame, endLine);
  }
  tree.reader.builder.touch(endLine);
}

function readHeading(tree: TreeReader, node: Heading, line: number, endLine: number): void {
  const { headingIds } = tree.context;
  const id = headingIds.get(line) ?? headingIds.get(endLine - 1) ?? null;
  const slugText = plainText(node, { includeHtml: false });
  const frame = openHeading(tree.frames, { kind: 'heading', depth: node.depth, line, id, slugText });
  tree.inline(node.children);
  tree.frames.close(frame, endLine);
}

function readRow(tree: TreeReader, row: TableRow, name: 'th' | 'td'): void {
  const line = row.position ? row.position.start.line : tree.reader.line;
  const frame = openRow(tree.frames, { line });
  for (const cell of row.children) {
    tree.reader.boundary(line);
    if (frame) openCell(tree.frames, { name });
    tree.inline(cell.children);
  }
  tree.frames.close(frame, line);
}

function readQuote(tree: TreeReader, node: Blockquote, line: number, endLine: number): void {
  const { reader, frames } = tree;
  const alert = splitAlert(node);
  if (!alert) {
    tree.framed(openQuote(frames), node, endLine);
    return;
  }
  const titled = alert.title.some((part) => plainText(part).trim()) && reader.mode === 'flow';
  const { frame, scope } = frames.pushScope('blockquote', 'quote', titled ? { kind: 'callout', line } : undefined);
  if (titled) reader.begin('label', line);
  tree.inline(alert.title);
  if (titled) reader.endLabel(scope.section, line);
  tree.inline(alert.body);
  reader.boundary();
  tree.framed(frame, { children: node.children.slice(1) }, endLine);
}

const ALERT_MARK = /^\[!\w+\][-+]?[ \t]*/;

/** The first paragraph of a `> [!NOTE] Title` alert without its mark; null for any other quote. */
function splitAlert({ children: [first] }: Blockquote): { title: PhrasingContent[]; body: PhrasingContent[] } | null {
  const start = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (start?.type !== 'text' || !ALERT_MARK.test(start.value)) return null;
  const unmarked = { ...start, value: start.value.replace(ALERT_MARK, '') };
  const words = [unmarked, ...(first as Paragraph).children.slice(1)];
  const at = words.findIndex((node) => node.type === 'break' || (node.type === 'text' && node.value.includes('\n')));
  if (at < 0) return { title: words, body: [] };
  const title = words.slice(0, at);
  const body = words.slice(at);
  const [last] = body;
  if (last?.type === 'text') {
    const end = last.value.indexOf('\n');
    title.push({ ...last, value: last.value.slice(0, end) });
    body[0] = { ...last, value: last.value.slice(end) };
  }
  return { title, body };
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
