import { compileGlob } from '../glob.ts';
import type { Page } from './page.ts';

type PageMatcher = (page: Pick<Page, 'name' | 'route'>) => boolean;

/** So many compiled globs are remembered; a registry seldom has more. */
const REMEMBERED = 5000;
const compiled = new Map<string, PageMatcher>();

/** True for a glob that may stand for many pages. */
export function isWide(glob: string): boolean {
  return glob.includes('*');
}

/**
 * True if a page is one of `pages`: a glob is matched against the page's name, with a leading `/` against its route.
 * An extension or `/index` in the glob is ignored; case counts in names and not in routes.
 */
export function matchesPages(page: Pick<Page, 'name' | 'route'>, globs: readonly string[]): boolean {
  return globs.some((glob) => pageMatcher(glob)(page));
}

/** As `matchesPages`, for one glob and many pages. */
export function pageMatcher(glob: string): PageMatcher {
  let matcher = compiled.get(glob);
  if (!matcher) {
    if (compiled.size >= REMEMBERED) compiled.clear();
    const matches = compileGlob(bareGlob(glob));
    matcher = glob.startsWith('/') ? ({ route }) => matches(route) : ({ name }) => matches(name);
    compiled.set(glob, matcher);
  }
  return matcher;
}

function bareGlob(glob: string): string {
  const bare = glob.replace(/\.(?:mdx?|\{mdx?,mdx?\})$/i, '').replace(/\/(?:index)?$/, '');
  return glob.startsWith('/') ? bare.toLowerCase().normalize('NFC') || '/' : bare || 'index';
}
