import { plainPhrase } from '../../review/findings/wording.ts';
import { cleanLine } from '../words/clean-text.ts';
import { ENTITIES, withCode } from '../words/escape-markdown.ts';
import type { Say } from '../words/sentence.ts';

/** Markup of ours that goes into a page as it is; only `html` and `trusted` make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template. Text is escaped, markup is not, null and false show nothing. */
export type Piece = string | number | Html | null | false | readonly Piece[];

/**
 * Markup from a template in which every text is escaped, whatever it holds: it can neither end its element nor the
 * quoted attribute that it stands in, and no character in it hides or reorders what is shown.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let markup = strings[0] as string;
  for (const [index, piece] of pieces.entries()) markup += markupOf(piece) + (strings[index + 1] as string);
  return new Html(markup);
}

/** Markup that is known to be sound: our own constants, and sentences whose terms are escaped already. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

export const NOTHING = trusted('');

function markupOf(piece: Piece): string {
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return piece.toLocaleString('en-US');
  if (piece instanceof Html) return piece.markup;
  if (piece === null || piece === false) return '';
  return piece.map(markupOf).join('');
}

/** A clean line without special characters. Most texts are such lines, and the test is faster than the escape. */
const PLAIN = /^(?:[\w!#$%()*+,\-./:;=?@[\]^`{|}~]+(?: [\w!#$%()*+,\-./:;=?@[\]^`{|}~]+)*)?$/;

const SPECIAL = /[&<>"']/g;

/** One clean line, fit for an element's text and for an attribute in quotes. */
export function escapeHtml(text: string): string {
  return PLAIN.test(text) ? text : escapeSpecial(cleanLine(text));
}

/** A sentence of others in which what stands between single backticks is code. */
export function prose(text: string): Html {
  return trusted(withCode(cleanLine(text), escapeSpecial, codeOf));
}

/** What to copy: a path, a route or an id. */
export function code(text: string): Html {
  return trusted(codeOf(text));
}

/** A text of others inside a sentence of ours, which its direction must not disturb. */
export function isolated(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

function codeOf(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** A piece of a line that is clean already, with the spaces at its ends. */
export function spaced(text: string): Html {
  return trusted(escapeSpecial(text));
}

function escapeSpecial(text: string): string {
  return text.replace(SPECIAL, (char) => ENTITIES[char] as string);
}

/** How HTML says terms. */
export const HTML_SAY: Say = {
  phrase: (phrase) => `“<bdi>${escapeHtml(plainPhrase(phrase))}</bdi>”`,
  copy: codeOf,
  prose: (text) => prose(text).markup,
};

/** An address that a link may have: http, https, mailto, or one without a scheme on this very page; else null. */
export function safeUrl(url: string): string | null {
  if (/^#[^\s<>"']*$/.test(url)) return url;
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  if (!/^(?:https?|mailto):$/.test(protocol) || username !== '' || password !== '') return null;
  return href;
}

/** A link where the address is safe, else its words alone. */
export function link(url: string | null, words: Piece): Html {
  const safe = url === null ? null : safeUrl(url);
  return safe === null ? html`${words}` : html`<a href="${safe}">${words}</a>`;
}
