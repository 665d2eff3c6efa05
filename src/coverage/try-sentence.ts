import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { matchInBlock, matchInSentence, type Span } from './match-phrase.ts';
import type { Phrase, WordGroup } from './phrase.ts';
import { termsOf } from './scenario-terms.ts';
import { indexTokens, type TokenIndex } from './token-index.ts';
import { exceptionTo } from './triggers.ts';

/** Where the words would stand on a page. */
export type TriedPlace = 'label' | 'sentence' | 'row';

/**
 * What one sentence is to a scenario: it names the failure, or why it does not. A phrase may be cancelled by `except`,
 * held back by the negation guard, spread over two sentences, or lack words.
 */
export interface Tried {
  scenario: Scenario;
  outcome: 'names' | 'excepted' | 'negated' | 'apart' | 'lacks';
  field: 'code' | 'symptom';
  /** The code or phrase that comes nearest, as the registry has it. */
  term: string;
  /** The words that it lacks, as the registry has them. */
  lacks: string[];
  /** The words that were found, in `text`. */
  spans: Span[];
}

export interface TriedSentence {
  /** As readers see it: what the spans count in. */
  text: string;
  /** Those that it names first, then those that are nearest. */
  results: Tried[];
}

/** Of those that it does not name. */
const MOST_OTHERS = 6;
const MOST_NAMED = 50;
/** Of a phrase that is worth telling of, at least this much must be there. */
const LEAST_SHARE = 0.5;

const RANK = { names: 0, excepted: 1, negated: 2, apart: 3, lacks: 4 } as const;

/** Which scenarios words would name if they stood on a page, and what keeps them from naming others. */
export function trySentence(words: string, place: TriedPlace, scenarios: readonly Scenario[]): TriedSentence {
  const text = readerText(words).slice(0, 2000);
  const index = indexTokens(text, place !== 'sentence');
  const results = scenarios.flatMap((scenario) => tried(scenario, index) ?? []);
  results.sort((a, b) => RANK[a.outcome] - RANK[b.outcome] || a.lacks.length - b.lacks.length);
  const named = results.filter(({ outcome }) => outcome === 'names').slice(0, MOST_NAMED);
  const others = results.filter(({ outcome }) => outcome !== 'names').slice(0, MOST_OTHERS);
  return { text, results: [...named, ...others] };
}

function tried(scenario: Scenario, index: TokenIndex): Tried | null {
  const terms = termsOf(scenario);
  const all: Tried[] = [];
  for (const code of terms.codes) {
    const span = code.find(index.text);
    if (!span) continue;
    const outcome = exceptionTo(terms.except, index, [], span) ? 'excepted' : 'names';
    all.push({ scenario, outcome, field: 'code', term: code.source, lacks: [], spans: [span] });
  }
  for (const symptom of terms.symptoms) all.push(...triedSymptom(scenario, symptom, index));
  all.sort((a, b) => RANK[a.outcome] - RANK[b.outcome] || a.lacks.length - b.lacks.length);
  return all[0] ?? null;
}

function triedSymptom(scenario: Scenario, phrase: Phrase, index: TokenIndex): Tried[] {
  const { source: term, groups } = phrase;
  const of = (outcome: Tried['outcome'], spans: Span[], lacks: string[] = []): Tried[] => {
    return [{ scenario, outcome, field: 'symptom', term, lacks, spans }];
  };
  const found = matchInSentence(phrase, index, []);
  if (found) {
    const isCancelled = exceptionTo(termsOf(scenario).except, index, [], found.inText[0] as Span);
    return of(isCancelled ? 'excepted' : 'names', found.inText);
  }
  const unguarded = matchInSentence({ ...phrase, negative: true }, index, []);
  if (unguarded) return of('negated', unguarded.inText);
  const held = groups.map((group) => ({ group, span: spanOf(group, index) }));
  const spans = held.flatMap(({ span }) => span ?? []);
  const lacks = held.flatMap(({ group, span }) => (span ? [] : [group.source]));
  if (lacks.length === 0) return of('apart', spans);
  return spans.length >= LEAST_SHARE * groups.length ? of('lacks', spans, lacks) : [];
}

function spanOf(group: WordGroup, index: TokenIndex): Span | null {
  return matchInBlock({ source: group.source, groups: [group], negative: true }, index)?.inText[0] ?? null;
}
