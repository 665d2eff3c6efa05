/** A piece of a text: offsets into it. */
export interface Span {
  start: number;
  end: number;
}

/** One word of a text. */
export interface Token extends Span {
  stem: string;
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

const UNSPACED_WORDS = new Intl.Segmenter('ja', { granularity: 'word' });
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

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

function isSimple(word: string): boolean {
  return !/[-_.']/.test(word) && !MIXED_CASE.test(word) && !/^cannot$/i.test(word);
}

function addUnspaced(tokens: Token[], word: string, at: number): void {
  for (const { isWordLike, segment, index } of UNSPACED_WORDS.segment(word))
    if (isWordLike) addPart(tokens, segment, at + index);
}

function addCompound(tokens: Token[], word: string, at: number): void {
  const first = tokens.length;
  for (const part of word.matchAll(PART)) addCompoundPart(tokens, word, part[0], part.index, at);
  const head = tokens[first];
  if (head && tokens.length - first > 1 && !word.includes("'"))
    head.joined = stem(word.replace(/[-_.]/g, '').toLowerCase());
}

function addCompoundPart(tokens: Token[], word: string, part: string, offset: number, at: number): void {
  if (word[offset - 1] === "'" && /^(s|re|ve|ll|d|m|t)$/i.test(part)) {
    if (part.toLowerCase() === 't' && CONTRACTED_NOT.test(word.slice(Math.max(0, offset - 2), offset + 1)))
      negate(tokens, word, at);
    return;
  }
  let start = at + offset;
  for (const piece of part.split(CASE_BREAK)) {
    addPart(tokens, piece, start);
    start += piece.length;
  }
}

/** Turns the token of "isn" (or "ca", "wo") into its verb and adds the "not". */
function negate(tokens: Token[], word: string, at: number): void {
  const last = tokens.at(-1);
  if (!last) return;
  const contracted = word.slice(last.start - at, last.end - at).toLowerCase();
  const verb = contracted.replace(/n$/, '');
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

/** The offsets at which the sentences of a text end, ascending, by Unicode's sentence boundaries (UAX #29). */
export function sentenceEnds(text: string): number[] {
  return Array.from(SENTENCES.segment(text), ({ index, segment }) => index + segment.length);
}

/** Bases, each followed by its irregular forms and by forms that the rules below would spoil. */
const IRREGULAR =
  'send sent, come came, go went, give gave given, get got, lose lost, break broke broken, hang hung, ' +
  'show shown showed, hide hid hidden, withhold withheld, begin began begun, write wrote written, find found, ' +
  'build built, leave left, keep kept, hold held, die died dies dying, deny denied denies, try tried tries, ' +
  'apply applied applies, verify verified verifies, choose chosen chose, forget forgot forgotten, mean meant, ' +
  'miss missing missed';
const BASES = new Map(IRREGULAR.split(', ').flatMap(formsWithBase));

/** No English word is longer: on a word of a hundred thousand letters the rules below would take minutes. */
const ENGLISH = /^[a-z]{3,60}$/;

function formsWithBase(words: string): [form: string, stem: string][] {
  const [base = '', ...forms] = words.split(' ');
  return forms.map((form) => [form, withoutFinalE(base)]);
}

/**
 * Takes inflection (plural, -ed, -ing) off an English word and leaves derivation alone, so that "organization"
 * stays apart from "organ". Words with other letters come back as they are.
 *
 * @param word in lower case
 */
export function stem(word: string): string {
  if (!ENGLISH.test(word)) return word;
  return BASES.get(word) ?? withoutFinalE(withoutTense(singular(word)));
}

function singular(word: string): string {
  if (/[^aeiouy]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  const base = /^(.*[aeiouy].*)(?:ed|ing)$/.exec(word)?.[1];
  if (!base || base.length < 2) return word;
  if (word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  return /(.)\1$/.test(base) && !/(?:ll|ss|zz)$/.test(base) ? base.slice(0, -1) : base;
}

function withoutFinalE(word: string): string {
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
