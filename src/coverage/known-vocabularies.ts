import type { Scenario } from '../registry/registry.ts';
import { compileVocabulary } from './compile-vocabulary.ts';
import { Vocabulary, type VocabularyRecord } from './vocabulary.ts';

const vocabularies = new WeakMap<readonly Scenario[], Vocabulary>();

/** The vocabulary of scenarios, compiled once. */
export function vocabularyOf(scenarios: readonly Scenario[]): Vocabulary {
  const known = vocabularies.get(scenarios) ?? new Vocabulary(compileVocabulary(scenarios));
  vocabularies.set(scenarios, known);
  return known;
}

/** The vocabulary of scenarios that were looked for in this run; null where none was needed. */
export function knownVocabulary(scenarios: readonly Scenario[]): VocabularyRecord | null {
  return vocabularies.get(scenarios)?.record ?? null;
}

/** Takes a vocabulary that was kept in place of compiling it. */
export function rememberVocabulary(scenarios: readonly Scenario[], record: VocabularyRecord): void {
  vocabularies.set(scenarios, new Vocabulary(record));
}
