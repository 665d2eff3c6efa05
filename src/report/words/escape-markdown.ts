import { plainPhrase } from '../../review/findings/wording.ts';
import { cleanLines, shortLine } from './clean-text.ts';
import { MESSAGE_CHARACTERS, TERM_CHARACTERS } from './limits.ts';
import type { Say } from './sentence.ts';

/** Stands first in every comment of ours; no text of others may hold it. */
export const COMMENT_MARKER = '<!-- signpost:comment -->';

/** An entity, so that Markdown and HTML both read it, for a character that shows nothing and breaks a reference. */
const BREAK = '&#8203;';

/**
 * Where GitHub would make a link or a notification: `@user`, `#12`, `GH-12`, `https://…`, `www.…`; the `#` of our own
 * entities aside. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const REFERENCE = /@|(?<!&)#(?=\d)|:(?=\/\/)|(?<=www)(?=\.)|(?<=gh-)(?=\d)/gi;

/** ASCII characters that mean something inside a line, or at its start (CommonMark 2.4, 4 and 6; GFM tables). */
const MARKDOWN = /[\\`*[\]<>|~#$&]|(?<![a-z0-9])_|_(?![a-z0-9])|^[-+=]|(?<=^\d{1,9})[.)]/gi;

const HTML = /[&<>"'$]/g;

export const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  $: '&#36;',
};

/** A piece between two single backticks: what people, and our own messages, write for code. */
const CODE = /(?<!`)`([^`]+)`(?!`)/;

/** Text of others as plain words: in a paragraph, heading, list item or table cell. At most `limit` code points. */
export function escapeText(text: string, limit = MESSAGE_CHARACTERS): string {
  return asMarkdown(shortLine(text, limit));
}

/** `escapeText` that leaves pieces between single backticks as code, for titles, messages and advice. */
export function escapeProse(text: string, limit = MESSAGE_CHARACTERS): string {
  return withCode(shortLine(text, limit), asMarkdown, codeInCell);
}

/** Text of others inside an HTML block, where Markdown does not count; code as in `escapeProse`. */
export function escapeInHtml(text: string, limit = MESSAGE_CHARACTERS): string {
  return withCode(shortLine(text, limit), asHtml, (code) => `<code>${asHtml(code)}</code>`);
}

/** Text to copy, in backticks: a longer run of them than any inside (CommonMark 6.1). Empty for an empty text. */
export function codeSpan(text: string, limit = TERM_CHARACTERS): string {
  const code = withoutMarker(shortLine(text, limit));
  if (code === '') return '';
  const ticks = '`'.repeat(longestRun(code) + 1);
  const space = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${code}${space}${ticks}`;
}

/** `codeSpan` for a table cell. No span in backticks there can hold every text with a `|`, so HTML holds it. */
export function codeInCell(text: string, limit = TERM_CHARACTERS): string {
  return text.includes('|') ? `<code>${escapeText(text, limit)}</code>` : codeSpan(text, limit);
}

/** A sample of several lines in a fence longer than any run of backticks inside (CommonMark 4.5). */
export function codeFence(text: string, language: 'mdx' | 'md' | 'text'): string {
  const code = withoutMarker(cleanLines(text));
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

/** How Markdown says terms: all fit for a paragraph, a list and a table cell. */
export const MARKDOWN_SAY: Say = {
  phrase: (phrase) => `“${escapeText(plainPhrase(phrase), TERM_CHARACTERS)}”`,
  copy: (text) => codeInCell(text),
  prose: (text) => escapeProse(text),
};

/** A line whose pieces between single backticks are written as code, and the others as text. */
export function withCode(line: string, plain: (text: string) => string, code: (text: string) => string): string {
  return line
    .split(CODE)
    .map((piece, index) => (index % 2 === 0 ? plain(piece) : code(piece)))
    .join('');
}

function asMarkdown(line: string): string {
  return line
    .replace(MARKDOWN, (found) => ENTITIES[found] ?? `\\${found}`)
    .replace(REFERENCE, (found) => found + BREAK);
}

function asHtml(line: string): string {
  return line.replace(HTML, (found) => ENTITIES[found] as string).replace(REFERENCE, (found) => found + BREAK);
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

function withoutMarker(text: string): string {
  return text.replace(/signpost:comment/gi, 'signpost: comment');
}
