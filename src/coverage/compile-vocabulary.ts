import type { Scenario } from '../registry/registry.ts';
import { encodeTerms } from './flat-terms.ts';
import { termsOf, wholeWords } from './scenario-terms.ts';
import { isUnspaced, wordsIn } from './terms.ts';
import {
  claimKey,
  codeKey,
  type GroupIds,
  type NamingTerms,
  SIGNPOST,
  squeeze,
  type VocabularyRecord,
} from './vocabulary.ts';

/** Raise it whenever the same scenarios would come to another vocabulary: one that was kept is then not used. */
export const VOCABULARY_VERSION = 1;

/** Compiles what may name the scenarios of a registry, and gives each of its words a number. */
export function compileVocabulary(scenarios: readonly Scenario[]): VocabularyRecord {
  const numbering = new Numbering();
  const termsById = new Map(scenarios.map((scenario) => [scenario.id, numbering.termsOf(scenario)]));
  const [ids, words] = [[...termsById.keys()], [...numbering.ids.keys()]];
  const terms = encodeTerms(termsById.values());
  return { signature: JSON.stringify([words, ids, terms.join(' ')]), ids, words, terms };
}

class Numbering {
  readonly ids = new Map<string, number>([['signpost', SIGNPOST]]);

  idOf(key: string): number {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.ids.size);
    return this.ids.size - 1;
  }

  termsOf(scenario: Scenario): NamingTerms {
    const terms = termsOf(scenario);
    const groups = (phrases: typeof terms.symptoms) =>
      phrases.map((phrase) => phrase.groups.map(({ sequences }) => this.#groupIds(sequences)));
    const symptoms = groups(terms.symptoms);
    const near = terms.near.map(({ sequences }) => this.#groupIds(sequences));
    return {
      codes: [
        [this.idOf(claimKey(scenario.id))],
        ...terms.codes.map(({ source }, i) => this.#codeIds(source, terms.codeStems[i] as string[])),
      ],
      symptoms,
      causes: groups(terms.causes),
      near,
    };
  }

  #groupIds(sequences: readonly (readonly string[])[]): GroupIds {
    const together = sequences.filter((words) => words.length > 1).map((words) => [this.idOf(words.join(''))]);
    return [...sequences.map((words) => words.map((word) => this.idOf(word))), ...together];
  }

  /** An identifier is told by its longest run of word characters, a message by its words. */
  #codeIds(source: string, stems: readonly string[]): readonly number[] {
    const unspaced = wholeWords(source).filter(isUnspaced).map(squeeze);
    const runs = /[\s{}]/.test(source) || unspaced.length > 0 ? [] : wordsIn(source);
    if (runs.length === 0) return [...stems, ...unspaced].map((word) => this.idOf(word));
    return [this.idOf(codeKey(runs.reduce((a, b) => (b.length > a.length ? b : a))))];
  }
}
