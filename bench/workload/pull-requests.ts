import type { ImportedCommit } from '../site/fast-import.ts';

/** A page of the site that a workload measures. */
export interface PageFile {
  path: string;
  bytes: number;
}

/** The branches of a workload; each but `main` is one pull request to it. */
export const MAIN = 'main';
/** Reviewed before a warm run, so that the site is known but not the page that the run is about. */
export const OTHER = 'other-page';
export const MANY = 'thirty-pages';
export const pullBranch = (number: number): string => `pull-${number}`;

/** Pull requests that change the same page in different ways: no two runs see the same text. */
export const PULLS = 60;
const MANY_PAGES = 30;

/**
 * The page that most scenarios name as the place where readers look, because that is the page whose changes matter;
 * the one of median size where none is named.
 * @param named the `pages` of all scenarios
 * @param nameOf a page's path under its docs root without extension
 */
export function choosePage(
  pages: readonly PageFile[],
  named: readonly string[],
  nameOf: (path: string) => string,
): PageFile {
  if (pages.length < 2) throw new Error('a site with at least two pages is needed');
  const counts = new Map<string, number>();
  for (const name of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  const countOf = ({ path }: PageFile) => counts.get(nameOf(path)) ?? 0;
  const most = pages.reduce((best, page) => (countOf(page) > countOf(best) ? page : best));
  if (countOf(most) > 0) return most;
  return [...pages].sort((a, b) => a.bytes - b.bytes)[pages.length >> 1]!;
}

/** The pages that pull requests change. */
export interface ChangedPages {
  /** In each of the pull requests of one page, and in the one of many. */
  one: string;
  other: string;
  many: string[];
}

/** @param one the page that `choosePage` chose; the many are spread over the site */
export function spreadPages(pages: readonly PageFile[], one: string): ChangedPages {
  const others = pages.map(({ path }) => path).filter((path) => path !== one);
  const step = Math.max(1, Math.floor(others.length / (MANY_PAGES - 1)));
  const many = [one, ...others.filter((_, i) => i % step === 0).slice(0, MANY_PAGES - 1)];
  return { one, other: others[0]!, many };
}

/** A commit for each branch beside main. @param textOf what a page says on main */
export function* pullRequests(
  { one, other, many }: ChangedPages,
  textOf: (path: string) => string,
): Generator<ImportedCommit> {
  const pull = (branch: string, paths: readonly string[], mark: string): ImportedCommit => {
    const files = paths.map((path) => [path, withNote(textOf(path), mark)] as const);
    return { branch, from: MAIN, message: 'Change the docs', files };
  };
  yield pull(OTHER, [other], 'other');
  yield pull(MANY, many, 'many');
  for (let i = 0; i < PULLS; i++) yield pull(pullBranch(i), [one], String(i));
}

function withNote(text: string, mark: string): string {
  return `${text.trimEnd()}\n\n## Note ${mark}\n\nThis note says that number ${mark} may change, and what to do when it does.\n`;
}
