import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { matchInSentence, type Phrase, partsOf } from './phrase.ts';
import { indexTokens, type TokenIndex } from './reading.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import type { Span } from './terms.ts';

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
  /** The text as readers see it; spans are offsets into it. */
  text: string;
  /** Those that it names first, then those that are nearest. */
  results: Tried[];
}

/** The most results that do not name a scenario. */
const MOST_OTHERS = 6;
const MOST_NAMED = 50;
/** The least share of a phrase's words for it to be told of. */
const LEAST_SHARE = 0.5;

const RANK = { names: 0, excepted: 1, negated: 2, apart: 3, lacks: 4 } as const;

/** Tells which scenarios words would name if they stood on a page, and what keeps them from naming others. */
export function trySentence(words: string, place: TriedPlace, scenarios: readonly Scenario[]): TriedSentence {
  const text = readerText(words).slice(0, 2000);
  const index = indexTokens(text, place !== 'sentence');
  const results = scenarios.flatMap((scenario) => nearestFirst(tried(termsOf(scenario), index)).slice(0, 1));
  const [named, others] = [results.filter(isNamed), results.filter((result) => !isNamed(result))];
  return {
    text,
    results: [...nearestFirst(named).slice(0, MOST_NAMED), ...nearestFirst(others).slice(0, MOST_OTHERS)],
  };
}

function isNamed({ outcome }: Tried): boolean {
  return outcome === 'names';
}

function nearestFirst(all: readonly Tried[]): Tried[] {
  return all.toSorted((a, b) => RANK[a.outcome] - RANK[b.outcome] || a.lacks.length - b.lacks.length);
}

/** What the words are to each code and symptom of a scenario. */
function tried(terms: ScenarioTerms, index: TokenIndex): Tried[] {
  const { scenario } = terms;
  const codes = terms.codes.flatMap(({ source: term, find }): Tried[] => {
    const span = find(index.text, index.folded);
    if (!span) return [];
    const outcome = terms.exceptionTo(index, [], span) ? 'excepted' : 'names';
    return [{ scenario, outcome, field: 'code', term, lacks: [], spans: [span] }];
  });
  const symptoms = terms.symptoms.flatMap((symptom): Tried[] => {
    const found = triedSymptom(symptom, terms, index);
    return found ? [{ scenario, field: 'symptom', term: symptom.source, ...found }] : [];
  });
  return [...codes, ...symptoms];
}

function triedSymptom(
  phrase: Phrase,
  terms: ScenarioTerms,
  index: TokenIndex,
): Pick<Tried, 'outcome' | 'lacks' | 'spans'> | null {
  const found = matchInSentence(phrase, index, []);
  if (found) {
    const isCancelled = terms.exceptionTo(index, [], found.inText[0]!);
    return { outcome: isCancelled ? 'excepted' : 'names', lacks: [], spans: found.inText };
  }
  const unguarded = matchInSentence({ ...phrase, negative: true }, index, []);
  if (unguarded) return { outcome: 'negated', lacks: [], spans: unguarded.inText };
  const { spans, lacking } = partsOf(phrase.groups, index);
  if (lacking.length === 0) return { outcome: 'apart', lacks: [], spans };
  if (spans.length < LEAST_SHARE * phrase.groups.length) return null;
  return { outcome: 'lacks', lacks: lacking.map(({ source }) => source), spans };
}
