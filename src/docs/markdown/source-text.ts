import { findFrontmatter } from './frontmatter.ts';

/** A page's text made ready for the parser: every line at its old number. */
export interface SourceText {
  text: string;
  /** Source line of a heading → the fragment written behind it. */
  headingIds: Map<number, string>;
}

const CONTAINERS = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
const HEADING = /^#{1,6}[ \t]/;
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/;
/** `{#id}` (Docusaurus, VitePress, kramdown's `{: #id}`), also with escapes, and Docusaurus's `{/* #id *\/}`. */
const BRACED_ID =
  /\\?\{:?(?:[ \t]*#([^\s{}\\]+)(?![^\s{}\\])[^{}]*|\/\*[ \t]*#([^\s*]+)[ \t]*\*\/)\\?\}(?=[ \t]*(?:#+[ \t]*)?$)/;
/** Fumadocs' `[#id]`; `[#12]` is the number of an issue. */
const BRACKETED_ID = /\[#(\p{L}[^\s[\]]*)\](?=[ \t]*$)/u;
/** `::: warning Title` (VitePress) and `:::note Title` (Docusaurus), which generic directives do not know. */
const CONTAINER_WITH_TITLE = /^(:{3,})[ \t]*([A-Za-z][\w-]*)(?:[ \t]+(\S.*))?$/;
const HAS_SPECIALS = /[{[][^\S\n]*(?::[^\S\n]*)?(?:\/\*[^\S\n]*)?#|:::/;

/**
 * Takes away what Markdown parsers of the frameworks read and remark does not: a byte order mark, frontmatter,
 * fragments behind headings (a syntax error in MDX), titles behind `:::`.
 */
export function prepareSource(source: string): SourceText {
  const text = blankFrontmatter(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const headingIds = new Map<number, string>();
  if (!HAS_SPECIALS.test(text)) return { text, headingIds };
  const lines = text.split('\n');
  for (const i of linesOutsideSamples(lines)) {
    const line = lines[i] as string;
    const content = line.replace(CONTAINERS, '');
    if (HEADING.test(content) || (/[\]}][ \t]*$/.test(line) && UNDERLINE.test(lines[i + 1] ?? ''))) {
      lines[i] = takeId(line, i + 1, headingIds);
    } else if (content.startsWith(':::')) {
      lines[i] = line.slice(0, line.length - content.length) + genericDirective(content);
    }
  }
  return { text: lines.join('\n'), headingIds };
}

/** Indexes of the lines that stand in no fenced code block (CommonMark section 4.5), fences left out. */
export function* linesOutsideSamples(lines: readonly string[]): Generator<number> {
  let fence = '';
  for (const [i, line] of lines.entries()) {
    const match = FENCE.exec(line.replace(CONTAINERS, ''));
    const [, marks = '', rest = ''] = match ?? [];
    if (fence) {
      if (marks.startsWith(fence) && !rest.trim()) fence = '';
    } else if (marks && !(marks.startsWith('`') && rest.includes('`'))) fence = marks;
    else yield i;
  }
}

/** A run of lines that stand in code samples, fences included, or outside them; `to` is exclusive. */
export interface Stretch {
  sample: boolean;
  from: number;
  to: number;
}

/** All lines, in order, as samples and what is between them. */
export function splitSamples(lines: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const i of linesOutsideSamples(lines)) {
    const last = stretches.at(-1);
    if (i > end) stretches.push({ sample: true, from: end, to: i });
    if (i > end || !last) stretches.push({ sample: false, from: i, to: i + 1 });
    else last.to = i + 1;
    end = i + 1;
  }
  if (end < lines.length) stretches.push({ sample: true, from: end, to: lines.length });
  return stretches;
}

function blankFrontmatter(text: string): string {
  const block = findFrontmatter(text);
  return block ? text.slice(0, block.end).replace(/[^\n]+/g, '') + text.slice(block.end) : text;
}

function takeId(line: string, number: number, ids: Map<number, string>): string {
  const match = BRACED_ID.exec(line) ?? BRACKETED_ID.exec(line);
  if (!match) return line;
  ids.set(number, (match[1] ?? match[2]) as string);
  return line.slice(0, match.index) + ' '.repeat(match[0].length) + line.slice(match.index + match[0].length);
}

function genericDirective(line: string): string {
  const match = CONTAINER_WITH_TITLE.exec(line);
  if (!match) return line;
  const [, colons, name, rest = ''] = match;
  const title = rest
    .replace(/\{[^{}]*\}\s*$/, '')
    .trimEnd()
    .replace(/[[\]]/g, '\\$&');
  return `${colons}${name}${title ? `[${title}]` : ''}`;
}
