import { stem } from './stem.ts';
import { SYNONYMS } from './synonyms.ts';
import { type Token, tokenize } from './terms.ts';

/** One place of a phrase: any of its sequences of stems, each one word or a compound's parts in order. */
export interface WordGroup {
  /** As the registry has it: `blank|empty`. */
  source: string;
  sequences: string[][];
}

/** A phrase ready to be looked for: every group must be found, in any order. */
export interface Phrase {
  source: string;
  groups: WordGroup[];
  /** It contains a negation itself, so the negation guard does not apply. */
  negative: boolean;
}

const NEGATIONS = new Set(['not', 'no', 'never', 'without']);

const FUNCTION_STEMS = new Set(
  (
    'a an and are as at be been being but by can could did do does doing done for from get gets got had has have ' +
    'having he her him his how i if in into is it its itself just let me my of off on once one only or our ours out ' +
    'over own same she should so some such than that the their them then there these they this those through to too ' +
    'under until up us very was we were what when where which while who whom why will with would you your yours am ' +
    'also any each both may might must shall via per vs here yet though although because since says say'
  )
    .split(' ')
    .map(stem),
);

const synonymsByWords = groupSynonyms();

function groupSynonyms(): Map<string, string[][][]> {
  const byWords = new Map<string, string[][][]>();
  for (const words of SYNONYMS) {
    const sequences = words.map((word) => tokenize(word).map((token) => token.stem));
    for (const sequence of sequences) {
      const key = sequence.join(' ');
      byWords.set(key, [...(byWords.get(key) ?? []), sequences]);
    }
  }
  return byWords;
}

const compiled = new Map<string, Phrase>();
const COMPILED_LIMIT = 100_000;

/**
 * Compiles a phrase of the registry: function words are dropped (negations kept), `a|b` is a closed choice, synonyms
 * serve words without alternatives.
 *
 * @param source a phrase of normalised text; one without any word yields no groups and matches nothing
 */
export function compilePhrase(source: string): Phrase {
  const known = compiled.get(source);
  if (known) return known;
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  const groups = distinct(wordGroups(source));
  const negative = groups.some((group) => group.sequences.some(isNegation));
  const phrase = { source, groups, negative };
  compiled.set(source, phrase);
  return phrase;
}

/** "not", "cannot", "isn't": a negation with nothing else that means something. */
function isNegation(sequence: string[]): boolean {
  return (
    sequence.some((word) => NEGATIONS.has(word)) &&
    sequence.every((word) => NEGATIONS.has(word) || isFunctionStem(word))
  );
}

function wordGroups(source: string): WordGroup[] {
  const words = source.split(/\s+/).filter(Boolean);
  const content = words.filter((word) => word.includes('|') || !isFunctionWord(word));
  const meant = content.length > 0 ? words : [];
  const groups: WordGroup[] = [];
  for (let i = 0; i < meant.length; i += 1) {
    const word = meant[i] as string;
    const pair = synonymPair(word, meant[i + 1]);
    if (pair) {
      groups.push({ source: `${word} ${meant[i + 1]}`, sequences: pair });
      i += 1;
    } else if (word.includes('|') || !isFunctionWord(word)) groups.push(...wordGroup(word));
  }
  return content.length > 0 ? groups : words.flatMap(wordGroup);
}

/** "log in" is one meaning although "in" alone is a function word. */
function synonymPair(word: string, next: string | undefined): string[][] | null {
  if (!next || word.includes('|') || next.includes('|')) return null;
  const sequence = tokenize(`${word} ${next}`).map((token) => token.stem);
  const synonyms = synonymsByWords.get(sequence.join(' '));
  return synonyms ? [sequence, ...synonyms.flat()] : null;
}

function isFunctionWord(word: string): boolean {
  return tokenize(word).every((token) => isFunctionStem(token.stem));
}

/** True for the words that carry no meaning of their own; negations are not among them. */
export function isFunctionStem(word: string): boolean {
  return FUNCTION_STEMS.has(word);
}

function wordGroup(word: string): WordGroup[] {
  const alternatives = word.split('|').map((alternative) => tokenize(alternative).map((token) => token.stem));
  const sequences = alternatives.filter((sequence) => sequence.length > 0);
  if (sequences.length === 0) return [];
  const only = sequences.length === 1 ? (sequences[0] as string[]) : null;
  const synonyms = only ? (synonymsByWords.get(only.join(' ')) ?? []).flat() : [];
  return [{ source: word, sequences: [...sequences, ...synonyms] }];
}

function distinct(groups: WordGroup[]): WordGroup[] {
  const seen = new Set<string>();
  return groups.filter((group) => {
    group.sequences = unique(group.sequences);
    const key = group.sequences
      .map((sequence) => sequence.join(' '))
      .sort()
      .join('|');
    return !seen.has(key) && seen.add(key);
  });
}

function unique(sequences: string[][]): string[][] {
  return [...new Map(sequences.map((sequence) => [sequence.join(' '), sequence])).values()];
}

/** True when the word at a position is negated: it stands within two words after a negation of the same sentence. */
export function isNegated(tokens: readonly Token[], at: number, from: number): boolean {
  return negationBefore(tokens, at, from) !== null;
}

/** The negation within two words before a position of the same sentence; null where there is none. */
export function negationBefore(tokens: readonly Token[], at: number, from: number): Token | null {
  for (let i = Math.max(from, at - 2); i < at; i += 1) {
    const token = tokens[i];
    if (token && NEGATIONS.has(token.stem)) return token;
  }
  return null;
}
