import type { Coverage } from '../../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../../coverage/judge.ts';
import { knownCoverage, type StatesCache, statesKey, statesOf } from '../../coverage/memory.ts';
import type { ScenarioSearch } from '../../coverage/page-search.ts';
import { isPageFile } from '../../docs/repo-path.ts';
import type { Page } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Registry, Scenario } from '../../registry/registry.ts';
import type { Changes, PageChange, SiteAt } from './changes.ts';
import type { LoadedRegistry } from './load-registry.ts';
import type { ReadSite } from './read-sites.ts';

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
  const question = statesKey(key, options);
  const known = states?.get(question, tree);
  if (known?.length === registry.scenarios.length)
    return knownCoverage(site, registry, options, known, isTouched ?? (() => true));
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

/** Whether a change may have touched a scenario's coverage; where it has not, it is at head what it was at the merge base. */
export type IsTouched = (scenario: Scenario) => boolean;

/**
 * Tells which scenarios a change may have touched, where the site has the same pages at the same routes: those that a
 * changed page may name, and those whose links lead to one. So a review costs what changed, not what exists. Null where
 * it may have touched all.
 */
export function touchedScenarios(
  before: SiteAt,
  after: SiteAt,
  changes: Changes,
  search: ScenarioSearch,
): IsTouched | null {
  if (!hasSameShape(before.site, after.site, changes)) return null;
  const changed = new Set(changes.pages.flatMap((change) => change.after?.path ?? []));
  const named = new Set<Scenario>();
  for (const change of changes.pages) {
    for (const scenario of change.before ? search.on(before.site).namedOn(change.before) : []) named.add(scenario);
    for (const scenario of change.after ? search.on(after.site).namedOn(change.after) : []) named.add(scenario);
  }
  return (scenario) => named.has(scenario) || leadsTo(scenario, before.site, changed);
}

/** The pages at head of those that named a scenario at the merge base, where none came or went. */
export function namingAtHead(atBase: readonly Page[], after: Site): Page[] {
  return atBase.flatMap((page) => after.pageAt(page.path) ?? []);
}

/** Nothing came or went, and what changed are texts of pages alone, each at the route where it was. */
function hasSameShape(before: Site, after: Site, { files, pages }: Changes): boolean {
  const isSame = files.added.length + files.deleted.length === 0 && files.modified.every(isPageFile);
  return isSame && before.pages.length === after.pages.length && pages.every(isAtSamePlace);
}

function isAtSamePlace({ before, after }: PageChange): boolean {
  return before !== null && after !== null && placeOf(before) === placeOf(after);
}

/** Its title, and whether readers find it, matter for what it says alone. */
function placeOf({ path, name, route, url }: Page): string {
  return JSON.stringify([path, name, route, url]);
}

function leadsTo({ links }: Scenario, site: Site, changed: ReadonlySet<string>): boolean {
  const [from] = site.pages;
  if (!from) return true;
  return links.some((url) => {
    const target = site.resolve(url, from);
    return target.kind === 'page' && changed.has(target.page.path);
  });
}
