import type { Page } from '../docs/site/page.ts';
import { matchesPages } from '../docs/site/page-globs.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Before } from './moved-target.ts';

const formerPaths = new WeakMap<Before['moves'], ReadonlyMap<string, string>>();

/** Whether a page is one where the scenario's readers look; `pages` of the registry follow the pull request's moves. */
export function isWhereReadersLook(
  page: Page,
  scenario: Scenario,
  before: Pick<Before, 'site' | 'moves'> | null,
): boolean {
  if (scenario.pages.length === 0 || matchesPages(page, scenario.pages)) return true;
  const old = before?.site.pageAt(formerOf(before.moves).get(page.path) ?? '');
  return old !== undefined && matchesPages(old, scenario.pages);
}

function formerOf(moves: Before['moves']): ReadonlyMap<string, string> {
  let former = formerPaths.get(moves);
  if (!former) {
    former = new Map([...moves].map(([from, to]) => [to, from]));
    formerPaths.set(moves, former);
  }
  return former;
}
