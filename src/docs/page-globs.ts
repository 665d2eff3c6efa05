import picomatch from 'picomatch';
import type { Page } from './page.ts';

type Matcher = (path: string) => boolean;

const LIMIT = 5000;
const compiled = new Map<string, Matcher>();

/** True for a glob that may stand for many pages. */
export function isWide(glob: string): boolean {
  return glob.includes('*');
}

/**
 * True if a page is one of `pages`: a glob is matched against the page's name, with a leading `/` against its route.
 * An extension or `/index` in the glob is ignored; case counts in names and not in routes.
 */
export function matchesPages(page: Pick<Page, 'name' | 'route'>, globs: readonly string[]): boolean {
  return globs.some((glob) => (glob.startsWith('/') ? matcherOf(glob)(page.route) : matcherOf(glob)(page.name)));
}

/** A matcher for paths; `*` and `?` and `{a,b}` are special only in a wide glob or one with braces. */
export function pathMatcher(glob: string): Matcher {
  return memoised(`p${glob}`, () => compile(glob));
}

function matcherOf(glob: string): Matcher {
  return memoised(`n${glob}`, () => compile(pageGlob(glob)));
}

function pageGlob(glob: string): string {
  const bare = glob.replace(/\.(?:mdx?|\{mdx?,mdx?\})$/i, '').replace(/\/+$/, '');
  const name = bare.length > 6 && bare.endsWith('/index') ? bare.slice(0, -6) : bare;
  return glob.startsWith('/') ? name.toLowerCase().normalize('NFC') || '/' : name || 'index';
}

function compile(glob: string): Matcher {
  if (!/[*{?!]/.test(glob)) return (path) => path === glob;
  const escaped = glob.replace(/[[\]()]/g, '\\$&');
  return picomatch(escaped, { dot: true, noextglob: true, nonegate: true, maxLength: 65_536 });
}

function memoised(key: string, make: () => Matcher): Matcher {
  let matcher = compiled.get(key);
  if (!matcher) {
    if (compiled.size >= LIMIT) compiled.clear();
    matcher = make();
    compiled.set(key, matcher);
  }
  return matcher;
}
