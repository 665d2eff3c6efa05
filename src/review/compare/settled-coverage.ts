import type { ScenarioSearch } from '../../coverage/page-search.ts';
import { isPageFile } from '../../docs/repo-path.ts';
import type { Page } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import type { Changes, PageChange, SiteAt } from './changes.ts';

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
