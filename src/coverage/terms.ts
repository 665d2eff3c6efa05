import { stem } from './stem.ts';

/** One word of a text: `start` and `end` are offsets into that text. */
export interface Token {
  stem: string;
  start: number;
  end: number;
  /** The stem of the whole compound (`pre-filled` → `prefill`) on the first of its parts, else null. */
  joined: string | null;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_.'][\p{L}\p{N}\p{M}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PART = /[^-_.']+/g;
const CASE_BREAK = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const MIXED_CASE = /[a-z0-9][A-Z]|[A-Z]{2}[a-z]/;
const CONTRACTED_NOT = /n't$/i;

let words: Intl.Segmenter | undefined;
let sentences: Intl.Segmenter | undefined;

/** The runs of letters, digits and single connectors that `tokenize` takes apart, each by itself. */
export function wordsIn(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** True for a word of a script that puts no spaces between words. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

/**
 * Splits a text into stemmed words: identifiers at `_ - .` and camelCase, contractions into their two words
 * ("can't" → can, not), unspaced scripts by `Intl.Segmenter`.
 *
 * @param text normalised text (see `readerText`)
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) addWord(tokens, match[0], match.index);
  return tokens;
}

function addWord(tokens: Token[], word: string, at: number): void {
  if (UNSPACED.test(word)) addUnspaced(tokens, word, at);
  else if (isSimple(word)) addPart(tokens, word, at);
  else addCompound(tokens, word, at);
}

function addCompound(tokens: Token[], word: string, at: number): void {
  const first = tokens.length;
  for (const part of word.matchAll(PART)) addCompoundPart(tokens, word, part[0], part.index, at);
  joinParts(tokens, first, word);
}

function isSimple(word: string): boolean {
  return !/[-_.']/.test(word) && !MIXED_CASE.test(word) && !/^cannot$/i.test(word);
}

function addUnspaced(tokens: Token[], word: string, at: number): void {
  words ??= new Intl.Segmenter('ja', { granularity: 'word' });
  for (const part of words.segment(word)) if (part.isWordLike) addPart(tokens, part.segment, at + part.index);
}

function addCompoundPart(tokens: Token[], word: string, part: string, offset: number, at: number): void {
  const apostrophe = word[offset - 1] === "'";
  if (apostrophe && /^(s|re|ve|ll|d|m|t)$/i.test(part)) {
    if (part.toLowerCase() === 't' && CONTRACTED_NOT.test(word.slice(Math.max(0, offset - 2), offset + 1)))
      negate(tokens, word, at);
    return;
  }
  let start = offset;
  for (const piece of part.split(CASE_BREAK)) {
    addPart(tokens, piece, at + start);
    start += piece.length;
  }
}

/** Turns the token of "isn" (or "ca", "wo") into its verb and adds the "not". */
function negate(tokens: Token[], word: string, at: number): void {
  const last = tokens.at(-1);
  if (!last) return;
  const verb = word
    .slice(last.start - at, last.end - at)
    .toLowerCase()
    .replace(/n$/, '');
  last.stem = verb === 'wo' ? 'will' : verb === 'ca' ? 'can' : stem(verb);
  tokens.push({ stem: 'not', start: last.start, end: last.end + 2, joined: null });
}

function addPart(tokens: Token[], part: string, start: number): void {
  const lower = part.toLowerCase();
  if (lower === 'cannot') {
    tokens.push({ stem: 'can', start, end: start + 3, joined: null });
    tokens.push({ stem: 'not', start, end: start + 6, joined: null });
    return;
  }
  tokens.push({ stem: stem(lower), start, end: start + part.length, joined: null });
}

function joinParts(tokens: Token[], first: number, word: string): void {
  const head = tokens[first];
  if (!head || tokens.length - first < 2 || word.includes("'")) return;
  head.joined = stem(word.replace(/[-_.]/g, '').toLowerCase());
}

/** The offsets at which the sentences of a text end, ascending, by Unicode's sentence boundaries (UAX #29). */
export function sentenceEnds(text: string): number[] {
  sentences ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  const ends: number[] = [];
  for (const sentence of sentences.segment(text)) ends.push(sentence.index + sentence.segment.length);
  return ends;
}
