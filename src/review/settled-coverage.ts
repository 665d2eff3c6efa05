import type { Coverage } from '../coverage/coverage.ts';
import type { JudgeOptions } from '../coverage/judge.ts';
import { pageSearch, type WordsCache } from '../coverage/page-search.ts';
import { isPageFile } from '../docs/repo-path.ts';
import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { Changes, PageChange, SiteAt } from './changed-pages.ts';

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
  { scenarios }: Registry,
  words: WordsCache | undefined,
): IsTouched | null {
  if (!hasSameShape(before.site, after.site, changes)) return null;
  const changed = new Set(changes.pages.flatMap((change) => change.after?.path ?? []));
  const [old, fresh] = [pageSearch(before.site, scenarios, words), pageSearch(after.site, scenarios, words)];
  const named = new Set<string>();
  for (const change of changes.pages) {
    for (const id of change.before ? old.namedOn(change.before) : []) named.add(id);
    for (const id of change.after ? fresh.namedOn(change.after) : []) named.add(id);
  }
  return (scenario) => named.has(scenario.id) || leadsTo(scenario, before.site, changed);
}

/** The pages that may name a scenario at head, in site order, where none came or went. */
export function namingAtHead(atBase: readonly Page[], after: Site, changes: Changes): Page[] {
  const pages = new Set(atBase.flatMap((page) => after.pageAt(page.path) ?? []));
  for (const change of changes.pages) if (change.after) pages.add(change.after);
  return [...pages].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Tells of a snapshot that was judged by itself which scenarios stand no differently when some pages are read as a
 * whole: those that none of these pages may name.
 */
export function settledAlone(
  { site }: SiteAt,
  coverage: Coverage,
  { whole, words }: Pick<JudgeOptions, 'whole' | 'words'>,
  { scenarios }: Registry,
): NonNullable<JudgeOptions['settled']> {
  const pages = pageSearch(site, scenarios, words);
  return (scenario) => {
    const isRead = pages.naming(scenario).some(({ page }) => whole?.has(page));
    return isRead ? null : (coverage.get(scenario.id) ?? null);
  };
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
