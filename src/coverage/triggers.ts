import type { ContentBlock, Section } from '../docs/page.ts';
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
  const terms = termsOf(scenario);
  const triggers = findClaims(reading, scenario);
  for (const { block, section } of reading.blocks) {
    const trigger = findInBlock(reading, terms, section, block);
    if (trigger) triggers.push(trigger);
  }
  return triggers;
}

/** Whether a section names a scenario by its own words; its sub-sections do not count. */
export function namesScenario(reading: Reading, section: Section, scenario: Scenario): Match | null {
  const terms = termsOf(scenario);
  for (const block of section.blocks) {
    const trigger = findInBlock(reading, terms, section, block);
    if (trigger && trigger.match.where !== 'sample' && trigger.match.where !== 'card') return trigger.match;
  }
  return null;
}

function findClaims(reading: Reading, scenario: Scenario): Trigger[] {
  const claiming = reading.content.sections.filter((section) => section.claims.includes(scenario.id));
  return claiming.map((section) => ({
    section,
    block: null,
    byLabel: true,
    match: {
      field: 'claim',
      term: scenario.id,
      words: [scenario.id],
      path: section.path,
      line: section.line,
      where: 'comment',
    },
  }));
}

function findInBlock(reading: Reading, terms: ScenarioTerms, section: Section, block: ContentBlock): Trigger | null {
  if (block.kind === 'head') return null;
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
    if (!found || isExcepted(terms.except, index, reading.labels(section), found)) continue;
    const words = [block.text.slice(found.start, found.end)];
    const match = matchAt('code', code.source, block, { words, start: found.start });
    return { section, block, match, byLabel: standsInLabel(block, found) };
  }
  return null;
}

function standsInLabel(block: ContentBlock, found: Span): boolean {
  return block.kind === 'label' || (block.kind === 'row' && found.start < (block.cells?.[0] ?? block.text.length));
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
    if (!found || !first || isExcepted(terms.except, index, labels, first)) continue;
    const match = matchAt('symptom', symptom.source, block, { words: found.words, start: first.start });
    return {
      section,
      block,
      match,
      byLabel: block.kind === 'label' || isInFirstCell(symptom, block, reading, section),
    };
  }
  return null;
}

function isInFirstCell(symptom: Phrase, block: ContentBlock, reading: Reading, section: Section): boolean {
  const end = block.kind === 'row' ? (block.cells?.[0] ?? block.text.length) : 0;
  const found = end > 0 ? matchInSentence(symptom, reading.index(block), reading.labels(section)) : null;
  return found?.inText.every((span) => span.start < end) ?? false;
}

/** An `except` phrase cancels a hit in its own sentence or in a label that counts along. */
function isExcepted(except: readonly Phrase[], text: TokenIndex, labels: readonly TokenIndex[], hit: Span): boolean {
  return except.some(
    (phrase) =>
      labels.some((label) => matchInSentence(phrase, label, []) !== null) ||
      matchInSentence(phrase, sentenceAt(text, hit.start), []) !== null,
  );
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
