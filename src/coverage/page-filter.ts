import { decodeHTML } from 'entities';
import { roleOf, roleOfDirective } from '../docs/markdown/component-names.ts';
import { readFrontmatter } from '../docs/markdown/frontmatter.ts';
import { isMute } from '../docs/markdown/html-elements.ts';
import { readerText } from '../docs/markdown/reader-text.ts';
import { prepareSource } from '../docs/markdown/source-text.ts';
import { isUnspaced } from './terms.ts';

/**
 * Texts that hold all words which readers of a raw text see; null where marks may hide some, so that it has to be parsed.
 */
export function textsOfRaw(text: string): string[] | null {
  const body = prepareSource(text).text;
  if (mayHideWords(body)) return null;
  const title = readerText(readFrontmatter(text).title ?? '');
  // Samples show their characters as they are.
  const texts = UNUSUAL.test(body) ? [readerText(body), body] : [readerText(body)];
  const escaped = body.includes('\\') ? texts.map((plain) => plain.replace(SPACE_ESCAPE, ' ')) : [];
  return [title, ...texts, ...escaped];
}

const UNUSUAL = /[^\t\n\x20-\x7e]/;
const LETTERS = /[\p{L}\p{N}\p{M}]/u;
/** Signs between which a line end shows no space, beside scripts without spaces. */
const UNSPACED_SIGN = /[\u3000-\u303f]/;
/** A stroke through a sign that is a mark where nothing else of the same word stands. */
const STROKE = /[<=>]\u0338/;
/** What certainly begins a container with a title. */
const CONTAINER = /^( {0,3}:{3,}[A-Za-z](?:[\w-]*[A-Za-z\d])?)\[(?=[^[\]\\\n]*\]$)/gm;
const NOT_ASCII = /_?([^\t\n\x20-\x7e]+)_?/gu;
const ENTITY = /&(?:#|[A-Za-z])[A-Za-z\d]*;?/g;
/** An expression that may be a string, and escapes in strings that show a letter, or nothing. */
const STRING = /\{[\s>]*["'`]/;
const ESCAPE = /\\[ux0b]|[A-Za-z\d][-_.']?\\[^nrtfv!-/:-@[-`{-~ \t]/;
/** Escapes that show a space, although a letter stands in the raw text. */
const SPACE_ESCAPE = /\\[nrtfv]/g;
/** An attribute that shows what it holds without the spaces between blocks. */
const SHOWN_ATTRIBUTE = /=[\s>]*\{[\s>]*</;
/** The row below a table's header. */
const TABLE = /[-:][ \t]*\|/;
const NAME = /<([A-Za-z][\w.-]*)|::([A-Za-z][\w-]*)/g;
/** What a definition of a link, or of a footnote, begins with (CommonMark 4.7). */
const DEFINITION = /^[ \t>*+\-\d.)]*\[/m;
const MARK = /[*~`<>{}[\]\\_)]/;

/** Whether marks may stand inside a word of a text, or a letter of it be written as something else. */
export function mayHideWords(text: string): boolean {
  const plain = UNUSUAL.test(text) ? readerText(text) : text;
  if (isUnspaced(plain) || UNSPACED_SIGN.test(plain) || STROKE.test(text)) return true;
  const signs = signsOf(text);
  if (SHOWN_ATTRIBUTE.test(signs) || (STRING.test(signs) && ESCAPE.test(signs))) return true;
  if ((TABLE.test(signs) && hasSample(signs)) || signs.split('\n').some(endsInTag)) return true;
  for (const [entity] of signs.matchAll(ENTITY)) if (isPartOfWord(entity)) return true;
  const paragraphs = signs.split(/\n{2,}/).filter((paragraph) => MARK.test(paragraph));
  const hasDefinitions = paragraphs.some((paragraph) => DEFINITION.test(paragraph) && paragraph.includes(']:'));
  return paragraphs.some((paragraph) => new Marks(paragraph, hasDefinitions).areInsideWords());
}

/**
 * A text in ASCII. Of other characters a letter stands as `x`, what shows nothing as `*`, and what is no sign that joins words
 * as a space: none of them is a mark to the parser. Beside them an underscore may be one.
 */
function signsOf(text: string): string {
  const known = new Map<string, string>();
  const signOf = (character: string) => {
    const sign = known.get(character) ?? asAscii(character);
    known.set(character, sign);
    return sign;
  };
  const ascii = text.replace(CONTAINER, '$1 ').replace(NOT_ASCII, (all, run: string) => {
    const signs = Array.from(run, signOf).join('');
    return `${all.startsWith('_') ? '*' : ''}${signs}${all.endsWith('_') ? '*' : ''}`;
  });
  return ascii.replace(ENTITY, (entity) => (/^[-_.']?$/.test(shownBy(entity)) ? '*' : entity));
}

function asAscii(character: string): string {
  const shown = readerText(character);
  if (LETTERS.test(character + shown)) return 'x';
  if (shown === '') return '*';
  return /^[-_.']$/.test(shown) ? shown : ' ';
}

/** What readers see of an entity; a sign where it is none. */
function shownBy(entity: string): string {
  const shown = decodeHTML(entity);
  return shown === entity ? '&' : readerText(shown);
}

/** True for an entity that readers see as a letter; and for one without its end, which no sign parts from what follows. */
function isPartOfWord(entity: string): boolean {
  return LETTERS.test(shownBy(entity)) || (!entity.endsWith(';') && decodeHTML(entity) !== entity);
}

/** True for a line that ends in an end tag: at the end of its block a letter of that is shown. */
function endsInTag(line: string): boolean {
  const at = line.lastIndexOf('</');
  return at >= 0 && !line.includes('>', at);
}

/** Whether something is shown as a sample, which puts the cells of a table together. */
function hasSample(text: string): boolean {
  for (const [, tag, directive] of text.matchAll(NAME)) {
    const role = tag === undefined ? roleOfDirective(directive as string) : roleOf(tag);
    if (role === 'sample' || tag?.toLowerCase() === 'pre') return true;
  }
  return false;
}

/** A letter after which marks begin. */
const BEFORE_MARKS = /[A-Za-z\d](?=[-_.']*(?:[*~`<{[!]|\\[!-/:-@[-`{-~])|_+[-.']|[-.']+_)/g;
const TARGET = '](';
const IMAGE = '![';
/** A line break without a space in the text of an image. */
const BREAK = /(?: {2}|\\)\n/;
/** Brackets without others inside. */
const BRACKETS = /!?\[[^[\]\\]*\]/y;
/** The end of a link by reference. */
const REFERENCE_END = /\](?:\[[^[\]]*\])?/g;
/** A target that ends at its first parenthesis for certain, and one of which that is not certain. */
const SIMPLE_TARGET = /\]\([^\s()<>"'\\]*\)/g;
const OTHER_TARGET = /\]\([^\s()<>"'\\]*[\s(<>"'\\]/;
const IMAGE_TAG = /<img\b/i;
/** A space as JSX has it, and a line break. */
const SPACE = /\{\s*(["'`])\s+\1\s*\}|<br\s*\/?>/y;
/** The begin of an expression that may show a string, its end, and an expression that shows nothing for certain. */
const LITERAL_START = /\{[\s>]*(?:["'`]|\/[*/])/y;
const LITERAL_END = /(?:["'`]|\*\/)[\s>]*\}/g;
const SIMPLE_EXPRESSION = /\{[^{}"'`/]*\}/y;
const AUTOLINK = /<(?=[^<>\s]*[:@])[^<>\s]*>/g;
const CDATA_END = /\]\]>/g;
/** A tag that ends at its first `>` for certain, and one of which that is not certain. */
const SIMPLE_TAG = /<\/?(?:([A-Za-z][^\s<>"'{}:@]*)(?:[ \t][^<>"'{}\n]*)?)?>/y;
const OTHER_TAG = /<(?:[^\s\d<=>]|[^\s<>]*[:@])/y;

/** Looks how far the marks of a paragraph reach. Each is looked at by itself: what stands around it may be anything. */
class Marks {
  readonly #text: string;
  readonly #hasDefinitions: boolean;
  readonly #lastTarget: number;
  readonly #hasImage: boolean;
  /** Places after a mark from which no letter is reached. */
  readonly #dead = new Set<number>();
  #joins: boolean | null = null;

  /** @param hasDefinitions whether any brackets on the page may be a link */
  constructor(text: string, hasDefinitions: boolean) {
    this.#text = text;
    this.#hasDefinitions = hasDefinitions;
    this.#lastTarget = text.lastIndexOf(TARGET);
    this.#hasImage = text.includes(IMAGE);
  }

  areInsideWords(): boolean {
    if ((this.#hasImage && BREAK.test(this.#text)) || mayTrimCode(this.#text)) return true;
    for (const { index } of this.#text.matchAll(BEFORE_MARKS)) if (this.#reachesLetter(index + 1, false)) return true;
    return this.#ends().some((ends) => this.#isFollowed(ends));
  }

  /** What right after something ends that shows words of its own. */
  #ends(): RegExp[] {
    const ends = [SIMPLE_TARGET, LITERAL_END, AUTOLINK, CDATA_END];
    if (this.#hasDefinitions) ends.push(REFERENCE_END);
    // Where a target, or the tag of an image, ends is not certain: it may be anywhere.
    if (OTHER_TARGET.test(this.#text)) ends.push(/\)/g);
    if (IMAGE_TAG.test(this.#text)) ends.push(/>/g);
    if (this.#hasImage) ends.push(/\}/g);
    return ends;
  }

  #isFollowed(ends: RegExp): boolean {
    for (const { index, 0: end } of this.#text.matchAll(ends))
      if (this.#reachesLetter(index + end.length, true)) return true;
    return false;
  }

  /**
   * Whether from here on nothing but marks and signs that join words stand before a letter.
   * @param isMarked whether a mark ends here; else there must be one on the way
   */
  #reachesLetter(from: number, isMarked: boolean): boolean {
    const text = this.#text;
    let marked = isMarked;
    for (let at = from; ; ) {
      if (marked && this.#dead.has(at)) return false;
      if (marked) this.#dead.add(at);
      const sign = text.charAt(at);
      if (sign === '[' || (sign === '!' && text.charAt(at + 1) === '[')) return this.#mayLink(at);
      if (!/^[-_.'*~`\\<{]$/.test(sign)) return marked && /^[A-Za-z\d]$/.test(sign);
      const length = sign === '<' ? this.#tagAt(at) : sign === '{' ? this.#expressionAt(at) : 1;
      if (length === SPACED) return false;
      if (length === 0) return sign === '<' ? lengthAt(OTHER_TAG, text, at) > 0 : this.#mayShow(at);
      if (!/^[-.']$/.test(sign) && (sign !== '_' || isJoined(text, at))) marked = true;
      at += length;
    }
  }
}
