import { readerText } from '../docs/markdown/reader-text.ts';
import { passagesOf } from '../docs/passages/cut-passages.ts';
import type { Passage } from '../docs/passages/passage.ts';
import { gluedWords, isGlued, withoutMarkup, withReferences } from './glued-words.ts';
import { isPlainSign, isSpacedDash } from './plain-signs.ts';
import { wordsIn } from './terms.ts';
import { letterNumber, SIGNPOST, squeeze, type WordNumbers } from './vocabulary.ts';

/**
 * Which words of a vocabulary stand in which passages of a file, as numbers: for each passage its flags, its first and
 * last line, how many words follow, and these. Passages without any are left out unless they open a region.
 */
export type FileWords = Uint32Array;

/** To be raised whenever the same text would be read as other numbers: what was remembered before is then not used. */
export const WORDS_VERSION = 1;

export const CODE = 1;
export const LABEL = 2;
export const TITLE = 4;
export const OPENS_REGION = 8;
export const STANDS_OUT = 32;
/** A further sentence of the passage before it. */
export const CONTINUES = 128;
/** It is one label and nothing else, with which no other label counts along. */
export const ALONE = 64;
/** Its words cannot be told for certain: it counts as holding all of them. */
export const WILD = 16;

/** Where it is not known on which line something ends. */
const LAST_LINE = 0xffff_ffff;

/** A heading that takes the place of the labels in its container. */
export const REPLACES_LABELS = 256;

/** A heading that titles a part of an explanation: the labels around the explanation count again. */
export const PART = 1 << 27;

/** Depths of containers: in the flags, six bits each. */
export function labelDepthOf(flags: number): number {
  return (flags >>> 9) & 63;
}

export function leastDepthOf(flags: number): number {
  return (flags >>> 15) & 63;
}

export function depthAfter(flags: number): number {
  return (flags >>> 21) & 63;
}

/** Flags, first line, last line, number of words. */
export const HEAD = 4;

/** A string in an expression may hold escapes for letters. */
const ESCAPED_STRING = /\{\s*["'`][^{}]*\\[ux\d]/;

/** A file's text, and what is known of it. */
export interface FileText {
  text: string;
  /** The offset after its frontmatter, and the title in that. */
  start: number;
  title: string | null;
  syntax: 'mdx' | 'md';
}

/** By character code below 128. */
const IS_WORD = bitsOf(/[A-Za-z0-9]/);
const IS_CONNECTOR = bitsOf(/[-_.']/);
/** What may begin a seam within a word; a space, a comma and most other signs do not. */
const IS_SEAM = bitsOf(/[-_.'*~`\\<[\]{}&]/);

function bitsOf(sign: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (sign.test(String.fromCharCode(code)) ? 1 : 0));
}

/** The title of a link, which stands between two words of one sentence without being part of it. */
const LINK_TITLE = /\]\([^()\n]*\s["'(]/;
/** Where Unicode's rules end a sentence for certain (UAX #29, rules SB8 to SB11). */
const SENTENCE_END = /[.!?][ \t]*(?:[ \t]|\r?\n[ \t]*)(?=[A-Z])/g;

/** The offsets after the sentences of a plain passage, as far as they are certain; the last is its end. */
function sentenceEnds(text: string, { from, to }: Passage): number[] {
  const passage = text.slice(from, to);
  const isCertain = passage.includes('. ') || passage.includes('.\n') || /[!?]\s/.test(passage);
  if (!isCertain || LINK_TITLE.test(passage)) return [to];
  return [...Array.from(passage.matchAll(SENTENCE_END), (end) => from + end.index + end[0].length), to];
}

/** A vocabulary may take in words while a file is read. */
function grown(numbers: Uint32Array, least: number): Uint32Array {
  const larger = new Uint32Array(2 * (least + 1));
  larger.set(numbers);
  return larger;
}

/** Reads files' words straight from their text: all that a page made of it may say, and a little more. */
export class WordReader {
  readonly #vocabulary: WordNumbers;
  /** By number of a word: the passage in which it was last met. */
  #met: Uint32Array;
  #passage = 0;
  #out: number[] = [];
  /** Where the head of the passage that is being read stands in `#out`. */
  #head = 0;
  #depth = 0;
  #glued = false;
  #claims = false;

  constructor(vocabulary: WordNumbers) {
    this.#vocabulary = vocabulary;
    this.#met = new Uint32Array(vocabulary.size);
  }

  read({ text, start, title, syntax }: FileText): FileWords {
    this.#out = [];
    this.#claims = false;
    this.#depth = 0;
    if (title !== null) this.#readTitle(title);
    for (const passage of passagesOf(text, start, syntax)) this.#readPassage(text, passage);
    if (this.#claims) this.#readClaims(text);
    return Uint32Array.from(this.#out);
  }

  #readTitle(title: string): void {
    this.#begin(LABEL | TITLE | STANDS_OUT | ALONE, 1, LAST_LINE);
    this.#readSlowly(title);
    this.#end();
  }

  #readPassage(text: string, passage: Passage): void {
    const flags =
      (passage.isCode ? CODE : 0) |
      (passage.isLabel ? LABEL : 0) |
      (passage.isTitle ? TITLE : 0) |
      (passage.opensRegion ? OPENS_REGION : 0) |
      (passage.standsOut || passage.isLabel ? STANDS_OUT : 0) |
      (passage.isHeading ? ALONE : 0) |
      (passage.replacesLabels ? REPLACES_LABELS : 0) |
      (passage.labelDepth << 9) |
      (passage.leastDepth << 15) |
      (passage.depth << 21) |
      (passage.isPart ? PART : 0);
    const { line, endLine, isCode } = passage;
    const ends = passage.isPart || passage.opensRegion || passage.replacesLabels || passage.leastDepth < this.#depth;
    this.#depth = passage.depth;
    const isPlain = passage.isPlain && !passage.isLabel && !passage.standsOut;
    let from = passage.from;
    for (const to of isPlain ? sentenceEnds(text, passage) : [passage.to]) {
      this.#begin(from === passage.from ? flags : flags | CONTINUES, line, Math.min(endLine, LAST_LINE));
      if (!this.#readQuickly(text, from, to)) this.#readSlowly(text.slice(from, to));
      else if (this.#glued && !isCode) this.#readGlued(text.slice(from, to));
      this.#end(ends);
      from = to;
    }
  }

  /** A comment may claim a scenario for the section around it; comments are no text, so it counts for the whole file. */
  #readClaims(text: string): void {
    this.#begin(0, 1, LAST_LINE);
    for (const [word] of text.matchAll(/[^\s,]+/g)) this.#addNumber(this.#vocabulary.claimOf(word));
    this.#end();
  }

  #begin(flags: number, line: number, endLine: number): void {
    this.#passage += 1;
    this.#glued = false;
    this.#head = this.#out.length;
    this.#out.push(flags, line, endLine, 0);
  }

  /** @param keep also where no word of the vocabulary stands in the passage */
  #end(keep = false): void {
    const count = this.#out.length - this.#head - HEAD;
    const flags = this.#out[this.#head] as number;
    this.#out[this.#head + HEAD - 1] = count;
    if (count === 0 && !keep && (flags & WILD) === 0) this.#out.length = this.#head;
  }

  #add(word: string): void {
    for (const number of this.#vocabulary.numbersOf(word)) this.#addNumber(number);
  }

  #addNumber(number: number | undefined): void {
    if (number === undefined || this.#met[number] === this.#passage) return;
    if (number >= this.#met.length) this.#met = grown(this.#met, number);
    this.#met[number] = this.#passage;
    this.#out.push(number);
    if (number === SIGNPOST) this.#claims = true;
  }

  /** Reads plain ASCII. @returns false where something else is met */
  #readQuickly(text: string, from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127 && !isPlainSign(code) && !isSpacedDash(text, at)) return false;
      if (code > 127 || IS_WORD[code] === 0) continue;
      at = this.#readWord(text, at, to);
      if (at < 0) return false;
    }
    return true;
  }

  /** @returns the offset after the word; -1 where it is not plain ASCII */
  #readWord(text: string, start: number, to: number): number {
    let isSimple = true;
    let at = start;
    for (; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127) {
        if (isPlainSign(code)) break;
        return -1;
      }
      if (IS_WORD[code] === 1) isSimple &&= code >= 97 || at === start;
      else if (IS_CONNECTOR[code] === 1 && IS_WORD[text.charCodeAt(at + 1)] === 1 && at + 1 < to) isSimple = false;
      else {
        if (IS_SEAM[code] === 1 && !this.#glued) this.#glued = isGlued(text, at, to);
        break;
      }
    }
    if (!isSimple || this.#mayBegin(text, start, at)) this.#add(text.slice(start, at));
    return at;
  }

  #mayBegin(text: string, start: number, end: number): boolean {
    const second = start + 1 < end ? letterNumber(text.charCodeAt(start + 1)) : 0;
    const third = start + 2 < end ? letterNumber(text.charCodeAt(start + 2)) : 0;
    return this.#vocabulary.mayBegin(letterNumber(text.charCodeAt(start)), second, third);
  }

  #readSlowly(text: string): void {
    const plain = readerText(text);
    for (const word of wordsIn(plain)) this.#add(word);
    this.#readUnspaced(plain);
    this.#readGlued(plain);
  }

  #readUnspaced(plain: string): void {
    const { unspaced } = this.#vocabulary;
    if (unspaced.length === 0) return;
    const squeezed = `${squeeze(plain)} ${squeeze(withoutMarkup(plain))}`;
    for (const [word, number] of unspaced) if (squeezed.includes(word)) this.#addNumber(number);
  }

  #readGlued(text: string): void {
    const decoded = text.includes('&') ? readerText(withReferences(text)) : text;
    if (decoded !== text) for (const word of wordsIn(decoded)) this.#add(word);
    const words = gluedWords(decoded);
    for (const word of words ?? []) this.#add(word);
    if (words === null || ESCAPED_STRING.test(text)) this.#out[this.#head] = (this.#out[this.#head] as number) | WILD;
  }
}
