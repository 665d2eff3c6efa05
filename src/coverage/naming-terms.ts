import type { Cause, PageWords } from './page-words.ts';
import type { GroupIds, NamingTerms } from './vocabulary.ts';

/** One way to name a scenario. */
export interface Term {
  id: string;
  /** A code may stand in a sample, and counts no labels along. */
  isCode: boolean;
  groups: readonly GroupIds[];
  /** The causes of which each must stand in one passage for a section to be complete. */
  causes: readonly Cause[];
}

/** Which pages hold a word, by the pages' indexes. */
export interface Postings {
  of(word: number): readonly number[];
  /** Pages that may hold any word. */
  wild: readonly number[];
  /** How many pages there are. */
  count: number;
}

export function postingsOf(pages: readonly PageWords[], size: number): Postings {
  const postings: number[][] = Array.from({ length: size }, () => []);
  const wild: number[] = [];
  for (const [at, page] of pages.entries()) {
    if (page.isWild) wild.push(at);
    else for (const word of page.words()) (postings[word] as number[]).push(at);
  }
  return { of: (word) => postings[word] as number[], wild, count: pages.length };
}

/** By index of a page: the terms all of whose groups stand somewhere on it. */
export function termsByPage(
  terms: ReadonlyMap<string, NamingTerms>,
  postings: Postings,
  pageAt: (index: number) => PageWords,
): (Term[] | undefined)[] {
  const byPage: (Term[] | undefined)[] = Array.from({ length: postings.count });
  for (const term of allTerms(terms)) {
    for (const at of new Set([...rarest(term.groups, postings), ...postings.wild])) {
      if (!pageAt(at).holdsAll(term.groups)) continue;
      const list = byPage[at];
      if (list) list.push(term);
      else byPage[at] = [term];
    }
  }
  return byPage;
}

function* allTerms(terms: ReadonlyMap<string, NamingTerms>): Generator<Term> {
  for (const [id, { codes, symptoms, causes }] of terms) {
    for (const words of codes) yield { id, isCode: true, groups: words.map((word) => [[word]]), causes };
    for (const groups of symptoms) yield { id, isCode: false, groups, causes };
  }
}

/** Every group must be on the page, so the pages of the group that stands on fewest are enough. */
function rarest(groups: readonly GroupIds[], postings: Postings): Iterable<number> {
  if (groups.length === 0) return Array.from({ length: postings.count }, (_, at) => at);
  let best: readonly (readonly number[])[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const lists = group.map(([first]) => postings.of(first as number));
    const sum = lists.reduce((total, list) => total + list.length, 0);
    if (sum < size) [best, size] = [lists, sum];
  }
  return best.flat();
}
