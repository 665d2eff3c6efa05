import { FUNCTION_WORDS, namesFailure, symptomWeaknesses } from '../../lint-symptom.ts';
import { isSpaceless } from '../../private-names.ts';

export interface ProposedSymptom {
  phrase: string;
  /** Words of the title were left out, so a person should look at it. */
  unsure: boolean;
}

/** A phrase may have four, but with each of them fewer writers use all. */
const MOST_WORDS = 3;
const LONGEST_SPACELESS = 24;

/** Words of tickets that say nothing of the failure. */
const CHATTER = new Set(
  (
    'please help urgent issue issues question problem problems hi hello hey dear thanks thank regarding getting get gets ' +
    'got why how what just still really very again need needs want try trying tried keep keeps seeing see new some any ' +
    'about'
  ).split(' '),
);

/**
 * A phrase of two or three words by which docs may name the failure: the failure's word and the nearest words that count,
 * in their order. Null where the text has no such word, or nothing beside it.
 */
export function symptomOf(text: string): ProposedSymptom | null {
  if (isSpaceless(text)) return spaceless(text);
  const words = wordsOf(text);
  const at = words.findIndex((word) => namesFailure(word));
  if (at < 0) return null;
  const chosen = nearest(words, at);
  const phrase = chosen.map((index) => words[index]!).join(' ');
  if (symptomWeaknesses(phrase, true).length > 0) return null;
  return { phrase, unsure: chosen.length < words.length };
}

function spaceless(text: string): ProposedSymptom | null {
  const phrase = text.replace(/[|{}]/g, '').trim();
  return [...phrase].length <= LONGEST_SPACELESS ? { phrase, unsure: true } : null;
}

function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}_]+(?:[-'’.][\p{L}\p{N}_]+)*/gu) ?? [];
  return words
    .map((word) => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word))
    .filter((word) => !FUNCTION_WORDS.has(word.toLowerCase()) && !CHATTER.has(word.toLowerCase()))
    .filter((word) => !/^\d+$/.test(word) || namesFailure(word))
    .filter((word, index, all) => all.indexOf(word) === index);
}

const NEGATION = /^(?:not|no|cannot|never|without|unable|can['’]t|won['’]t|\p{L}+n['’]t)$/iu;

/** What fails mostly stands before the failure's word; `not` and `cannot` say nothing without the word behind. */
function nearest(words: readonly string[], at: number): number[] {
  const behind = at === 0 ? [at + 1, at + 2] : [];
  const wanted = NEGATION.test(words[at]!) ? [at, at + 1, at - 1, at - 2, ...behind] : [at, at - 1, at - 2, ...behind];
  const there = wanted.filter((index) => index >= 0 && index < words.length);
  return [...new Set(there)].slice(0, MOST_WORDS).sort((a, b) => a - b);
}
