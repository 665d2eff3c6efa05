import { readerText } from '../docs/markdown/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Code, compileCode } from './code.ts';
import { compilePhrase, type Phrase, type WordGroup } from './phrase.ts';
import { isUnspaced, tokenize } from './terms.ts';

/** A scenario's terms, compiled. */
export interface ScenarioTerms {
  codes: Code[];
  symptoms: Phrase[];
  except: Phrase[];
  causes: Phrase[];
  never: Phrase[];
  /** The words of which a near miss holds most: those of the first symptom and the causes, else those of the title. */
  near: WordGroup[];
  /** For each code the stems that a text must hold for it to be found. */
  codeStems: string[][];
}

const compiled = new WeakMap<Scenario, ScenarioTerms>();

/** Compiles a scenario's codes and phrases; the same scenario object is compiled once. */
export function termsOf(scenario: Scenario): ScenarioTerms {
  let terms = compiled.get(scenario);
  if (!terms) {
    terms = compile(scenario);
    compiled.set(scenario, terms);
  }
  return terms;
}

function compile(scenario: Scenario): ScenarioTerms {
  const codes = scenario.codes.map(readerText).filter(Boolean);
  const symptoms = phrases(scenario.symptoms).filter(hasTwoWords);
  const causes = phrases(scenario.causes);
  const near = [...symptoms.slice(0, 1), ...causes].flatMap(({ groups }) => groups);
  return {
    codes: codes.map(compileCode),
    symptoms,
    except: phrases(scenario.except),
    causes,
    near: near.length > 0 ? near : compilePhrase(readerText(scenario.title)).groups,
    never: phrases(scenario.never),
    codeStems: codes.map(stemsOfCode),
  };
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
