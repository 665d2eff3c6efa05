import type { TokenIndex } from './reading.ts';
import { SYNONYMS } from './synonyms.ts';
import { type Span, stem, type Token, tokenize } from './terms.ts';

/** One place of a phrase: any of its sequences of stems, each one word or a compound's parts in order. */
export interface WordGroup {
  /** As the registry has it: `blank|empty`. */
  source: string;
  sequences: string[][];
}

/** A compiled phrase: every group must be found, in any order. */
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

/**
 * Compiles a phrase of the registry: function words are dropped (negations kept), `a|b` is a closed choice, synonyms
 * serve words without alternatives.
 *
 * @param source a phrase of normalised text; one without any word yields no groups and matches nothing
 */
export function compilePhrase(source: string): Phrase {
  const groups = distinct(wordGroups(source));
  return { source, groups, negative: groups.some((group) => group.sequences.some(isNegation)) };
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
  const isMeant = (word: string) => word.includes('|') || !isFunctionWord(word);
  if (!words.some(isMeant)) return words.flatMap(wordGroup);
  const groups: WordGroup[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    const pair = synonymPair(word, words[i + 1]);
    if (pair) {
      groups.push({ source: `${word} ${words[i + 1]}`, sequences: pair });
      i += 1;
    } else if (isMeant(word)) groups.push(...wordGroup(word));
  }
  return groups;
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
  const byMeaning = new Map<string, WordGroup>();
  for (const { source, sequences } of groups) {
    const unique = new Map(sequences.map((sequence) => [sequence.join(' '), sequence]));
    const meaning = [...unique.keys()].sort().join('|');
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, { source, sequences: [...unique.values()] });
  }
  return [...byMeaning.values()];
}

/** Where a phrase was found; `inText` spans are of the text itself, the rest of the words stand in a label. */
export interface PhraseMatch {
  words: string[];
  inText: Span[];
  inLabels: string[];
}

/** Where a group stands in a text: `length` tokens from index `at` on. */
interface Place {
  at: number;
  length: number;
}

/**
 * Looks for a phrase within one sentence, labels counting along: all groups, at least one of them in the sentence.
 * A word within two words after a negation is no hit unless the phrase is negative itself.
 */
export function matchInSentence(phrase: Phrase, text: TokenIndex, labels: readonly TokenIndex[]): PhraseMatch | null {
  const groups: { places: Place[]; inLabel: string | null }[] = [];
  for (const group of phrase.groups) {
    const places = placesOf(group, text);
    const inLabel = wordInLabels(group, labels, phrase.negative);
    if (places.length === 0 && inLabel === null) return null;
    groups.push({ places, inLabel });
  }
  if (groups.every(({ places }) => places.length === 0)) return null;
  let start = 0;
  for (const end of text.sentences()) {
    const from = start;
    const isHit = ({ at }: Place) =>
      at >= from && at < end && (phrase.negative || !negationBefore(text.tokens, at, from));
    const found = groups.map(({ places, inLabel }) => places.find(isHit) ?? inLabel);
    const match = found.includes(null) ? null : matchOf(found as (Place | string)[], text);
    if (match && match.inText.length > 0) return match;
    start = end;
  }
  return null;
}

/** @param found for each group its place in the text, or the word of a label */
function matchOf(found: readonly (Place | string)[], text: TokenIndex): PhraseMatch {
  const inText = found.flatMap((each) => (typeof each === 'string' ? [] : [spanOf(text, each)]));
  const words = found.map((each) => (typeof each === 'string' ? each : textOf(text, spanOf(text, each))));
  return { words, inText, inLabels: found.filter((each) => typeof each === 'string') };
}

/** Looks for a cause: all groups anywhere in the text, without the negation guard. */
export function matchInBlock(phrase: Phrase, text: TokenIndex): PhraseMatch | null {
  const { spans, lacking } = partsOf(phrase.groups, text);
  if (spans.length === 0 || lacking.length > 0) return null;
  return { words: spans.map((span) => textOf(text, span)), inText: spans, inLabels: [] };
}

export interface PhraseParts {
  spans: Span[];
  lacking: WordGroup[];
}

/** Finds the first place of each group in a part of a text, and the groups that have none there. */
export function partsOf(
  groups: readonly WordGroup[],
  text: TokenIndex,
  from = 0,
  to = text.tokens.length,
): PhraseParts {
  const spans: Span[] = [];
  const lacking: WordGroup[] = [];
  for (const group of groups) {
    const first = placesOf(group, text).find(({ at }) => at >= from && at < to);
    if (first) spans.push(spanOf(text, first));
    else lacking.push(group);
  }
  return { spans, lacking };
}

/** Finds a group in labels: the word of the first label that holds it, or null. */
export function wordInLabels(group: WordGroup, labels: readonly TokenIndex[], negative: boolean): string | null {
  for (const label of labels) {
    const hit = placesOf(group, label).find(({ at }) => negative || !negationBefore(label.tokens, at, 0));
    if (hit) return textOf(label, spanOf(label, hit));
  }
  return null;
}

/** The negation within two words before a position of the same sentence; null where there is none. */
export function negationBefore(tokens: readonly Token[], at: number, from: number): Token | null {
  for (let i = Math.max(from, at - 2); i < at; i += 1) {
    const token = tokens[i];
    if (token && NEGATIONS.has(token.stem)) return token;
  }
  return null;
}

/** Every place of a group in a text, in order of position. */
function placesOf(group: WordGroup, text: TokenIndex): Place[] {
  const found: Place[] = [];
  for (const sequence of group.sequences) {
    for (const at of text.positions.get(sequence[0] as string) ?? []) {
      const length = lengthAt(sequence, text, at);
      if (length > 0) found.push({ at, length });
    }
    if (sequence.length > 1) {
      for (const at of text.positions.get(sequence.join('')) ?? []) found.push({ at, length: 1 });
    }
  }
  return found.length > 1 ? found.sort((a, b) => a.at - b.at) : found;
}

function lengthAt(sequence: readonly string[], text: TokenIndex, at: number): number {
  if (sequence.length === 1) return text.tokens[at]?.stem === sequence[0] ? 1 : compoundLength(text, at);
  return sequence.every((stem, i) => i === 0 || text.tokens[at + i]?.stem === stem) ? sequence.length : 0;
}

/** How many tokens a joined compound spans; its parts touch each other but for one connector. */
function compoundLength({ text, tokens }: TokenIndex, at: number): number {
  let last = at;
  while (last + 1 < tokens.length) {
    const gap = text.slice(tokens[last]!.end, tokens[last + 1]!.start);
    if (gap !== '' && !/^[-_.]$/.test(gap)) break;
    last += 1;
  }
  return last - at + 1;
}

function spanOf({ tokens }: TokenIndex, { at, length }: Place): Span {
  const last = tokens[Math.min(at + length, tokens.length) - 1]!;
  return { start: tokens[at]!.start, end: last.end };
}

function textOf({ text }: TokenIndex, { start, end }: Span): string {
  return text.slice(start, end);
}
