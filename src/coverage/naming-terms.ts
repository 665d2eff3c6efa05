import { namedOn } from './flat-terms.ts';
import type { Cause, PageWords } from './page-words.ts';
import type { Postings } from './postings.ts';
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

/** Up to so many pages it is quicker to look on each for all terms than to find the pages of each word first. */
const FEW_PAGES = 8;

/** By index of a page: the terms all of whose groups stand somewhere on it. */
export function termsByPage(pages: readonly PageWords[], vocabulary: Vocabulary): Term[][] {
  if (pages.length <= FEW_PAGES) return pages.map((page) => termsOn(page, vocabulary));
  const postings: number[][] = Array.from({ length: vocabulary.size }, () => []);
  const wild: number[] = [];
  for (const [at, page] of pages.entries()) {
    if (page.isWild) wild.push(at);
    else for (const word of page.words()) (postings[word] as number[]).push(at);
  }
  const posted: Postings = { of: (word) => postings[word] as number[], wild, count: pages.length };
  const byPage: Term[][] = pages.map(() => []);
  for (const scenario of vocabulary.record.ids.keys()) {
    for (const term of termsNaming(scenario, vocabulary)) {
      for (const at of pagesThatMayHold(term.groups, posted))
        if ((pages[at] as PageWords).holdsAll(term.groups)) (byPage[at] as Term[]).push(term);
    }
  }
  return byPage;
}

function termsOn(page: PageWords, vocabulary: Vocabulary): Term[] {
  const terms = namedOn(page, vocabulary.record.terms).flatMap((scenario) => termsNaming(scenario, vocabulary));
  return terms.filter(({ groups }) => page.holdsAll(groups));
}

/** @param scenario by its place in the registry */
function termsNaming(scenario: number, vocabulary: Vocabulary): Term[] {
  return waysToName(vocabulary.record.ids[scenario] as string, vocabulary.termsAt(scenario));
}

export function waysToName(id: string, { codes, symptoms, causes }: NamingTerms): Term[] {
  return [
    ...codes.map((words) => ({ id, isCode: true, groups: words.map((word) => [[word]]), causes })),
    ...symptoms.map((groups) => ({ id, isCode: false, groups, causes })),
  ];
}

/** The pages on which all groups may stand, by their indexes. */
export function pagesThatMayHold(groups: readonly GroupIds[], postings: Postings): ReadonlySet<number> {
  return new Set([...rarest(groups, postings), ...postings.wild]);
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
