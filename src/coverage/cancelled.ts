import type { Section } from '../docs/site/page.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Match } from './coverage.ts';
import { matchInSentence } from './match-phrase.ts';
import { negationBefore } from './phrase.ts';
import type { Reading } from './reading.ts';
import { matchAt } from './requirements.ts';
import { termsOf } from './scenario-terms.ts';
import type { TokenIndex } from './token-index.ts';
import { exceptionTo, findTriggerIn } from './triggers.ts';

/** Words that would name a scenario, but for something beside them. */
export interface Cancelled {
  section: Section;
  match: Match;
  by: 'except' | 'negation';
  /** The phrase of the registry's `except`, or the negation as it stands on the page. */
  word: string;
}

/** What a page says that names a scenario only at first sight. */
export function cancelledHits(reading: Reading, scenario: Scenario): Cancelled[] {
  return reading.blocks.flatMap(({ block, section }) => {
    if (block.kind === 'head') return [];
    if (findTriggerIn(reading, scenario, section, block)) return [];
    return cancelledIn(reading, scenario, section, block) ?? [];
  });
}

type Block = Parameters<Reading['index']>[0];

function cancelledIn(reading: Reading, scenario: Scenario, section: Section, block: Block): Cancelled | null {
  const terms = termsOf(scenario);
  const index = reading.index(block);
  const labels = block.kind === 'label' ? [] : reading.labels(section);
  for (const code of terms.codes) {
    const found = code.find(block.text);
    const except = found && exceptionTo(terms.except, index, reading.labels(section), found);
    if (!found || !except) continue;
    const words = [block.text.slice(found.start, found.end)];
    const match = matchAt('code', code.source, block, { words, inText: [found] });
    return { section, match, by: 'except', word: except.source };
  }
  if (block.kind === 'code' || block.kind === 'attribute') return null;
  for (const symptom of terms.symptoms) {
    const found = matchInSentence({ ...symptom, negative: true }, index, labels);
    const first = found?.inText[0];
    if (!found || !first) continue;
    const match = matchAt('symptom', symptom.source, block, found);
    const except = exceptionTo(terms.except, index, labels, first);
    if (except) return { section, match, by: 'except', word: except.source };
    const negation = negationOf(found.inText, index);
    if (negation) return { section, match, by: 'negation', word: negation };
  }
  return null;
}

function negationOf(spans: readonly { start: number }[], { tokens, sentences, text }: TokenIndex): string | null {
  for (const span of spans) {
    const at = tokens.findIndex(({ start }) => start === span.start);
    const from = sentences().findLast((end) => end <= at) ?? 0;
    const negation = at < 0 ? null : negationBefore(tokens, at, from);
    if (negation) return text.slice(negation.start, negation.end);
  }
  return null;
}
