import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { wordsIn } from './terms.ts';

/** Marks the place of markup that readers do not see. */
const SEAM = '\u0001';

/** Single marks of emphasis, code, escapes and links, and the quotes of a string in an expression with its braces. */
const MARKS = /\{\s*["'`]|["'`]\s*\}|[*~`\\[\]{}]|(?<![\p{L}\p{N}\p{M}\\])_+|_+(?![\p{L}\p{N}\p{M}])/gu;
/** Stretches of which readers see nothing: comments, tags, expressions, link targets. */
const STRETCHES =
  /<!--[\s\S]*?-->|<\/?(?:[A-Za-z](?:=>|[^<>])*)?>|\{(?!\s*["'`])[^{}]*\}|\]\([^()\s]*(?:\s+["'(][^()]*)?\)|\]\[[^\]]*\]/u;
const ALL = new RegExp(`${STRETCHES.source}|${MARKS.source}`, 'gu');
/** What the syntax makes of a stretch is not known here: it may be text after all. */
const MARKUPS = [MARKS, ALL];
const GLUED = new RegExp(`[\\p{L}\\p{N}\\p{M}\\-_.'${SEAM}]*${SEAM}[\\p{L}\\p{N}\\p{M}\\-_.'${SEAM}]*`, 'gu');
const REFERENCE = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z][a-z\d]{1,31}));/gi;

/** More pieces than any word is cut into by its markup. */
export const MOST_PIECES = 24;

/**
 * The words that a reader may see where markup stands within a word: `**pre**-filled` reads as one. Which marks vanish
 * depends on the syntax around them, so neighbouring pieces are joined in every way.
 *
 * @returns null where there are too many pieces to try
 */
export function gluedWords(text: string): string[] | null {
  const found = new Set<string>();
  for (const markup of MARKUPS) {
    for (const [run] of text.replace(markup, SEAM).matchAll(GLUED)) {
      const pieces = run.split(SEAM).filter(Boolean);
      if (pieces.length > MOST_PIECES) return null;
      addJoined(pieces, found);
    }
  }
  return [...found];
}

function addJoined(pieces: readonly string[], found: Set<string>): void {
  for (let from = 0; from < pieces.length; from += 1) {
    let joined = pieces[from] as string;
    for (let to = from + 1; to < pieces.length; to += 1) {
      joined += pieces[to];
      for (const word of wordsIn(joined)) found.add(word);
    }
  }
}

/** A text without the markup that may stand inside a word. */
export function withoutMarkup(text: string): string {
  return text.replace(ALL, '');
}

/** A text with its character references resolved (HTML, "Character references"). */
export function withReferences(text: string): string {
  return text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return decodeNamedCharacterReference(name) || whole;
    const code = Number.parseInt(hex ?? (decimal as string), hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const CONNECTORS = "-_.'";
const SINGLE_MARKS = '*_~`\\[]{}';
/** What may stand between two pieces of a word, at one place of a text. */
const UNSEEN =
  /<\/?(?:[A-Za-z](?:=>|[^<>])*)?>|<!--[\s\S]*?-->|\{(?!\s*["'`])[^{}]*\}|\]\([^()\s]*(?:\s+["'(][^()]*)?\)|\]\[[^\]]*\]|&#?\w{1,32};/y;

/**
 * Whether markup, and nothing that readers see but connectors, stands between the word that ends at `from` and another
 * one, so that both may read as one word.
 */
export function isGlued(text: string, from: number, to: number): boolean {
  let seam = false;
  for (let at = from; at < to; ) {
    const sign = text[at] as string;
    UNSEEN.lastIndex = at;
    if ('<{]&'.includes(sign) && UNSEEN.test(text)) {
      seam = true;
      at = UNSEEN.lastIndex;
      continue;
    }
    if (/[\p{L}\p{N}\p{M}]/u.test(sign)) return seam;
    if (SINGLE_MARKS.includes(sign)) seam = true;
    else if (!CONNECTORS.includes(sign)) return false;
    at += 1;
  }
  return false;
}
