import { claimedIds, includedPath } from './comments.ts';
import { stringLiteral } from './element.ts';
import { splitSamples } from './source-text.ts';

/** MDX that does not parse, made readable as Markdown with tags: what readers never see is blanked. */
export interface TaggedText {
  text: string;
  /** The ESM that was taken out. */
  esm: string;
}

/** Longer than any statement on a page; a bound, for each is searched to its end. */
const MOST_ESM_LINES = 500;
/** The end of a line, or the start of the next, that leaves a statement unfinished. */
const GOES_ON = /[=,+?:&|.]\s*$/;
const CONTINUES = /^(?:\s+\S|[.?:&|+)}\]]|from\b)/;
const ESM = /^(?:import|export)(?=[\s{*"'])/;

/** Keeps every line at its number, for findings point at lines. */
export function mdxAsTags(source: string): TaggedText {
  const lines = source.split('\n');
  const esm: string[] = [];
  const texts = splitSamples(lines).map(({ sample, from, to }) => {
    const text = lines.slice(from, to).join('\n');
    return sample ? text : plainAttributes(plainComments(takeEsm(text, esm)));
  });
  return { text: texts.join('\n'), esm: esm.join('\n') };
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
  const lines = source.split('\n');
  const texts = splitSamples(lines).map(({ sample, from, to }) => {
    const text = lines.slice(from, to).join('\n');
    return sample ? text : replaceComments(text, '<!--', '-->', mdxComment);
  });
  return texts.join('\n');
}

function plainComments(text: string): string {
  return replaceComments(replaceComments(text, '<!--', '-->', plainComment), '{/*', '*/}', plainComment);
}

function replaceComments(text: string, open: string, close: string, as: (comment: string) => string): string {
  const out: string[] = [];
  let done = 0;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, done)) {
    const end = text.indexOf(close, at + open.length);
    if (end < 0) break;
    out.push(text.slice(done, at), as(text.slice(at + open.length, end)));
    done = end + close.length;
  }
  out.push(text.slice(done));
  return out.join('');
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

function readAttributes(text: string, from: number): { text: string; end: number } | null {
  const out: string[] = [];
  const limit = Math.min(text.length, from + MOST_TAG_CHARACTERS);
  let done = from;
  for (let at = from; at < limit; at++) {
    const char = text.charAt(at);
    if (char === '>') return { text: endOfTag(out.join('') + text.slice(done, at)), end: at + 1 };
    if (char === '"' || char === "'") at = closingQuote(text, at, limit, false);
    else if (char === '{') {
      const end = closingBrace(text, at, limit);
      if (end < 0) return null;
      out.push(text.slice(done, at), plainValue(text.slice(at, end + 1)));
      done = end + 1;
      at = end;
    }
    if (at < from) return null;
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

function closingBrace(text: string, from: number, limit: number): number {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const char = text.charAt(at);
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
    else if (/["'`]/.test(char)) at = closingQuote(text, at, limit, true);
    if (at < from) return -1;
  }
  return -1;
}

/** The end of a string; in a script, unlike in HTML, a backslash escapes. */
function closingQuote(text: string, from: number, limit: number, escapes: boolean): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < limit; at++) {
    const char = text.charAt(at);
    if (char === quote) return at;
    if (escapes && char === '\\') at++;
  }
  return -1;
}
