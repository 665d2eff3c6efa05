import { compileGlob, type PathMatcher } from './glob.ts';
import type { Page } from './page.ts';

/** So many compiled globs are remembered; a registry seldom has more. */
const REMEMBERED = 5000;
const compiled = new Map<string, PathMatcher>();

/** True for a glob that may stand for many pages. */
export function isWide(glob: string): boolean {
  return glob.includes('*');
}

/**
 * True if a page is one of `pages`: a glob is matched against the page's name, with a leading `/` against its route.
 * An extension or `/index` in the glob is ignored; case counts in names and not in routes.
 */
export function matchesPages(page: Pick<Page, 'name' | 'route'>, globs: readonly string[]): boolean {
  return globs.some((glob) => matcherOf(glob)(glob.startsWith('/') ? page.route : page.name));
}

function matcherOf(glob: string): PathMatcher {
  let matcher = compiled.get(glob);
  if (!matcher) {
    if (compiled.size >= REMEMBERED) compiled.clear();
    matcher = compileGlob(bareGlob(glob));
    compiled.set(glob, matcher);
  }
  return matcher;
}

function bareGlob(glob: string): string {
  const bare = glob.replace(/\.(?:mdx?|\{mdx?,mdx?\})$/i, '').replace(/\/(?:index)?$/, '');
  return glob.startsWith('/') ? bare.toLowerCase().normalize('NFC') || '/' : bare || 'index';
}
