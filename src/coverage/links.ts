import type { Page } from '../docs/page.ts';
import type { Site, Target } from '../docs/site.ts';

/** The state of the site at the merge base, for what the registry says of pages that have moved since. */
export interface Before {
  site: Site;
  /** Old path → new path. */
  moves: ReadonlyMap<string, string>;
}

/** A link that a scenario requires, with where it leads at this commit. */
export interface RequiredLink {
  url: string;
  target: Target;
  state: 'there' | 'broken' | 'unsure';
  /** The route as written where the target has moved: a link that still says it is broken. */
  formerRoute: string | null;
}

/** Finds where a required link leads; links of the registry follow the pull request's moves. */
export function requiredLink(url: string, site: Site, before: Before | null): RequiredLink | null {
  const from = site.pages[0];
  if (!from) return null;
  const target = site.resolve(url, from);
  const moved = target.kind === 'absent' ? movedTarget(url, site, before) : null;
  if (moved && target.kind === 'absent') return { url, target: moved, state: 'there', formerRoute: target.route };
  return { url, target, state: stateOf(target, url, site, before), formerRoute: null };
}

function movedTarget(url: string, site: Site, before: Before | null): Target | null {
  const from = before?.site.pages[0];
  if (!before || !from) return null;
  const old = before.site.resolve(url, from);
  if (old.kind !== 'page') return null;
  const page = site.pageAt(before.moves.get(old.page.path) ?? '');
  return page ? { kind: 'page', page, route: page.route, anchor: old.anchor } : null;
}

function stateOf(target: Target, url: string, site: Site, before: Before | null): RequiredLink['state'] {
  if (target.kind === 'outside') return 'there';
  if (target.kind === 'absent') return target.expected || stood(url, before) ? 'broken' : 'unsure';
  if (target.anchor === null || target.anchor === '') return 'there';
  const content = site.read(target.page);
  if (content.anchors.has(target.anchor)) return 'there';
  return content.openAnchors && !stood(url, before) ? 'unsure' : 'broken';
}

function stood(url: string, before: Before | null): boolean {
  const from = before?.site.pages[0];
  if (!before || !from) return false;
  const target = before.site.resolve(url, from);
  if (target.kind !== 'page') return false;
  return target.anchor === null || before.site.read(target.page).anchors.has(target.anchor);
}

/** Whether a link written on a page is the required one; `stale` when it still says the target's former route. */
export function compareLink(url: string, page: Page, required: RequiredLink, site: Site): 'same' | 'stale' | null {
  const target = site.resolve(url, page);
  const wanted = required.target;
  if (target.kind === 'outside') return wanted.kind === 'outside' && wanted.url === target.url ? 'same' : null;
  if (wanted.kind === 'outside') return null;
  if (wanted.anchor && wanted.anchor !== target.anchor) return null;
  if (target.kind === 'page') return wanted.kind === 'page' && wanted.page === target.page ? 'same' : null;
  if (wanted.kind === 'absent') return wanted.route === target.route ? 'same' : null;
  return required.formerRoute === target.route ? 'stale' : null;
}
