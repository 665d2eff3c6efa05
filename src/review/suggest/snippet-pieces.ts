/** A piece of a snippet's text, not yet in any syntax: whatever the registry says stays data. */
export type Piece = { text: string } | { code: string } | { strong: Piece[] } | { link: string; text: string };

/** Where pieces are written, in Markdown's text, in a cell of a table, or in HTML: each has characters of its own. */
export type Markup = 'text' | 'cell' | 'html' | 'attribute';

/** ASCII punctuation that may mean something inside a line of Markdown, a directive's colon included. */
const MARKDOWN = /[\\`*[\]<>{}&|~#$]|:(?=[A-Za-z])|_/g;

/** Controls, and what reorders or hides text (UAX #9), without what counts as white space. */
const UNSEEN = /(?!\s)[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Writes pieces in one line. */
export function writePieces(pieces: readonly Piece[], markup: Markup): string {
  return pieces.map((piece) => writePiece(piece, markup)).join('');
}

function writePiece(piece: Piece, markup: Markup): string {
  if ('link' in piece) return writeLink(piece.link, piece.text, markup);
  if ('code' in piece) return writeCode(oneLine(piece.code), markup);
  if ('text' in piece) return writeText(oneLine(piece.text), markup);
  const strong = writePieces(piece.strong, markup);
  return markup === 'html' || markup === 'attribute' ? strong : `**${strong.trim()}**`;
}

/** One line without anything unseen; spaces at its ends stay, because pieces are joined. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '');
}

function writeText(text: string, markup: Markup): string {
  if (markup === 'html') return escapeHtml(text);
  if (markup === 'attribute') return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  return text.replace(MARKDOWN, (found, at: number) => {
    if (found === '_') return isInsideWord(text, at) ? found : '\\_';
    return `\\${found}`;
  });
}

/** An underscore between letters or digits is no emphasis (CommonMark 6.2). */
function isInsideWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A code span whose run of backticks is longer than any inside (CommonMark 6.1). */
function writeCode(code: string, markup: Markup): string {
  if (markup === 'attribute') return writeText(code, markup);
  if (markup === 'html') return `<code>${escapeHtml(code)}</code>`;
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const space = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  const inside = markup === 'cell' ? code.replace(/\|/g, '\\|') : code;
  return `${ticks}${space}${inside}${space}${ticks}`;
}

function writeLink(url: string, text: string, markup: Markup): string {
  const label = writeText(oneLine(text).trim(), markup);
  if (markup === 'attribute') return label;
  return markup === 'html' ? `<a href="${escapeHtml(safeUrl(url))}">${label}</a>` : `[${label}](${safeUrl(url)})`;
}

/** Percent-encodes what would end or change a link's destination; where it leads stays the same. */
function safeUrl(url: string): string {
  return url.trim().replace(/[\s()<>{}|\\^`"\p{Cc}]/gu, (found) => {
    const code = found.codePointAt(0) as number;
    return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(found);
  });
}

/** The words of a phrase, identifiers among them as code. */
export function phrasePieces(phrase: string): Piece[] {
  return oneLine(phrase)
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word, i): Piece[] => {
      const piece = looksLikeCode(word) ? { code: word } : { text: word };
      return i === 0 ? [piece] : [{ text: ' ' }, piece];
    });
}

function looksLikeCode(word: string): boolean {
  return /^[\p{L}\p{N}_.$-]*(?:[\p{L}\p{N}]_[\p{L}\p{N}]|[a-z0-9][A-Z])[\p{L}\p{N}_.$-]*$/u.test(word);
}

/** "start one, two last." of pieces; nothing for no items. */
export function sentence(start: string, items: readonly Piece[], between: string, last = between): Piece[] {
  if (items.length === 0) return [];
  const list = items.flatMap((item, i): Piece[] =>
    i === 0 ? [item] : [{ text: i + 1 === items.length ? last : between }, item],
  );
  return [{ text: start }, ...list, { text: '.' }];
}
