import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Code, compileCode } from './code.ts';
import { compilePhrase, type Phrase, type WordGroup } from './phrase.ts';
import type { TokenIndex } from './reading.ts';
import type { Span } from './terms.ts';

/** Compiles a scenario's terms. Whoever needs them often keeps them. */
export function termsOf(scenario: Scenario): ScenarioTerms {
  return new ScenarioTerms(scenario);
}

/** A scenario's terms, most of them compiled when first asked for: most scenarios of a large registry are never judged. */
export class ScenarioTerms {
  readonly scenario: Scenario;
  readonly codes: Code[];
  readonly symptoms: Phrase[];
  readonly #compiled: { causes?: Phrase[]; except?: Phrase[]; never?: Phrase[] } = {};

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.codes = scenario.codes.map(readerText).filter(Boolean).map(compileCode);
    this.symptoms = phrases(scenario.symptoms).filter(hasTwoWords);
  }

  get causes(): Phrase[] {
    return this.#phrases('causes');
  }

  get except(): Phrase[] {
    return this.#phrases('except');
  }

  get never(): Phrase[] {
    return this.#phrases('never');
  }

  #phrases(field: 'causes' | 'except' | 'never'): Phrase[] {
    const compiled = this.#compiled[field] ?? phrases(this.scenario[field]);
    this.#compiled[field] = compiled;
    return compiled;
  }

  /** The words of which a near miss holds most: those of the first symptom and the causes, else those of the title. */
  get near(): WordGroup[] {
    const near = [...this.symptoms.slice(0, 1), ...this.causes].flatMap(({ groups }) => groups);
    return near.length > 0 ? near : compilePhrase(readerText(this.scenario.title)).groups;
  }

  /** The codes that stand in a text, with where. */
  *codesIn(text: TokenIndex): Generator<{ code: Code; span: Span }> {
    for (const code of this.codes) {
      const isLikely = code.stems.every((stem) => text.positions.has(stem));
      const span = isLikely ? code.find(text.text, text.folded) : null;
      if (span) yield { code, span };
    }
  }
}

function phrases(sources: readonly string[]): Phrase[] {
  return sources.map((source) => ({ ...compilePhrase(readerText(source)), source }));
}

/** A single word is no symptom: it would stand everywhere. */
function hasTwoWords({ groups }: Phrase): boolean {
  return groups.length > 1 || groups.some(({ sequences }) => sequences.every((words) => words.length > 1));
}
