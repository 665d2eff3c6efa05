import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Tree } from '../docs/tree.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { Coverage, Gap, ScenarioCoverage, State } from './coverage.ts';
import { type JudgeOptions, judge, judgeSome } from './judge.ts';

/** What a scenario came to on a site that was judged before, as it may be kept. */
export interface KnownState {
  state: State;
  unwaived: Exclude<State, 'waived'>;
  /** As they are without a waiver. */
  gaps: Gap[];
  /** The pages that name it, by their places on the site. */
  pages: number[];
}

/** States that whole registries came to, in registry order. */
export interface StatesCache {
  /** @param question all that the states hang on beside the files */
  get(question: StatesQuestion, tree: Tree): readonly KnownState[] | undefined;
  set(question: StatesQuestion, tree: Tree, states: readonly KnownState[]): void;
}

export interface StatesQuestion {
  /** Equal for registries that say the same. */
  registry: string;
  /** Day, waivers and version: equal where the same registry comes to the same states. */
  terms: string;
}

export function statesQuestion(registry: string, { today, waived }: JudgeOptions): StatesQuestion {
  return { registry, terms: JSON.stringify([today, [...waived].sort()]) };
}

/** What is kept of a coverage of a whole registry. */
export function statesOf(coverage: Coverage, site: Site): KnownState[] {
  const places = new Map(site.pages.map((page, at) => [page, at]));
  return Array.from(coverage.values(), ({ state, unwaived: { state: unwaived, gaps }, pages }) => {
    return { state, unwaived, gaps, pages: pages.map((page) => places.get(page) as number) };
  });
}

/** So many are judged one by one; whoever asks for more asks for all. */
const MOST_ALONE = 8;

/** The coverage of scenarios whose states are known; what else there is of them is judged when somebody asks for it. */
export class KnownCoverage {
  readonly #site: Site;
  readonly #registry: Registry;
  readonly #options: JudgeOptions;
  readonly #states: ReadonlyMap<Scenario, KnownState>;
  readonly #judged = new Map<Scenario, ScenarioCoverage>();

  /** @param states of all of the registry's scenarios */
  constructor(site: Site, registry: Registry, options: JudgeOptions, states: readonly KnownState[]) {
    this.#site = site;
    this.#registry = registry;
    this.#options = { ...options, among: (scenario) => this.#pagesNaming(scenario) };
    this.#states = new Map(registry.scenarios.map((scenario, at) => [scenario, states[at] as KnownState]));
  }

  /** All of it, with what is touched judged at once. */
  coverage(isTouched: (scenario: Scenario) => boolean): Coverage {
    const settled = (scenario: Scenario) => (isTouched(scenario) ? null : this.#of(scenario));
    return judge(this.#site, this.#registry, { ...this.#options, settled });
  }

  #of(scenario: Scenario): ScenarioCoverage {
    const { state, unwaived, gaps } = this.#states.get(scenario) as KnownState;
    const judged = () => this.#judge(scenario);
    return {
      ...{ scenario, state, unwaived: { state: unwaived, gaps }, gaps, pages: this.#pagesNaming(scenario) },
      get evidence() {
        return judged().evidence;
      },
      get candidates() {
        return judged().candidates;
      },
      get duplicates() {
        return judged().duplicates;
      },
      get conflicts() {
        return judged().conflicts;
      },
      get unsureLinks() {
        return judged().unsureLinks;
      },
    };
  }

  #pagesNaming(scenario: Scenario): Page[] {
    return (this.#states.get(scenario)?.pages ?? []).flatMap((at) => this.#site.pages[at] ?? []);
  }

  #judge(scenario: Scenario): ScenarioCoverage {
    const known = this.#judged.get(scenario);
    if (known) return known;
    const { scenarios } = this.#registry;
    const wanted = this.#judged.size < MOST_ALONE ? [scenario] : scenarios.filter((other) => !this.#judged.has(other));
    for (const coverage of judgeSome(wanted, this.#site, this.#registry, this.#options))
      this.#judged.set(coverage.scenario, coverage);
    return this.#judged.get(scenario) as ScenarioCoverage;
  }
}
