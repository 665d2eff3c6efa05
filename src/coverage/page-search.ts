import type { Page } from '../docs/page.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Phrase } from './phrase.ts';
import { readPage } from './reading.ts';
import { mayHold, mayName, termsOf } from './scenario-terms.ts';

/** Which pages hold a stem or a claim, as indexes into `site.pages`, ascending. */
interface Postings {
  stems: Map<string, number[]>;
  claims: Map<string, number[]>;
}

const postingsOf = new WeakMap<Site, Postings>();

function postingsFor(site: Site): Postings {
  let postings = postingsOf.get(site);
  if (!postings) {
    postings = collectPostings(site);
    postingsOf.set(site, postings);
  }
  return postings;
}

/** The pages that hold all words of a phrase somewhere, in site order. */
export function pagesThatMayHold(site: Site, phrase: Phrase): Page[] {
  const numbers = new Set(rarest(sequencesOf(phrase), postingsFor(site), site));
  return pagesOf(numbers, site, (page) => mayHold(phrase, readPage(site, page).stems));
}

/** The pages that may name a scenario, in site order; none that does is left out. */
export function pagesThatMayName(site: Site, scenario: Scenario): Page[] {
  const postings = postingsFor(site);
  const terms = termsOf(scenario);
  const claimed = postings.claims.get(scenario.id) ?? [];
  const codes = terms.codeStems.map((words) => words.map((word) => [word]));
  const wanted = [...codes, ...terms.symptoms.map(sequencesOf)].map((groups) => rarest(groups, postings, site));
  const numbers = new Set([...claimed, ...wanted.flatMap((pages) => [...pages])]);
  const claiming = new Set(claimed.map((i) => site.pages[i]));
  return pagesOf(numbers, site, (page) => claiming.has(page) || mayName(terms, readPage(site, page).stems));
}

function pagesOf(numbers: ReadonlySet<number>, site: Site, isWanted: (page: Page) => boolean): Page[] {
  return [...numbers]
    .sort((a, b) => a - b)
    .map((i) => site.pages[i]!)
    .filter(isWanted);
}

function sequencesOf(phrase: Phrase): string[][] {
  return phrase.groups.map((group) => group.sequences.flatMap((words) => [words[0]!, words.join('')]));
}

/** Every group must be on the page, so the pages of the group that stands on fewest are enough. */
function rarest(groups: string[][], postings: Postings, site: Site): Iterable<number> {
  if (groups.length === 0) return site.pages.keys();
  let best: number[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const lists = [...new Set(group)].map((stem) => postings.stems.get(stem) ?? []);
    const count = lists.reduce((sum, list) => sum + list.length, 0);
    if (count < size) [best, size] = [lists, count];
  }
  return best.flat();
}

function collectPostings(site: Site): Postings {
  const postings: Postings = { stems: new Map(), claims: new Map() };
  site.pages.forEach((page, i) => {
    const reading = readPage(site, page);
    for (const stem of reading.stems) add(postings.stems, stem, i);
    for (const section of reading.content.sections) for (const { id } of section.claims) add(postings.claims, id, i);
  });
  return postings;
}

function add(map: Map<string, number[]>, key: string, i: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [i]);
  else if (list.at(-1) !== i) list.push(i);
}
