import type { ScenarioCoverage } from '../coverage/coverage.ts';
import type { Mistake, Scenario } from '../registry/registry.ts';

interface Judged {
  /** All that the scenario says, without where. */
  content: string;
  /** Where its parts stand, seen from its start. */
  form: string;
  scenario: Scenario;
  coverage: ScenarioCoverage;
  advice: readonly Mistake[];
  /** Null until somebody has looked. */
  further: readonly Mistake[] | null;
}

/** What is known of each scenario from the last time that it was judged; it holds as long as the scenario says the same. */
export class JudgedScenarios {
  /** What all of them were judged under. */
  readonly key: string;
  readonly #all = new Map<string, Judged>();
  readonly #contents = new Map<string, { content: string; form: string }>();

  constructor(key: string) {
    this.key = key;
  }

  /** To be called with all scenarios before they are asked for; those that are gone are forgotten. */
  begin(scenarios: readonly Scenario[]): void {
    this.#contents.clear();
    for (const scenario of scenarios) this.#contents.set(scenario.id, keysOf(scenario));
    for (const id of this.#all.keys()) if (!this.#contents.has(id)) this.#all.delete(id);
  }

  coverageOf(scenario: Scenario): ScenarioCoverage | null {
    const known = this.#known(scenario);
    return known ? { ...known.coverage, scenario } : null;
  }

  /**
   * Notes how a scenario was judged.
   * @param advise finds what could be better about it
   * @returns all advice on it, at the lines where it stands now
   */
  note(scenario: Scenario, coverage: ScenarioCoverage, advise: () => Mistake[]): Mistake[] {
    const keys = this.#contents.get(scenario.id) as { content: string; form: string };
    const known = this.#known(scenario);
    if (known && known.form === keys.form) {
      const by = scenario.place.line - known.scenario.place.line;
      const { path } = scenario.place;
      const move = (mistake: Mistake) => ({ ...mistake, path, line: mistake.line + by, endLine: mistake.endLine + by });
      const [advice, further] = [known.advice.map(move), known.further?.map(move) ?? null];
      this.#all.set(scenario.id, { ...known, scenario, coverage, advice, further });
      return [...advice, ...(further ?? [])];
    }
    const advice = advise();
    this.#all.set(scenario.id, { ...keys, scenario, coverage, advice, further: null });
    return advice;
  }

  /** A scenario of which only what is found quickly is known. */
  nextUnasked(): Scenario | null {
    for (const { scenario, further } of this.#all.values()) if (further === null) return scenario;
    return null;
  }

  noteFurther(scenario: Scenario, further: readonly Mistake[]): void {
    const known = this.#all.get(scenario.id);
    if (known) this.#all.set(scenario.id, { ...known, further });
  }

  #known(scenario: Scenario): Judged | undefined {
    const known = this.#all.get(scenario.id);
    return known && known.content === this.#contents.get(scenario.id)?.content ? known : undefined;
  }
}

function keysOf({ place, places, ...content }: Scenario): { content: string; form: string } {
  const at = Object.entries(places).map(([field, { line, column }]) => `${field} ${line - place.line} ${column}`);
  return { content: JSON.stringify(content), form: `${place.column}\n${at.join('\n')}` };
}
