import type { Page, Section } from '../docs/site/page.ts';
import { pageMatcher } from '../docs/site/page-globs.ts';
import type { Site, Target } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';

/** The site at the merge base, to follow pages and links of the registry over moves. */
export interface Before {
  site: Site;
  /** Old path → new path. */
  moves: ReadonlyMap<string, string>;
  /** What a section of the merge base became; null if it is gone. Without it only whole pages are followed. */
  successorOf?(section: Section): Section | null;
}

/** Where a link of the registry leads on a site; null on one without pages. */
export function registryTarget(url: string, site: Site): Target | null {
  const [from] = site.pages;
  return from ? site.resolve(url, from) : null;
}

type PageTarget = Extract<Target, { kind: 'page' }>;

/**
 * Where the pull request took what a link of the registry led to: the page under its new path, the section under its
 * new heading or on its new page, or the page that holds most of a deleted page's sections. Null if it is gone.
 */
export function movedTarget(url: string, site: Site, before: Before | null): PageTarget | null {
  const old = before && registryTarget(url, before.site);
  if (!before || old?.kind !== 'page') return null;
  const page = site.pageAt(before.moves.get(old.page.path) ?? '');
  if (!old.anchor) return page ? targetAt(page, null) : mergedInto(old.page, site, before);
  if (page && site.read(page).anchors.has(old.anchor)) return targetAt(page, old.anchor);
  return sectionTarget(old.page, old.anchor, before) ?? (page ? targetAt(page, old.anchor) : null);
}

function targetAt(page: Page, anchor: string | null): PageTarget {
  return { kind: 'page', page, route: page.route, anchor };
}

function sectionTarget(page: Page, anchor: string, before: Before): PageTarget | null {
  const section = before.site.read(page).sections.find((at) => at.anchor?.toLowerCase() === anchor);
  const successor = section && before.successorOf?.(section);
  return successor ? targetAt(successor.page, successor.anchor?.toLowerCase() ?? null) : null;
}

function mergedInto(old: Page, site: Site, before: Before): PageTarget | null {
  if (site.pageAt(old.path)) return null;
  const { sections } = before.site.read(old);
  const held = new Map<Page, number>();
  for (const section of sections) {
    const page = before.successorOf?.(section)?.page;
    if (page) held.set(page, (held.get(page) ?? 0) + 1);
  }
  const [most] = [...held].sort((a, b) => b[1] - a[1]);
  return most && most[1] * 2 >= sections.length ? targetAt(most[0], null) : null;
}

/**
 * Finds the pages where readers of scenarios look: those that the registry names, under their new paths too.
 * @param before the merge base; null where nothing has moved
 * @returns for a scenario, whether a page is one of its pages
 */
export function scenarioPages(
  before: Pick<Before, 'site' | 'moves'> | null,
): (of: Scenario) => (page: Page) => boolean {
  const former = new Map(Array.from(before?.moves ?? [], ([from, to]) => [to, from]));
  return ({ pages }) => {
    const matchers = pages.map(pageMatcher);
    const isNamed = (page: Page) => matchers.some((matches) => matches(page));
    return (page) => {
      if (pages.length === 0 || isNamed(page)) return true;
      const old = before?.site.pageAt(former.get(page.path) ?? '');
      return old !== undefined && isNamed(old);
    };
  };
}
