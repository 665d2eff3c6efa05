import { stringLiteral } from './element.ts';
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

/** A run of lines that stand in code samples, fences included, or outside them; `to` is exclusive. */
interface Stretch {
  sample: boolean;
  from: number;
  to: number;
}

/** All lines, in order, as fenced samples (CommonMark section 4.5) and what is between them. */
export function splitSamples(lines: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let fence = '';
  for (const [i, line] of lines.entries()) {
    const [, marks = '', rest = ''] = FENCE.exec(line.replace(CONTAINERS, '')) ?? [];
    const opens = fence === '' && marks !== '' && !(marks.startsWith('`') && rest.includes('`'));
    const sample = opens || fence !== '';
    if (opens) fence = marks;
    else if (sample && marks.startsWith(fence) && !rest.trim()) fence = '';
    const last = stretches.at(-1);
    if (last?.sample === sample) last.to = i + 1;
    else stretches.push({ sample, from: i, to: i + 1 });
  }
  return stretches;
}

/** Indexes of the lines that stand in no fenced sample. */
export function* linesOutsideSamples(lines: readonly string[]): Generator<number> {
  for (const { sample, from, to } of splitSamples(lines)) {
    for (let i = from; i < to && !sample; i++) yield i;
  }
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

/** Longer than any statement on a page; a bound, for each is searched to its end. */
const MOST_ESM_LINES = 500;
/** The end of a line, or the start of the next, that leaves a statement unfinished. */
const GOES_ON = /[=,+?:&|.]\s*$/;
const CONTINUES = /^(?:\s+\S|[.?:&|+)}\]]|from\b)/;
const ESM = /^(?:import|export)(?=[\s{*"'])/;

/**
 * MDX that does not parse, made readable as Markdown with tags: what readers never see is blanked, and every line keeps
 * its number. `esm` is what was taken out.
 */
export function mdxAsTags(source: string): { text: string; esm: string } {
  const esm: string[] = [];
  const text = changeOutsideSamples(source, (part) => plainAttributes(plainComments(takeEsm(part, esm))));
  return { text, esm: esm.join('\n') };
}

function changeOutsideSamples(source: string, change: (text: string) => string): string {
  const lines = source.split('\n');
  const texts = splitSamples(lines).map(({ sample, from, to }) => {
    const text = lines.slice(from, to).join('\n');
    return sample ? text : change(text);
  });
  return texts.join('\n');
}

/** Statements stand at the start of a block, one after another. */
function takeEsm(text: string, esm: string[]): string {
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (!ESM.test(lines[i] as string) || (i > 0 && lines[i - 1]?.trim())) continue;
    const end = endOfEsm(lines, i);
    esm.push(...lines.slice(i, end));
    lines.fill('', i, end);
    i = end - 1;
  }
  return lines.join('\n');
}

/** The line after a statement, whose braces are then closed; where they never are, only its first line is hidden. */
function endOfEsm(lines: string[], from: number): number {
  let open = 0;
  for (let i = from; i < lines.length && i < from + MOST_ESM_LINES; i++) {
    const line = lines[i] as string;
    open += count(line, /[{([]/g) - count(line, /[})\]]/g);
    if (open <= 0 && !GOES_ON.test(line) && !CONTINUES.test(lines[i + 1] ?? '')) return i + 1;
  }
  return from + 1;
}

function count(line: string, marks: RegExp): number {
  return line.match(marks)?.length ?? 0;
}

/** HTML comments as MDX ones, as Docusaurus turns them before it parses; those in samples stay. */
export function htmlCommentsAsMdx(source: string): string {
  return changeOutsideSamples(source, (text) => replaceComments(text, HTML_COMMENT, '-->', mdxComment));
}

function plainComments(text: string): string {
  const plain = replaceComments(text, HTML_COMMENT, '-->', plainComment);
  return replaceComments(plain, MDX_COMMENT, '*/}', plainComment);
}

const HTML_COMMENT = /<!--(.*?)-->/gs;
const MDX_COMMENT = /\{\/\*(.*?)\*\/\}/gs;

function replaceComments(text: string, comments: RegExp, close: string, as: (comment: string) => string): string {
  // Behind the last mark that closes one, each search would go to the end of the text in vain.
  const end = text.lastIndexOf(close) + close.length;
  return text.slice(0, end).replace(comments, (_, comment) => as(comment)) + text.slice(end);
}

function mdxComment(comment: string): string {
  return `{/*${comment.replaceAll('*/', '* /')}*/}`;
}

/** Comments leave their line ends; one that says something to us becomes an HTML comment on one line. */
function plainComment(comment: string): string {
  const words = comment.replace(/\s+/g, ' ').trim();
  const speaks = claimedIds(words).length > 0 || includedPath(words) !== null;
  return (speaks ? `<!-- ${words} -->` : '') + comment.replace(/[^\n]+/g, '');
}

const TAG_START = /<[A-Za-z][\w.-]*(?=\s)/g;
/** Longer than any tag that people write. */
const MOST_TAG_CHARACTERS = 2000;

/** `title={'x'}` as `title="x"`, other expressions in tags as nothing: HTML knows no braces. */
function plainAttributes(text: string): string {
  const out: string[] = [];
  let done = 0;
  for (const match of text.matchAll(TAG_START)) {
    if (match.index < done) continue;
    const from = match.index + match[0].length;
    const attributes = readAttributes(text, from);
    if (!attributes) continue;
    out.push(text.slice(done, from), attributes.text);
    done = attributes.end;
  }
  out.push(text.slice(done));
  return out.join('');
}

/** A piece of a tag that holds no expression. */
const PLAIN_PART = /[^"'{>]+|"[^"]*"|'[^']*'/y;

function readAttributes(text: string, from: number): { text: string; end: number } | null {
  const tag = text.slice(from, from + MOST_TAG_CHARACTERS);
  let plain = '';
  for (let at = 0; at < tag.length; ) {
    if (tag[at] === '>') return { text: endOfTag(plain), end: from + at + 1 };
    const isExpression = tag[at] === '{';
    PLAIN_PART.lastIndex = at;
    const part = isExpression ? bracesAt(tag, at) : PLAIN_PART.exec(tag)?.[0];
    if (!part) return null;
    plain += isExpression ? plainValue(part) : part;
    at += part.length;
  }
  return null;
}

/** A `>` that begins a line would begin a quote. */
function endOfTag(attributes: string): string {
  const words = attributes.trimEnd();
  return `${words}>${attributes.slice(words.length)}`;
}

/** A string in quotes; `_` stands on each further line, for a blank one would end the tag. */
function plainValue(braced: string): string {
  const literal = stringLiteral(braced.slice(1, -1)) ?? '';
  const lines = braced.split('\n').map(() => '_');
  return [`"${literal.replace(/"/g, '&quot;').replace(/\s+/g, ' ')}"`, ...lines.slice(1)].join('\n');
}

const SCRIPT_PART = /(["'`])(?:\\.|(?!\1)[^\\])*\1|[{}"'`]/gs;

/** An expression with its braces; null where these, or a string inside, are never closed. */
function bracesAt(text: string, from: number): string | null {
  let depth = 0;
  for (const { 0: part, index } of text.slice(from).matchAll(SCRIPT_PART)) {
    if (part === '{') depth++;
    else if (part === '}') depth--;
    else if (part.length === 1) return null;
    if (depth === 0) return text.slice(from, from + index + 1);
  }
  return null;
}

const CLAIM = /^\s*signpost:\s*documents\s+(.+)$/is;
/** VitePress: `<!--@include: ./part.md{3,5}-->`. */
const INCLUDE = /^\s*@include:\s*([^\s{]+)/;

/** The scenario ids that a comment claims for the section it stands in; none for any other comment. */
export function claimedIds(comment: string): string[] {
  const list = CLAIM.exec(comment)?.[1] ?? '';
  return list.split(/[\s,]+/).filter(Boolean);
}

/** The path of the file that a comment asks VitePress to show; null for any other comment. */
export function includedPath(comment: string): string | null {
  return INCLUDE.exec(comment)?.[1] ?? null;
}
