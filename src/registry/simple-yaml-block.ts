import { OutsideSubset } from './simple-yaml-scalars.ts';
import type { YamlScalar } from './yaml-tree.ts';

/**
 * A literal or folded scalar whose lines are neither blank nor, if folded, indented further than the first
 * (YAML 1.2.2, section 8.1). `next` is where the line behind it starts.
 */
export function blockScalar(
  text: string,
  start: number,
  lineEnd: number,
  indent: number,
): { node: YamlScalar; next: number } {
  const header = /^([|>])(-?)$/.exec(text.slice(start, lineEnd));
  if (!header) throw new OutsideSubset();
  const isFolded = header[1] === '>';
  const lines: string[] = [];
  let inner = -1;
  let at = lineEnd + 1;
  for (;;) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    const lead = line.search(/[^ ]/);
    if (inner < 0) inner = lead;
    if (lead < inner || inner <= indent) break;
    if (newline < 0 || (isFolded && (lead > inner || line.endsWith(' ')))) throw new OutsideSubset();
    lines.push(line.slice(inner));
    at = newline + 1;
  }
  const isBlankNext = text[at] === '\n' || text[at] === ' ';
  if (lines.length === 0 || (isBlankNext && /^ *(?:\n|$)/.test(text.slice(at, at + 200)))) throw new OutsideSubset();
  const value = lines.join(isFolded ? ' ' : '\n') + (header[2] ? '' : '\n');
  return { node: { kind: 'scalar', value, start, end: at }, next: at };
}
