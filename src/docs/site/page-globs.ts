import { compileGlob } from '../glob.ts';
import type { Page } from './page.ts';

type PageMatcher = (page: Pick<Page, 'name' | 'route'>) => boolean;

/** True for a glob that may stand for many pages. */
export function isWide(glob: string): boolean {
  return glob.includes('*');
}

/**
 * Tells if a page is one of `pages`: a glob is matched against the page's name, with a leading `/` against its route.
 * An extension or `/index` in the glob is ignored; case counts in names and not in routes.
 */
export function pageMatcher(globs: readonly string[]): PageMatcher {
  const matchers = globs.map(compilePageGlob);
  return (page) => matchers.some((matches) => matches(page));
}

/** As `pageMatcher`, for one page. */
export function matchesPages(page: Pick<Page, 'name' | 'route'>, globs: readonly string[]): boolean {
  return pageMatcher(globs)(page);
}

function compilePageGlob(glob: string): PageMatcher {
  const bare = glob.replace(/\.(?:mdx?|\{mdx?,mdx?\})$/i, '').replace(/\/(?:index)?$/, '');
  if (!glob.startsWith('/')) {
    const matches = compileGlob(bare || 'index');
    return ({ name }) => matches(name);
  }
  const matches = compileGlob(bare.toLowerCase().normalize('NFC') || '/');
  return ({ route }) => matches(route);
}
