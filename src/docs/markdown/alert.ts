import type { Blockquote, Paragraph, PhrasingContent } from 'mdast';

/** The parts of a `> [!NOTE]` alert's first paragraph. */
export interface Alert {
  /** What stands behind the mark on its line: a title in Obsidian and VitePress. */
  title: PhrasingContent[];
  body: PhrasingContent[];
}

const MARK = /^\[!\w+\][-+]?[ \t]*/;

/** Takes the mark off a GitHub alert; null for any other quote. */
export function splitAlert(node: Blockquote): Alert | null {
  const first = node.children[0];
  const start = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (start?.type !== 'text' || !MARK.test(start.value)) return null;
  const { children } = first as Paragraph;
  const unmarked = { ...start, value: start.value.replace(MARK, '') };
  return splitFirstLine([unmarked, ...children.slice(1)]);
}

function splitFirstLine(nodes: PhrasingContent[]): Alert {
  const at = nodes.findIndex((node) => node.type === 'break' || (node.type === 'text' && node.value.includes('\n')));
  const last = nodes[at];
  if (last?.type !== 'text') return at < 0 ? { title: nodes, body: [] } : split(nodes, at);
  const end = last.value.indexOf('\n');
  const before = { ...last, value: last.value.slice(0, end) };
  const after = { ...last, value: last.value.slice(end) };
  return { title: [...nodes.slice(0, at), before], body: [after, ...nodes.slice(at + 1)] };
}

function split(nodes: PhrasingContent[], at: number): Alert {
  return { title: nodes.slice(0, at), body: nodes.slice(at) };
}
