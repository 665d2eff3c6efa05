import { decodeHTML } from 'entities';
import { roleOf, roleOfDirective } from '../docs/markdown/component-names.ts';
import { readFrontmatter } from '../docs/markdown/frontmatter.ts';
import { isMute } from '../docs/markdown/html-elements.ts';
import { readerText } from '../docs/markdown/reader-text.ts';
import { prepareSource } from '../docs/markdown/source-text.ts';
import { isUnspaced } from './terms.ts';

/**
 * Texts that hold all words which readers of a raw text see; null where marks may hide some, so that it has to be parsed.
 * So most pages need not be parsed to know that they do not name a scenario:
 *
 * A scenario is named by words of the text that readers see. That text is made of pieces of the raw text: the parser leaves
 * out marks, decodes entities and escapes, and shows strings of expressions. The title comes from the frontmatter, which is
 * read as it is. So every word that readers see also stands in the raw text, between two characters that are no part of a
 * word, unless
 *
 * 1. it is put together of pieces between which something stands that readers do not see. The first of these pieces ends
 *    with a letter and at most one sign that joins words. Then either a mark begins there: `va**ult**`, `va<b>ult</b>`,
 *    `va[ult](/x)`, `va{'ult'}`, `va\_ult`. Or something ends there that shows words of its own: the text of a link or an
 *    image, a string, an address in `<>`, the `alt` of an `<img>`. Behind that stand nothing but marks, and then a letter.
 *    `Marks` looks at each such place by itself, and takes a mark of which it cannot tell how far it reaches for one that
 *    hides a word. No mark reaches over an empty line. Three things put words together beyond that: inline code
 *    (`mayTrimCode`), the cells of a table within a sample, and an attribute that holds elements.
 * 2. a letter of it is written as something else: an entity, or an escape in a string; or a letter that stands beside it is
 *    none: `\nvault` in a string is read with and without.
 * 3. its script puts no spaces between words, so that what is one word depends on what stands around it.
 *
 * Such a page is parsed, and its words are those of the text that came out. Of any other page the words of the raw text are
 * at least those that readers see, and a scenario of which a word is lacking there is not named on the page.
 * `npm run eval:skipping` looks for pages of which that is not true.
 */
export function textsOfRaw(text: string): string[] | null {
  const body = prepareSource(text).text;
  if (mayHideWords(body)) return null;
  const title = readerText(readFrontmatter(text).title ?? '');
  // A sample shows its characters as they are.
  const texts = UNUSUAL.test(body) ? [readerText(body), body] : [readerText(body)];
  const escaped = body.includes('\\') ? texts.map((plain) => plain.replace(SPACE_ESCAPE, ' ')) : [];
  return [title, ...texts, ...escaped];
}

const UNUSUAL = /[^\t\n\x20-\x7e]/;
const LETTERS = /[\p{L}\p{N}\p{M}]/u;
/** Signs between which a line end shows no space, beside scripts without spaces. */
const UNSPACED_SIGN = /[\u3000-\u303f]/;
/** The one letter that readers see as a part of a sign which may be a mark. */
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
const IMAGE_TAG = /<img\b/i;
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
  if (((TABLE.test(signs) || IMAGE_TAG.test(signs)) && hasSample(signs)) || signs.split('\n').some(endsInTag))
    return true;
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

/** Whether something is shown as a sample: it puts the cells of a table together, and may hold a tag with empty lines. */
function hasSample(text: string): boolean {
  for (const [, tag, directive] of text.matchAll(NAME)) {
    const role = tag === undefined ? roleOfDirective(directive as string) : roleOf(tag);
    if (role === 'sample' || tag?.toLowerCase() === 'pre') return true;
  }
  return false;
}

/** A letter after which marks begin. */
const BEFORE_MARKS = /[A-Za-z\d](?=[-_.']*(?:[*~`<{[!]|\\[!-/:-@[-`{-~])|_+[-.']|[-.']+_)/g;
const BRACKETS = /!?\[[^[\]\\]*\]/y;
const REFERENCE_END = /\](?:\[[^[\]]*\])?/g;
/** A space as JSX has it, and a line break, of which images show none. */
const SPACE = /\{\s*(["'`])\s+\1\s*\}|<br\s*\/?>/g;
/** An expression that may be a string; one that shows nothing, and the end of one with something to be joined behind it. */
const LITERAL =
  /\{[\s>]*(?:(?:"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`)[\s>]*\}|\/[*/])/y;
const ANY_LITERAL = new RegExp(LITERAL.source);
const SIMPLE_EXPRESSION = /\{[^{}"'`/]*\}/y;
const JOINING_EXPRESSION = /\}[-_.'*~`\\]*(?:[A-Za-z\d<[]|\{[\s>]*["'`/])/;
/** A tag that ends at its first `>` for certain, one of which that is not certain, and what shows words and ends with `>`. */
const SIMPLE_TAG = /<\/?(?:([A-Za-z][^\s<>"'{}:@]*)(?:[ \t][^<>"'{}\n]*)?)?>/y;
const OTHER_TAG = /<(?:[^\s\d<=>]|[^\s<>]*[:@])/y;
const SHOWING_TAG = /<img\b|\]\]>|<(?=[^<>\s]*[:@])[^<>\s]*>/i;
/** A line break without a space in the text of an image. */
const BREAK = /(?: {2}|\\)\n/;

/** Looks how far the marks of a paragraph reach. Each is looked at by itself: what stands around it may be anything. */
class Marks {
  readonly #text: string;
  readonly #hasDefinitions: boolean;
  readonly #lastTarget: number;
  readonly #hasImage: boolean;
  #hasJoining: boolean | null = null;
  /** Places after a mark from which no letter is reached. */
  readonly #dead = new Set<number>();

  /** @param hasDefinitions whether any brackets on the page may be a link */
  constructor(text: string, hasDefinitions: boolean) {
    this.#hasImage = text.includes('![');
    this.#text = this.#hasImage ? text : text.replace(SPACE, ' ');
    this.#hasDefinitions = hasDefinitions;
    this.#lastTarget = this.#text.lastIndexOf('](');
  }

  areInsideWords(): boolean {
    const text = this.#text;
    if ((this.#hasImage && BREAK.test(text)) || mayTrimCode(text)) return true;
    for (const { index } of text.matchAll(BEFORE_MARKS)) if (this.#reachesLetter(index + 1, false)) return true;
    return (
      (this.#lastTarget >= 0 && this.#isFollowed(/\)/g)) ||
      (this.#hasDefinitions && this.#isFollowed(REFERENCE_END)) ||
      ((this.#hasImage || ANY_LITERAL.test(text)) && this.#isFollowed(/\}/g)) ||
      (SHOWING_TAG.test(text) && this.#isFollowed(/>/g))
    );
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
    let marked = isMarked;
    for (let at = from; ; ) {
      if (marked && this.#dead.has(at)) return false;
      if (marked) this.#dead.add(at);
      const sign = this.#text.charAt(at);
      if (sign === '[' || (sign === '!' && this.#text.charAt(at + 1) === '[')) return this.#mayLink(at);
      if (!/^[-_.'*~`\\<{]$/.test(sign)) return marked && /^[A-Za-z\d]$/.test(sign);
      const length = sign === '<' ? this.#tagAt(at) : sign === '{' ? this.#expressionAt(at) : 1;
      if (length === 0) return sign === '<' ? this.#lengthAt(OTHER_TAG, at) > 0 : this.#mayShow(at);
      if (!/^[-.']$/.test(sign) && (sign !== '_' || this.#isJoined(at))) marked = true;
      at += length;
    }
  }

  /** How long a tag is that shows nothing and ends for certain. */
  #tagAt(at: number): number {
    SIMPLE_TAG.lastIndex = at;
    const [tag = '', name = ''] = SIMPLE_TAG.exec(this.#text) ?? [];
    return name.toLowerCase() === 'img' || isMute(name.toLowerCase()) ? 0 : tag.length;
  }

  /** The same of an expression, of which an image shows the code. */
  #expressionAt(at: number): number {
    return this.#hasImage ? 0 : this.#lengthAt(SIMPLE_EXPRESSION, at);
  }

  #mayShow(at: number): boolean {
    this.#hasJoining ??= this.#hasImage || JOINING_EXPRESSION.test(this.#text);
    return this.#hasJoining || this.#lengthAt(LITERAL, at) > 0;
  }

  #mayLink(at: number): boolean {
    const length = this.#lengthAt(BRACKETS, at);
    const next = this.#text.charAt(at + length);
    if (this.#hasDefinitions) return length === 0 || /[[(]/.test(next) || this.#text.slice(at, at + length) !== '[]';
    return (length === 0 || next === '(') && at < this.#lastTarget;
  }

  /** An underscore beside another sign that joins words may be a mark. */
  #isJoined(at: number): boolean {
    return /[-.']/.test(this.#text.charAt(at - 1)) || /[-.']/.test(this.#text.charAt(at + 1));
  }

  /** How long what matches at a place is; 0 where nothing does. */
  #lengthAt(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0].length ?? 0;
  }
}

/** The row below a table's header. */
const TABLE = /[-:][ \t]*\|/;

/** A line that begins or ends a sample; code within a line, and within a cell; code between spaces. */
const FENCE = /^(?: {0,3}>)* {0,3}`{3,}[^`\n]*$/gm;
const CODE = /(?<![\\`])(`+)(?!`)[^`\n]*[^`\n]\1(?!`)/g;
const CELL_CODE = /(?<![\\`])(`+)(?!`)[^`|\n]*[^`|\n]\1(?!`)/g;
const PADDED = /^`+\s.*\s`+$/;
/** What begins an expression, a tag and a target, and what stands for the sign that ends it, in code. */
const SPANS = [
  ['{', '\x01'],
  ['<', '\x02'],
  ['](', '\x03'],
] as const;
const ENDS_IN_CODE: Record<string, string> = { '}': '\x01', '>': '\x02', ')': '\x03' };
/** Those that end for certain, and not in code. */
const CLOSED = /<\/?[A-Za-z](?:[^<>"'`{}\x02]|"[^"`\x02]*")*>|\{[^{}"'`/\x01]*\}|\]\([^()<>"'`\\\x03]*\)/g;

/**
 * Whether code may lose the spaces at its ends beside a letter: `` va` ult ` ``. What is code is certain where all backticks
 * of a paragraph pair within their lines, and no mark that began before may end between such two.
 */
function mayTrimCode(text: string): boolean {
  if (!text.includes('`') || !hasTrimmedPair(text)) return false;
  const rest = text
    .replace(FENCE, '')
    .replace(TABLE.test(text) ? CELL_CODE : CODE, (code) =>
      PADDED.test(code) ? '`' : code.replace(/[^}>)]+/g, '').replace(/./g, (end) => ENDS_IN_CODE[end] as string),
    )
    .replace(CLOSED, '');
  return (
    rest.includes('`') ||
    SPANS.some(([start, end]) => rest.lastIndexOf(end) > rest.indexOf(start) && rest.includes(start))
  );
}

/** Whether what stands between two runs of backticks would, as code, lose a space beside a letter. */
function hasTrimmedPair(text: string): boolean {
  const ends = new Map<number, number>();
  const isAt = (kind: RegExp, at: number) => kind.test(text.charAt(at));
  for (const { 0: ticks, index } of text.matchAll(/`+/g)) {
    const from = ends.get(ticks.length);
    const after = index + ticks.length;
    ends.set(ticks.length, after);
    if (from === undefined || !isAt(/\s/, from) || !isAt(/\s/, index - 1)) continue;
    let [first, last] = [from, index - 1];
    while (isAt(/[\s>]/, first)) first++;
    while (isAt(/[\s>]/, last)) last--;
    if (isAt(/\S/, from - ticks.length - 1) && isAt(/[\w'.-]/, first)) return true;
    if (isAt(/\S/, after) && isAt(/[\w'.-]/, last)) return true;
  }
  return false;
}
