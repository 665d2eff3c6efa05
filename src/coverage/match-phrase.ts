import { isNegated, type Phrase, type WordGroup } from './phrase.ts';
import type { TokenIndex } from './token-index.ts';

/** A found word of a phrase: offsets into the text it was found in. */
export interface Span {
  start: number;
  end: number;
}

/** Where a phrase was found; `inText` spans are of the text itself, the rest of the words stand in a label. */
export interface PhraseMatch {
  words: string[];
  inText: Span[];
  inLabels: string[];
}

/**
 * Looks for a phrase within one sentence, labels counting along: all groups, at least one of them in the sentence.
 * A word within two words after a negation is no hit unless the phrase is negative itself.
 */
export function matchInSentence(phrase: Phrase, text: TokenIndex, labels: readonly TokenIndex[]): PhraseMatch | null {
  if (phrase.groups.length === 0) return null;
  const found: Found[][] = [];
  const inLabels: (string | null)[] = [];
  for (const group of phrase.groups) {
    const at = positionsOf(group, text);
    const inLabel = labels.length > 0 ? findInLabels(group, labels, phrase.negative) : null;
    if (at.length === 0 && inLabel === null) return null;
    found.push(at);
    inLabels.push(inLabel);
  }
  let from = 0;
  for (const to of text.sentences()) {
    const match = matchBetween(phrase, text, found, inLabels, from, to);
    if (match) return match;
    from = to;
  }
  return null;
}

/** Looks for a cause: all groups anywhere in the text, without the negation guard. */
export function matchInBlock(phrase: Phrase, text: TokenIndex): PhraseMatch | null {
  if (phrase.groups.length === 0) return null;
  const spans: Span[] = [];
  for (const group of phrase.groups) {
    const first = positionsOf(group, text)[0];
    if (!first) return null;
    spans.push(spanOf(text, first));
  }
  return { words: spans.map((span) => text.text.slice(span.start, span.end)), inText: spans, inLabels: [] };
}

/** What of a phrase stands in a text: the first place of each group that does, and the groups that do not. */
export function partsOf(phrase: Phrase, text: TokenIndex, from = 0, to = text.tokens.length): PhraseParts {
  const spans: Span[] = [];
  const lacking: WordGroup[] = [];
  for (const group of phrase.groups) {
    const first = positionsOf(group, text).find(({ at }) => at >= from && at < to);
    if (first) spans.push(spanOf(text, first));
    else lacking.push(group);
  }
  return { spans, lacking };
}

export interface PhraseParts {
  spans: Span[];
  lacking: WordGroup[];
}

interface Found {
  at: number;
  length: number;
}

function matchBetween(
  phrase: Phrase,
  text: TokenIndex,
  found: Found[][],
  inLabels: (string | null)[],
  from: number,
  to: number,
): PhraseMatch | null {
  const inText: Span[] = [];
  const words: string[] = [];
  const labelled: string[] = [];
  for (let i = 0; i < found.length; i += 1) {
    const hit = found[i]?.find(
      (f) => f.at >= from && f.at < to && (phrase.negative || !isNegated(text.tokens, f.at, from)),
    );
    if (hit) {
      const span = spanOf(text, hit);
      inText.push(span);
      words.push(text.text.slice(span.start, span.end));
    } else {
      const word = inLabels[i];
      if (word === null || word === undefined) return null;
      words.push(word);
      labelled.push(word);
    }
  }
  return inText.length > 0 ? { words, inText, inLabels: labelled } : null;
}

function findInLabels(group: WordGroup, labels: readonly TokenIndex[], negative: boolean): string | null {
  for (const label of labels) {
    const hit = positionsOf(group, label).find((found) => negative || !isNegated(label.tokens, found.at, 0));
    if (hit) {
      const span = spanOf(label, hit);
      return label.text.slice(span.start, span.end);
    }
  }
  return null;
}

/** Every place of a group in a text, in order of position. */
function positionsOf(group: WordGroup, text: TokenIndex): Found[] {
  const found: Found[] = [];
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
  for (let i = 1; i < sequence.length; i += 1) if (text.tokens[at + i]?.stem !== sequence[i]) return 0;
  return sequence.length;
}

/** How many tokens a joined compound spans; its parts touch each other but for one connector. */
function compoundLength(text: TokenIndex, at: number): number {
  let last = at;
  while (last + 1 < text.tokens.length) {
    const gap = text.text.slice(text.tokens[last]!.end, text.tokens[last + 1]!.start);
    if (gap !== '' && !/^[-_.]$/.test(gap)) break;
    last += 1;
  }
  return last - at + 1;
}

function spanOf(text: TokenIndex, found: Found): Span {
  const first = text.tokens[found.at]!;
  const last = text.tokens[Math.min(found.at + found.length, text.tokens.length) - 1]!;
  return { start: first.start, end: last.end };
}
