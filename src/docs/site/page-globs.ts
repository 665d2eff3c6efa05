import { compileGlob } from '../glob.ts';
import type { Page } from './page.ts';

type PageMatcher = (page: Pick<Page, 'name' | 'route'>) => boolean;

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
  const bare = glob.replace(/\.(?:mdx?|\{mdx?,mdx?\})$/i, '').replace(/\/(?:index)?$/, '');
  if (!glob.startsWith('/')) {
    const matches = compileGlob(bare || 'index');
    return ({ name }) => matches(name);
  }
  const matches = compileGlob(bare.toLowerCase().normalize('NFC') || '/');
  return ({ route }) => matches(route);
}
