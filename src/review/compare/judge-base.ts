import type { Coverage } from '../../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../../coverage/judge.ts';
import { KnownCoverage, type StatesCache, statesOf, statesQuestion } from '../../coverage/known-states.ts';
import type { ScenarioSearch } from '../../coverage/page-search.ts';
import type { Registry, Scenario } from '../../registry/registry.ts';
import type { LoadedRegistry } from './load-registry.ts';
import type { ReadSite } from './read-sites.ts';
import type { IsTouched } from './settled-coverage.ts';

/** What is known of the merge base before it is judged. */
export interface KnownBase {
  /** Null where the change may have touched every scenario. */
  isTouched: IsTouched | null;
  /** How it stands by itself, where it was judged in this run. */
  alone: Coverage | null;
  /** The states that it came to in earlier runs; undefined where they must not be used. */
  states: StatesCache | undefined;
}

/** Judges the merge base: of what is known of it, only what the pull request may have touched. */
export function judgeBase(
  { site, tree }: ReadSite,
  { registry, key }: Pick<LoadedRegistry, 'registry' | 'key'>,
  options: JudgeOptions & { search: ScenarioSearch },
  { isTouched, alone, states }: KnownBase,
): Coverage {
  if (alone) return judgeBeside(alone, site, registry, options);
  const question = statesQuestion(key, options);
  const known = states?.get(question, tree);
  if (known?.length === registry.scenarios.length)
    return new KnownCoverage(site, registry, options, known).coverage(isTouched ?? (() => true));
  const coverage = judge(site, registry, options);
  states?.set(question, tree, statesOf(coverage, site));
  return coverage;
}

/** How a snapshot stands that was judged by itself, with what the pages that change mention as well. */
function judgeBeside(
  alone: Coverage,
  site: ReadSite['site'],
  registry: Registry,
  options: JudgeOptions & { search: ScenarioSearch },
): Coverage {
  const pages = [...(options.mentionsOn ?? [])].filter((page) => site.pageAt(page.path) === page);
  const mentioned = new Set(pages.flatMap((page) => options.search.on(site).namedOn(page)));
  const settled = (scenario: Scenario) => (mentioned.has(scenario) ? null : (alone.get(scenario.id) ?? null));
  return judge(site, registry, { ...options, settled, among: ({ id }) => alone.get(id)?.pages ?? [] });
}
