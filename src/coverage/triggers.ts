import { type ContentBlock, lineAt, type Section } from '../docs/site/page.ts';
import type { Match } from './coverage.ts';
import { matchInSentence, negationBefore, type PhraseMatch } from './phrase.ts';
import { isProse, type ReadBlock, type Reading, type TokenIndex } from './reading.ts';
import type { ScenarioTerms } from './scenario-terms.ts';
import type { Span } from './terms.ts';

/** A place that names a failure. */
export interface Trigger {
  section: Section;
  /** Null for a claim, which stands in a comment. */
  block: ContentBlock | null;
  match: Match;
  /** The section's label or the row's first cell names the failure, or a claim does. */
  byLabel: boolean;
}

/** Finds everything on a page that names a scenario: claims, then codes and symptoms in reading order. */
export function findTriggers(reading: Reading, terms: ScenarioTerms): Trigger[] {
  const named = reading.blocks.flatMap((place) => findTriggerIn(reading, terms, place) ?? []);
  return [...findClaims(reading, terms.scenario.id), ...named];
}

function findClaims(reading: Reading, scenario: string): Trigger[] {
  return reading.content.sections.flatMap((section) => {
    const claim = section.claims.find(({ id }) => id === scenario);
    if (!claim) return [];
    const { id, line } = claim;
    const match: Match = { field: 'claim', term: id, words: [id], path: section.path, line, where: 'comment' };
    return [{ section, block: null, byLabel: true, match }];
  });
}

/** Finds what of a block names a scenario: a code before a symptom. */
function findTriggerIn(reading: Reading, terms: ScenarioTerms, place: ReadBlock): Trigger | null {
  if (place.block.kind === 'head') return null;
  return findCode(reading, terms, place) ?? findSymptom(reading, terms, place);
}

function findCode(reading: Reading, terms: ScenarioTerms, place: ReadBlock): Trigger | null {
  const index = reading.index(place.block);
  for (const { code, span } of terms.codesIn(index)) {
    if (terms.exceptionTo(index, reading.labels(place.section), span)) continue;
    return triggerAt(place, codeMatch(code.source, place.block, span));
  }
  return null;
}

function findSymptom(reading: Reading, terms: ScenarioTerms, place: ReadBlock): Trigger | null {
  if (!isProse(place.block)) return null;
  const index = reading.index(place.block);
  const labels = reading.labelsFor(place);
  for (const symptom of terms.symptoms) {
    const found = matchInSentence(symptom, index, labels);
    if (!found || terms.exceptionTo(index, labels, found.inText[0]!)) continue;
    return triggerAt(place, matchAt('symptom', symptom.source, place.block, found));
  }
  return null;
}

function triggerAt({ section, block }: ReadBlock, match: Match): Trigger {
  const end = labelEnd(section, block);
  const byLabel = match.found?.spans.every((span) => span.start < end) === true;
  if (byLabel && section.kind === 'item') match.where = 'label';
  return { section, block, match, byLabel };
}

/** Where the part of a block ends that titles its section: a label, a row's first cell, a list item's lead. */
function labelEnd(section: Section, block: ContentBlock): number {
  if (block.kind === 'label') return block.text.length;
  if (block.kind === 'row') return block.cells?.[0] ?? block.text.length;
  return section.kind === 'item' && block === section.blocks[0] ? section.label.length : 0;
}

/** The place of a match by the kind of its block. */
export const WHERE = {
  label: 'label',
  row: 'row',
  code: 'sample',
  attribute: 'card',
  prose: 'prose',
  head: 'row',
} as const;

/** Makes a match of a term and the words that were found for it in a block. */
export function matchAt(field: Match['field'], term: string, block: ContentBlock, found: PhraseMatch): Match {
  const { words, inText: spans, inLabels } = found;
  const line = lineAt(block, spans[0]?.start ?? 0);
  return { field, term, words, path: block.path, line, where: WHERE[block.kind], found: { block, spans, inLabels } };
}

/** The same for a code. */
export function codeMatch(term: string, block: ContentBlock, span: Span): Match {
  const words = [block.text.slice(span.start, span.end)];
  return matchAt('code', term, block, { words, inText: [span], inLabels: [] });
}

/** Words that would name a scenario if nothing beside them cancelled that. */
export interface Cancelled {
  section: Section;
  match: Match;
  by: 'except' | 'negation';
  /** The phrase of the registry's `except`, or the negation as it stands on the page. */
  word: string;
}

/** Finds the blocks of a page that would name a scenario if `except` or a negation did not cancel that. */
export function cancelledHits(reading: Reading, terms: ScenarioTerms): Cancelled[] {
  return reading.blocks.flatMap((place) => {
    if (place.block.kind === 'head' || findTriggerIn(reading, terms, place)) return [];
    return cancelledCode(reading, terms, place) ?? cancelledSymptom(reading, terms, place) ?? [];
  });
}

function cancelledCode(reading: Reading, terms: ScenarioTerms, { block, section }: ReadBlock): Cancelled | null {
  const index = reading.index(block);
  for (const code of terms.codes) {
    const span = code.find(block.text, index.folded);
    const except = span && terms.exceptionTo(index, reading.labels(section), span);
    if (!except) continue;
    return { section, match: codeMatch(code.source, block, span), by: 'except', word: except.source };
  }
  return null;
}

function cancelledSymptom(reading: Reading, terms: ScenarioTerms, place: ReadBlock): Cancelled | null {
  const { block, section } = place;
  if (!isProse(block)) return null;
  const index = reading.index(block);
  const labels = reading.labelsFor(place);
  for (const symptom of terms.symptoms) {
    const found = matchInSentence({ ...symptom, negative: true }, index, labels);
    if (!found) continue;
    const match = matchAt('symptom', symptom.source, block, found);
    const except = terms.exceptionTo(index, labels, found.inText[0]!);
    if (except) return { section, match, by: 'except', word: except.source };
    const negation = negationOf(found.inText, index);
    if (negation) return { section, match, by: 'negation', word: negation };
  }
  return null;
}

function negationOf(spans: readonly Span[], { tokens, sentences, text }: TokenIndex): string | null {
  for (const span of spans) {
    const at = tokens.findIndex(({ start }) => start === span.start);
    const from = sentences().findLast((end) => end <= at) ?? 0;
    const negation = at < 0 ? null : negationBefore(tokens, at, from);
    if (negation) return text.slice(negation.start, negation.end);
  }
  return null;
}
