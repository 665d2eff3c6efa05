import type { Page } from '../docs/page.ts';
import type { LineRange } from '../docs/regions.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type FileWords, WordReader } from './file-words.ts';
import { termsByPage } from './naming-terms.ts';
import { PageScan } from './page-scan.ts';
import { PageWords } from './page-words.ts';
import { Vocabulary } from './vocabulary.ts';

/** Lines of a file in which a scenario may be named. */
export interface Place {
  path: string;
  line: number;
  endLine: number;
  /** Not all causes can stand together with it, so that it documents nothing. */
  lacksCause: boolean;
  /** A symptom in running prose. */
  isSentence: boolean;
}

/** A page that may name a scenario, and where. */
export interface FoundPage {
  page: Page;
  places: readonly Place[];
}

/** Tells from raw text which pages have to be parsed; it finds too many rather than too few. */
export interface PageSearch {
  /** The pages that may name a scenario of the registry, in site order. */
  naming(scenario: Scenario): readonly FoundPage[];
  /** The regions that may have a section which holds most of a scenario's words, those with most of them first. */
  near(scenario: Scenario): readonly NearRegion[];
}

export interface NearRegion {
  page: Page;
  lines: LineRange;
  /** How many of the words stand in it. */
  held: number;
}

/** So many regions are looked at for a scenario's near misses, the shortest first where they hold as much. */
const MOST_NEAR = 5;

function size({ lines }: NearRegion): number {
  return lines.endLine - lines.line;
}

/** Remembered words of files, by blob id and syntax. */
export interface WordsCache {
  /** @param signature of the vocabulary by which the files were read */
  under(signature: string): { get(key: string): FileWords | undefined; set(key: string, words: FileWords): void };
}

const searches = new WeakMap<Site, WeakMap<readonly Scenario[], PageSearch>>();

/** Reads the words of all pages of a site; once for the same scenarios. */
export function pageSearch(site: Site, scenarios: readonly Scenario[], cache?: WordsCache): PageSearch {
  const known = searches.get(site) ?? new WeakMap<readonly Scenario[], PageSearch>();
  searches.set(site, known);
  let search = known.get(scenarios);
  if (!search) {
    const vocabulary = new Vocabulary(scenarios);
    search = searchPages(site, vocabulary, wordsReader(site, vocabulary, cache));
    known.set(scenarios, search);
  }
  return search;
}

const NO_WORDS = new Uint32Array();

function wordsReader(site: Site, vocabulary: Vocabulary, cache?: WordsCache): (path: string) => FileWords {
  const reader = new WordReader(vocabulary);
  const remembered = cache?.under(vocabulary.signature) ?? new Map<string, FileWords>();
  return (path) => {
    const key = site.textKey(path);
    const known = remembered.get(key);
    if (known) return known;
    const file = site.rawText(path);
    const words = file ? reader.read(file) : NO_WORDS;
    remembered.set(key, words);
    return words;
  };
}

function searchPages(site: Site, vocabulary: Vocabulary, wordsOf: (path: string) => FileWords): PageSearch {
  const pages = site.pages.map((page) => new PageWords(page, site, vocabulary, wordsOf));
  const found = new Map<string, FoundPage[]>();
  const terms = termsByPage(pages, vocabulary);
  const scan = new PageScan(vocabulary.size);
  for (const [at, wanted] of terms.entries()) {
    if (!wanted) continue;
    const page = pages[at] as PageWords;
    for (const [id, places] of scan.find(page, wanted)) {
      const list = found.get(id);
      if (list) list.push({ page: page.page, places });
      else found.set(id, [{ page: page.page, places }]);
    }
  }
  return {
    naming: ({ id }) => found.get(id) ?? [],
    near: ({ id }) => {
      const groups = vocabulary.terms.get(id)?.near ?? [];
      const near = pages.flatMap((page) => (page.holdsMost(groups) ? scan.regionsHoldingMost(page, groups) : []));
      return near.sort((a, b) => b.held - a.held || size(a) - size(b)).slice(0, MOST_NEAR);
    },
  };
}
