import type { Coverage, ScenarioCoverage } from '../coverage/coverage.ts';
import type { JudgeOptions } from '../coverage/judge.ts';
import { type PageSearch, pageSearch, type WordsCache } from '../coverage/page-search.ts';
import type { Page } from '../docs/page.ts';
import { isPageFile } from '../docs/repo-path.ts';
import type { Site } from '../docs/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { Changes, PageChange, SiteAt } from './changed-pages.ts';

/** What a scenario's coverage at the merge base is at head as well; null where it has to be judged anew. */
export type SettledCoverage = (scenario: Scenario) => ScenarioCoverage | null;

const NOTHING: SettledCoverage = () => null;

/**
 * Tells which scenarios a change cannot have touched: the site has the same pages at the same routes, and none of the
 * changed ones may name the scenario or is where its links lead. So a review costs what changed, not what exists.
 */
export function settledCoverage(
  before: SiteAt,
  after: SiteAt,
  changes: Changes,
  coverage: Coverage,
  { scenarios }: Registry,
  words: WordsCache | undefined,
): SettledCoverage {
  if (!hasSameShape(before.site, after.site, changes)) return NOTHING;
  const changed = new Set(changes.pages.flatMap((change) => change.after?.path ?? []));
  const [old, fresh] = [before, after].map(({ site }) => pageSearch(site, scenarios, words)) as [
    PageSearch,
    PageSearch,
  ];
  return (scenario) => {
    const isTouched = mayBeNamed(scenario, old, changed) || mayBeNamed(scenario, fresh, changed);
    return isTouched || leadsTo(scenario, before.site, changed) ? null : (coverage.get(scenario.id) ?? null);
  };
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
): SettledCoverage {
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

function placeOf({ path, name, route, url, hidden, title, frontmatter }: Page): string {
  return JSON.stringify([path, name, route, url, hidden, title, frontmatter]);
}

function mayBeNamed(scenario: Scenario, pages: PageSearch, changed: ReadonlySet<string>): boolean {
  return pages.naming(scenario).some(({ page }) => changed.has(page.path));
}

function leadsTo({ links }: Scenario, site: Site, changed: ReadonlySet<string>): boolean {
  const [from] = site.pages;
  if (!from) return true;
  return links.some((url) => {
    const target = site.resolve(url, from);
    return target.kind === 'page' && changed.has(target.page.path);
  });
}
