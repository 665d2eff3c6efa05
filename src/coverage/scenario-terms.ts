import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Code, compileCode } from './code.ts';
import { compilePhrase, matchInSentence, type Phrase, type WordGroup } from './phrase.ts';
import type { TokenIndex } from './reading.ts';
import type { Span } from './terms.ts';

/** Compiles a scenario's terms. `ScenarioSearch` keeps them for a whole judgement. */
export function termsOf(scenario: Scenario): ScenarioTerms {
  return new ScenarioTerms(scenario);
}

/** A scenario's terms. Some are compiled on demand: a review judges few scenarios of a large registry. */
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

  /** The `except` phrase, if any, that cancels a hit: in its own sentence or in a label that counts along. */
  exceptionTo(text: TokenIndex, labels: readonly TokenIndex[], hit: Span): Phrase | null {
    const cancels = (phrase: Phrase) =>
      [...labels, sentenceAt(text, hit.start)].some((place) => matchInSentence(phrase, place, []) !== null);
    return this.except.find(cancels) ?? null;
  }
}

/** The one sentence of a text that holds an offset. */
function sentenceAt(text: TokenIndex, offset: number): TokenIndex {
  const ends = text.sentences();
  const at = ends.findIndex((end) => (text.tokens[end - 1]?.end ?? 0) > offset);
  if (at < 0) return text;
  const from = ends[at - 1] ?? 0;
  const to = ends[at] as number;
  const inside = (all: readonly number[]) => all.filter((i) => i >= from && i < to);
  const positions = new Map(Array.from(text.positions, ([stem, all]) => [stem, inside(all)]));
  return { ...text, sentences: () => [to], positions };
}

function phrases(sources: readonly string[]): Phrase[] {
  return sources.map((source) => ({ ...compilePhrase(readerText(source)), source }));
}

/** A single word is no symptom: it would stand everywhere. */
function hasTwoWords({ groups }: Phrase): boolean {
  return groups.length > 1 || groups.some(({ sequences }) => sequences.every((words) => words.length > 1));
}
