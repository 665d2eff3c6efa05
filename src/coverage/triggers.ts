import type { ContentBlock, Section } from '../docs/site/page.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Match } from './coverage.ts';
import { matchInSentence, type Span } from './match-phrase.ts';
import type { Phrase } from './phrase.ts';
import type { Reading } from './reading.ts';
import { matchAt } from './requirements.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import type { TokenIndex } from './token-index.ts';

/** A place that names a failure. */
export interface Trigger {
  section: Section;
  /** Null for a claim, which stands in a comment. */
  block: ContentBlock | null;
  match: Match;
  /** The section's label or the row's first cell names the failure, or a claim does. */
  byLabel: boolean;
}

/** Everything on a page that names a scenario: codes, symptoms and claims, in reading order. */
export function findTriggers(reading: Reading, scenario: Scenario): Trigger[] {
  const triggers = findClaims(reading, scenario);
  for (const { block, section } of reading.blocks) {
    const trigger = findTriggerIn(reading, scenario, section, block);
    if (trigger) triggers.push(trigger);
  }
  return triggers;
}

function findClaims(reading: Reading, scenario: Scenario): Trigger[] {
  return reading.content.sections.flatMap((section) => {
    const claim = section.claims.find(({ id }) => id === scenario.id);
    if (!claim) return [];
    const { id, line } = claim;
    const match: Match = { field: 'claim', term: id, words: [id], path: section.path, line, where: 'comment' };
    return [{ section, block: null, byLabel: true, match }];
  });
}

/** What of a block names a scenario: a code before a symptom. */
export function findTriggerIn(
  reading: Reading,
  scenario: Scenario,
  section: Section,
  block: ContentBlock,
): Trigger | null {
  if (block.kind === 'head') return null;
  const terms = termsOf(scenario);
  const index = reading.index(block);
  return findCode(reading, terms, section, block, index) ?? findSymptom(reading, terms, section, block, index);
}

function findCode(
  reading: Reading,
  terms: ScenarioTerms,
  section: Section,
  block: ContentBlock,
  index: TokenIndex,
): Trigger | null {
  for (let i = 0; i < terms.codes.length; i += 1) {
    const code = terms.codes[i]!;
    if (!terms.codeStems[i]?.every((word) => index.positions.has(word))) continue;
    const found = code.find(block.text);
    if (!found || exceptionTo(terms.except, index, reading.labels(section), found)) continue;
    const words = [block.text.slice(found.start, found.end)];
    return triggerAt(section, block, matchAt('code', code.source, block, { words, inText: [found] }), [found]);
  }
  return null;
}

function triggerAt(section: Section, block: ContentBlock, match: Match, spans: readonly Span[]): Trigger {
  const end = labelEnd(section, block);
  const byLabel = spans.every((span) => span.start < end);
  if (byLabel && section.kind === 'item') match.where = 'label';
  return { section, block, match, byLabel };
}

/** Where the part of a block ends that titles its section: a label, a row's first cell, a list item's lead. */
function labelEnd(section: Section, block: ContentBlock): number {
  if (block.kind === 'label') return block.text.length;
  if (block.kind === 'row') return block.cells?.[0] ?? block.text.length;
  return section.kind === 'item' && block === section.blocks[0] ? section.label.length : 0;
}

function findSymptom(
  reading: Reading,
  terms: ScenarioTerms,
  section: Section,
  block: ContentBlock,
  index: TokenIndex,
): Trigger | null {
  if (block.kind === 'code' || block.kind === 'attribute') return null;
  const labels = block.kind === 'label' ? [] : reading.labels(section);
  for (const symptom of terms.symptoms) {
    const found = matchInSentence(symptom, index, labels);
    const first = found?.inText[0];
    if (!found || !first || exceptionTo(terms.except, index, labels, first)) continue;
    const match = matchAt('symptom', symptom.source, block, found);
    return triggerAt(section, block, match, found.inText);
  }
  return null;
}

/** The `except` phrase, if any, that cancels a hit: in its own sentence or in a label that counts along. */
export function exceptionTo(
  except: readonly Phrase[],
  text: TokenIndex,
  labels: readonly TokenIndex[],
  hit: Span,
): Phrase | null {
  const cancels = (phrase: Phrase) =>
    labels.some((label) => matchInSentence(phrase, label, []) !== null) ||
    matchInSentence(phrase, sentenceAt(text, hit.start), []) !== null;
  return except.find(cancels) ?? null;
}

/** The one sentence of a text that holds an offset. */
function sentenceAt(text: TokenIndex, offset: number): TokenIndex {
  let from = 0;
  for (const to of text.sentences()) {
    const last = text.tokens[to - 1];
    if (last && last.end > offset) return { ...text, sentences: () => [to], positions: between(text, from, to) };
    from = to;
  }
  return text;
}

function between(text: TokenIndex, from: number, to: number): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, readonly number[]>();
  for (const [stem, at] of text.positions) {
    const inside = at.filter((i) => i >= from && i < to);
    if (inside.length > 0) positions.set(stem, inside);
  }
  return positions;
}
