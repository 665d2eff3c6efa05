import { symptomWeaknesses } from '../../lint-registry.ts';
import { scrub } from '../../scrub.ts';
import { FUNCTION_WORDS, isSpaceless, namesFailure } from '../../words.ts';
import type { Neutral } from './group-tickets.ts';
import type { Ticket } from './tickets.ts';

interface ProposedSymptom {
  phrase: string;
  /** Words of the title were left out, so a person should look at it. */
  unsure: boolean;
}

/** A phrase may have four words, but the more it has, the fewer writers use all of them. */
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
 * A phrase of two or three words by which docs may name the failure: the word that says so and the nearest words that
 * count, in their order. Null where the text has no such word, or no other.
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

/** The thing that fails mostly stands before the word for failure; `not` and `cannot` need the word behind them. */
function nearest(words: readonly string[], at: number): number[] {
  const behind = at === 0 ? [at + 1, at + 2] : [];
  const wanted = NEGATION.test(words[at]!) ? [at, at + 1, at - 1, at - 2, ...behind] : [at, at - 1, at - 2, ...behind];
  const there = wanted.filter((index) => index >= 0 && index < words.length);
  return [...new Set(there)].slice(0, MOST_WORDS).sort((a, b) => a - b);
}

/** More quotes would only make the registry long. */
export const MOST_QUOTES = 3;
/** With thousands of names, scrubbing is slow, and the first tickets say as much as the last ones. */
const MOST_READ = 50;
const SHORTEST_QUOTE = 20;
const LONGEST_QUOTE = 160;

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|regards|best|cheers|sent from)\b/i;

/**
 * A few sentences in which customers say what failed, one for each customer, in row order; with neutral words in the
 * place of names, addresses, ids and secrets.
 */
export function quotesOf(tickets: readonly Ticket[], neutral: Neutral): string[] {
  const quotes = new Map<string, string>();
  const heard = new Set<string>();
  for (const { customer, quote, names } of tickets.slice(0, MOST_READ)) {
    if (quotes.size === MOST_QUOTES) break;
    if (customer !== '' && heard.has(customer)) continue;
    const sentence = tellingSentence(quote);
    if (sentence === null) continue;
    const said = neutral(scrub(sentence, names)).trim();
    const key = said.replace(/\d+/g, '0').toLowerCase();
    if (!isMostlyNeutral(said) && !quotes.has(key)) quotes.set(key, said);
    heard.add(customer);
  }
  return [...quotes.values()];
}

/** The first sentence with a word for a failure, else the first that says something. */
function tellingSentence(text: string): string | null {
  const sentences = text
    .split(/(?<=[.!?。！？])\s+|(?<=[。！？])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= SHORTEST_QUOTE && !GREETING.test(sentence) && !sentence.startsWith('>'));
  const telling = sentences.find((sentence) => sentence.split(/\s+/).some((word) => namesFailure(word)));
  const chosen = telling ?? sentences[0];
  return chosen === undefined ? null : shortened(chosen);
}

function shortened(sentence: string): string {
  const points = [...sentence];
  if (points.length <= LONGEST_QUOTE) return sentence;
  const cut = points.slice(0, LONGEST_QUOTE - 1).join('');
  return `${cut.replace(/\s+\S*$/, '')}…`;
}

function isMostlyNeutral(text: string): boolean {
  const rest = text.replace(/\[(?:name|id|e-mail|ticket|phone|secret|support link)\]/g, '');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length < SHORTEST_QUOTE / 2;
}
