import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Code, compileCode } from './code.ts';
import { compilePhrase, type Phrase, type WordGroup } from './phrase.ts';
import { isUnspaced, tokenize } from './terms.ts';

const compiled = new WeakMap<Scenario, ScenarioTerms>();

/** A scenario's terms; the same scenario object has the same ones. */
export function termsOf(scenario: Scenario): ScenarioTerms {
  let terms = compiled.get(scenario);
  if (!terms) {
    terms = new ScenarioTerms(scenario);
    compiled.set(scenario, terms);
  }
  return terms;
}

/** A scenario's terms, each compiled when it is first asked for: most scenarios of a large registry are never judged. */
export class ScenarioTerms {
  readonly codes: Code[];
  /** For each code the stems that a text must hold for it to be found. */
  readonly codeStems: string[][];
  readonly symptoms: Phrase[];
  readonly #scenario: Scenario;
  #causes: Phrase[] | null = null;
  #except: Phrase[] | null = null;
  #never: Phrase[] | null = null;
  #near: WordGroup[] | null = null;

  constructor(scenario: Scenario) {
    const codes = scenario.codes.map(readerText).filter(Boolean);
    this.#scenario = scenario;
    this.codes = codes.map(compileCode);
    this.codeStems = codes.map(stemsOfCode);
    this.symptoms = phrases(scenario.symptoms).filter(hasTwoWords);
  }

  get causes(): Phrase[] {
    this.#causes ??= phrases(this.#scenario.causes);
    return this.#causes;
  }

  get except(): Phrase[] {
    this.#except ??= phrases(this.#scenario.except);
    return this.#except;
  }

  get never(): Phrase[] {
    this.#never ??= phrases(this.#scenario.never);
    return this.#never;
  }

  /** The words of which a near miss holds most: those of the first symptom and the causes, else those of the title. */
  get near(): WordGroup[] {
    if (!this.#near) {
      const near = [...this.symptoms.slice(0, 1), ...this.causes].flatMap(({ groups }) => groups);
      this.#near = near.length > 0 ? near : compilePhrase(readerText(this.#scenario.title)).groups;
    }
    return this.#near;
  }
}

function phrases(sources: readonly string[]): Phrase[] {
  return sources.map((source) => ({ ...compilePhrase(readerText(source)), source }));
}

/** A single word is no symptom: it would stand everywhere. */
function hasTwoWords(phrase: Phrase): boolean {
  return phrase.groups.length > 1 || phrase.groups.some((group) => group.sequences.every((words) => words.length > 1));
}

/** Words touching a placeholder are left out, and unspaced scripts, whose words depend on what stands around them. */
function stemsOfCode(code: string): string[] {
  const words = wholeWords(code).filter((word) => !isUnspaced(word));
  return words.flatMap((word) => tokenize(word).map((token) => token.stem));
}

/** The words of a code that stand in it whole: none that a placeholder touches. */
export function wholeWords(code: string): string[] {
  const spaced = code.replace(/[^\s{}]*\{[^{}\s]*\}[^\s{}]*/g, ' ');
  return spaced.split(/\s+/).filter(Boolean);
}
