import type { Page } from '../docs/site/page.ts';
import type { Site, Target } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Before, movedTarget, registryTarget } from './moves.ts';

/** A link that a scenario requires, with where it leads at this commit. */
export interface RequiredLink {
  url: string;
  target: Target;
  state: 'there' | 'broken' | 'unsure';
  /** Where the target stood before it moved: a link that still leads there is broken. */
  former: { route: string; anchor: string | null } | null;
}

/** Finds where a required link leads; links of the registry follow the pull request's moves. Null without any page. */
export function requiredLink(url: string, site: Site, before: Before | null): RequiredLink | null {
  const target = registryTarget(url, site);
  if (!target) return null;
  const moved = isThere(target, site) ? null : movedTarget(url, site, before);
  if (!moved || target.kind === 'outside') {
    return { url, target, state: stateOf(target, url, site, before), former: null };
  }
  return { url, target: moved, state: isThere(moved, site) ? 'there' : 'broken', former: target };
}

/** Announces the pages that will be read to find where the links of scenarios lead. */
export function expectLinked(scenarios: readonly Scenario[], site: Site): void {
  site.expect(() => {
    const targets = scenarios.flatMap(({ links }) => links.map((url) => registryTarget(url, site)));
    return targets.flatMap((target) => (target?.kind === 'page' && target.anchor ? [target.page] : []));
  });
}

function isThere(target: Target, site: Site): boolean {
  if (target.kind !== 'page') return target.kind === 'outside';
  if (isDraft(target.page)) return false;
  return !target.anchor || site.read(target.page).anchors.has(target.anchor);
}

/** No draft is published, so links to it lead nowhere; other hidden pages are served to whoever has the link. */
export function isDraft({ hidden, frontmatter }: Page): boolean {
  return hidden && frontmatter.draft;
}

function stateOf(target: Target, url: string, site: Site, before: Before | null): RequiredLink['state'] {
  if (target.kind === 'outside') return 'there';
  if (target.kind === 'absent') return target.expected || stood(url, before) ? 'broken' : 'unsure';
  if (isThere(target, site)) return 'there';
  if (isDraft(target.page)) return 'broken';
  return site.read(target.page).openAnchors && !stood(url, before) ? 'unsure' : 'broken';
}

function stood(url: string, before: Before | null): boolean {
  const target = before && registryTarget(url, before.site);
  if (target?.kind !== 'page') return false;
  return target.anchor === null || before?.site.read(target.page).anchors.has(target.anchor) === true;
}

/** Whether a link written on a page is the required one; `stale` when it still says the target's former route. */
export function compareLink(url: string, page: Page, required: RequiredLink, site: Site): 'same' | 'stale' | null {
  const target = site.resolve(url, page);
  const { target: wanted, former } = required;
  if (target.kind === 'outside') return wanted.kind === 'outside' && wanted.url === target.url ? 'same' : null;
  if (wanted.kind === 'outside') return null;
  if (former && former.route === target.route && (!former.anchor || former.anchor === target.anchor)) return 'stale';
  if (wanted.anchor && wanted.anchor !== target.anchor) return null;
  if (target.kind === 'page') return wanted.kind === 'page' && wanted.page === target.page ? 'same' : null;
  return wanted.kind === 'absent' && wanted.route === target.route ? 'same' : null;
}
