import { isFunctionStem } from '../../../coverage/phrase.ts';
import { tokenize } from '../../../coverage/terms.ts';
import { FUNCTION_WORDS, namesFailure } from '../../../registry/words.ts';

/** A word of running text as it is written; a compound is one word. */
interface Word {
  text: string;
  stems: string[];
}

export interface PhraseOptions {
  /** At most so many words. */
  most: number;
  /** How much a word tells: little for one that stands in many places. */
  weight: (stem: string) => number;
  /** The phrase must say that something went wrong. */
  failing?: boolean;
  /** Stems that tell little here, for they stand in the label anyway. */
  known?: ReadonlySet<string>;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_.'][\p{L}\p{N}\p{M}]+)*/gu;
const NEGATION = /^(?:not|no|never|without|cannot)$/i;
const LONGEST_WORD = 40;
const LEAST_WORDS = 2;
/** Words of running text that tell nothing of what they stand beside. */
const WEAK = new Set(
  (
    'every new following different other another usually often typically commonly likely most more many some such way ' +
    'ways thing things time times case cases example kind already still even however instead seeing see appears happens ' +
    'occurs means indicates first second last make makes sure common using used use uses user users'
  ).split(' '),
);
const WEAK_WORTH = 0.3;
/** A word that the label has already tells of this failure, and nothing of its cause. */
const KNOWN_WORTH = 0.2;
const IDENTIFIER_WORTH = 1.5;

/** Phrases of neighbouring words that tell most of a text, best first: none reaches across a clause. */
export function tellingPhrases(text: string, options: PhraseOptions): string[] {
  const windows: { phrase: string; worth: number }[] = [];
  for (const clause of clausesOf(text)) {
    for (let from = 0; from < clause.length; from += 1) {
      for (let size = LEAST_WORDS; size <= options.most && from + size <= clause.length; size += 1) {
        const words = clause.slice(from, from + size);
        if (!isPhrase(words, options)) continue;
        windows.push({ phrase: words.map(({ text: word }) => word).join(' '), worth: worthOf(words, options) });
      }
    }
  }
  windows.sort((a, b) => b.worth - a.worth);
  return [...new Set(windows.map(({ phrase }) => phrase))];
}

/** The words of a text that tell something, parted where a clause, a cell or a sentence ends. */
function clausesOf(text: string): Word[][] {
  const clauses: Word[][] = [];
  let end = 0;
  let startsClause = true;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    startsClause ||= /[,;:()|.!?\n\u2014]|\s-\s/.test(text.slice(end, index));
    end = index + word.length;
    const stems = tokenize(word).map(({ stem }) => stem);
    const isFunction = FUNCTION_WORDS.has(word.toLowerCase()) || stems.every(isFunctionStem);
    if (word.length > LONGEST_WORD || (isFunction && !NEGATION.test(word))) continue;
    if (startsClause) clauses.push([]);
    clauses.at(-1)?.push({ text: word.replace(/'s$/, ''), stems });
    startsClause = false;
  }
  return clauses;
}

function isPhrase(words: readonly Word[], { failing, known }: PhraseOptions): boolean {
  const said = words.map(({ text }) => text);
  const isRepeating = new Set(said.map((word) => word.toLowerCase())).size < said.length;
  if (isRepeating || NEGATION.test(said.at(-1) ?? '') || said.every((word) => /^[\d.]+$/.test(word))) return false;
  if (failing && !said.some(namesFailure)) return false;
  return !known || words.some(({ text, stems }) => !NEGATION.test(text) && !stems.every((stem) => known.has(stem)));
}

/** What each word tells, so that a longer phrase counts more; a negation turns the meaning and must not be left out. */
function worthOf(words: readonly Word[], { weight, known }: PhraseOptions): number {
  return words.reduce((sum, { text, stems }) => {
    if (WEAK.has(text.toLowerCase())) return sum + WEAK_WORTH;
    const own = Math.max(...stems.map((stem) => weight(stem) * (known?.has(stem) ? KNOWN_WORTH : 1)), 0);
    const shape = /_|\p{Ll}\p{Lu}/u.test(text) ? IDENTIFIER_WORTH : 1;
    return sum + (NEGATION.test(text) || namesFailure(text) ? own + 1 : own * shape);
  }, 0);
}
