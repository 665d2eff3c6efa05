import type { Cause, PageWords } from './page-words.ts';
import type { GroupIds, NamingTerms, Vocabulary } from './vocabulary.ts';

/** One way to name a scenario. */
export interface Term {
  id: string;
  /** A code may stand in a sample, and counts no labels along. */
  isCode: boolean;
  groups: readonly GroupIds[];
  /** The causes of which each must stand in one passage for a section to be complete. */
  causes: readonly Cause[];
}

/** By index of a page: the terms all of whose groups stand somewhere on it. */
export function termsByPage(pages: readonly PageWords[], vocabulary: Vocabulary): (Term[] | undefined)[] {
  const postings: number[][] = Array.from({ length: vocabulary.size }, () => []);
  const wild: number[] = [];
  for (const [at, page] of pages.entries()) {
    if (page.isWild) wild.push(at);
    else for (const word of page.words()) (postings[word] as number[]).push(at);
  }
  const byPage: (Term[] | undefined)[] = Array.from({ length: pages.length });
  for (const term of allTerms(vocabulary.terms)) {
    for (const at of new Set([...rarest(term.groups, postings, pages.length), ...wild])) {
      if (!(pages[at] as PageWords).holdsAll(term.groups)) continue;
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
function rarest(groups: readonly GroupIds[], postings: readonly number[][], count: number): Iterable<number> {
  if (groups.length === 0) return Array.from({ length: count }, (_, at) => at);
  let best: readonly number[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const lists = group.map(([first]) => postings[first as number] as number[]);
    const sum = lists.reduce((total, list) => total + list.length, 0);
    if (sum < size) [best, size] = [lists, sum];
  }
  return best.flat();
}
