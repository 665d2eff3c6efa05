import { readerText } from '../docs/reader-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Code, compileCode } from './code.ts';
import { compilePhrase, type Phrase } from './phrase.ts';
import { tokenize } from './terms.ts';

/** A scenario's terms, compiled. */
export interface ScenarioTerms {
  codes: Code[];
  symptoms: Phrase[];
  except: Phrase[];
  causes: Phrase[];
  never: Phrase[];
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
  return {
    codes: codes.map(compileCode),
    symptoms: phrases(scenario.symptoms).filter(hasTwoWords),
    except: phrases(scenario.except),
    causes: phrases(scenario.causes),
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

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Words touching a placeholder are left out, and unspaced scripts, whose words depend on what stands around them. */
function stemsOfCode(code: string): string[] {
  const spaced = code.replace(/[^\s{}]*\{[^{}\s]*\}[^\s{}]*/g, ' ');
  const words = spaced.split(/\s+/).filter((word) => word && !UNSPACED.test(word));
  return words.flatMap((word) => tokenize(word).map((token) => token.stem));
}

/** False only where a text with these stems cannot name the scenario. */
export function mayName(terms: ScenarioTerms, stems: ReadonlySet<string>): boolean {
  return (
    terms.codeStems.some((words) => words.every((word) => stems.has(word))) ||
    terms.symptoms.some((symptom) => mayHold(symptom, stems))
  );
}

export function mayHold(phrase: Phrase, stems: ReadonlySet<string>): boolean {
  return phrase.groups.every((group) =>
    group.sequences.some((words) => words.every((word) => stems.has(word)) || stems.has(words.join(''))),
  );
}
