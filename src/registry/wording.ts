import { scrub } from './scrub.ts';
import type { YamlNode } from './yaml-tree.ts';

/** Longer text of a registry is not repeated in a message. */
export const LONGEST_QUOTE = 60;

/** How a message names a field by its path: `"until"`, `item 2 of "codes"`. */
export function labelOf(path: string): string {
  const names = path.split('.');
  const last = names.at(-1)!;
  if (last === '*') return `a value of "${names.at(-2)}"`;
  if (/^\d+$/.test(last)) return `item ${Number(last) + 1} of "${names.at(-2)}"`;
  return `"${last}"`;
}

/** What stands there, to complete "found …". */
export function described(node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map of keys and values';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text ${quoted(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.value}` : String(node.value);
}

/** Text of a registry for a message: bounded, on one line, without secrets. */
export function quoted(text: string): string {
  const bounded = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return JSON.stringify(scrub(bounded, []));
}
