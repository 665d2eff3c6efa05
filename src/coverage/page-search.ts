import type { Page } from '../docs/page.ts';
import type { LineRange } from '../docs/regions.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type FileWords, WordReader } from './file-words.ts';
import { termsByPage } from './naming-terms.ts';
import { PageScan } from './page-scan.ts';
import { PageWords } from './page-words.ts';
import { decodePlaces, encodePlaces } from './remembered-places.ts';
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

/** Remembered words of files by blob id and syntax, and what they come to on a page. */
export interface WordsCache {
  /** @param signature of the vocabulary by which the files were read */
  under(signature: string): RememberedNumbers;
}

interface RememberedNumbers {
  get(key: string): Uint32Array | undefined;
  set(key: string, numbers: Uint32Array): void;
}

const searches = new WeakMap<Site, WeakMap<readonly Scenario[], PageSearch>>();

/** Reads the words of all pages of a site; once for the same scenarios. */
export function pageSearch(site: Site, scenarios: readonly Scenario[], cache?: WordsCache): PageSearch {
  const known = searches.get(site) ?? new WeakMap<readonly Scenario[], PageSearch>();
  searches.set(site, known);
  let search = known.get(scenarios);
  if (!search) {
    const vocabulary = vocabularyOf(scenarios);
    const remembered = cache?.under(vocabulary.signature) ?? new Map<string, Uint32Array>();
    search = new SiteSearch(site, vocabulary, remembered);
    known.set(scenarios, search);
  }
  return search;
}

const vocabularies = new WeakMap<readonly Scenario[], Vocabulary>();

function vocabularyOf(scenarios: readonly Scenario[]): Vocabulary {
  const known = vocabularies.get(scenarios) ?? new Vocabulary(scenarios);
  vocabularies.set(scenarios, known);
  return known;
}

type Places = ReadonlyMap<string, readonly Place[]>;

const placesByVocabulary = new WeakMap<Vocabulary, WeakMap<Page, Places>>();

/** What was found on pages that show nothing of another file, on whatever site. */
function placesOn(vocabulary: Vocabulary): WeakMap<Page, Places> {
  const known = placesByVocabulary.get(vocabulary) ?? new WeakMap<Page, Places>();
  placesByVocabulary.set(vocabulary, known);
  return known;
}

const NO_WORDS = new Uint32Array();

class SiteSearch implements PageSearch {
  readonly #site: Site;
  readonly #vocabulary: Vocabulary;
  readonly #remembered: RememberedNumbers;
  readonly #scan: PageScan;
  readonly #reader: WordReader;
  readonly #words = new Map<Page, PageWords>();
  readonly #found = new Map<string, FoundPage[]>();

  constructor(site: Site, vocabulary: Vocabulary, remembered: RememberedNumbers) {
    this.#site = site;
    this.#vocabulary = vocabulary;
    this.#remembered = remembered;
    this.#scan = new PageScan(vocabulary.size);
    this.#reader = new WordReader(vocabulary);
    for (const [page, places] of this.#findPlaces()) {
      for (const [id, list] of places) {
        const found = this.#found.get(id);
        if (found) found.push({ page, places: list });
        else this.#found.set(id, [{ page, places: list }]);
      }
    }
  }

  naming({ id }: Scenario): readonly FoundPage[] {
    return this.#found.get(id) ?? [];
  }

  near({ id }: Scenario): readonly NearRegion[] {
    const groups = this.#vocabulary.terms.get(id)?.near ?? [];
    const near = this.#site.pages.flatMap((page) => {
      const words = this.#wordsOn(page);
      return words.holdsMost(groups) ? this.#scan.regionsHoldingMost(words, groups) : [];
    });
    return near.sort((a, b) => b.held - a.held || size(a) - size(b)).slice(0, MOST_NEAR);
  }

  /** By page, in site order: what is remembered of those that were looked at before, and the others at once. */
  #findPlaces(): [Page, Places][] {
    const { pages } = this.#site;
    const lone = placesOn(this.#vocabulary);
    const found = pages.map((page) => (this.#isLone(page) ? lone.get(page) : undefined));
    const open = pages.filter((_, at) => !found[at]);
    const places = this.#readPlaces(open);
    for (const [at, page] of open.entries()) if (this.#isLone(page)) lone.set(page, places[at] as Places);
    let next = 0;
    return pages.map((page, at) => [page, found[at] ?? (places[next++] as Places)]);
  }

  /** Nothing of another file is shown on it, so that it says the same on any site. */
  #isLone(page: Page): boolean {
    return this.#site.textsBehind(page).length === 1;
  }

  #readPlaces(pages: readonly Page[]): Places[] {
    const ids = [...this.#vocabulary.terms.keys()];
    const numberOf = new Map(ids.map((id, at) => [id, at]));
    const keys = pages.map((page) => this.#keyOf(page));
    const known = keys.map((key) => this.#remembered.get(key));
    const fresh = pages.filter((_, at) => !known[at]).map((page) => this.#wordsOn(page));
    const terms = termsByPage(fresh, this.#vocabulary);
    const wanted = new Map(fresh.map((words, at) => [words.page, terms[at] ?? []]));
    return pages.map((page, at) => {
      const paths = this.#site.textsBehind(page);
      const numbers = known[at];
      if (numbers) return decodePlaces(numbers, ids, paths);
      const places = this.#scan.find(this.#wordsOn(page), wanted.get(page) ?? []);
      this.#remembered.set(keys[at] as string, encodePlaces(places, numberOf, paths));
      return places;
    });
  }

  #keyOf(page: Page): string {
    return `places ${this.#site
      .textsBehind(page)
      .map((path) => this.#site.textKey(path))
      .join(' ')}`;
  }

  #wordsOn(page: Page): PageWords {
    let words = this.#words.get(page);
    if (!words) {
      words = new PageWords(page, this.#site, this.#vocabulary, (path) => this.#wordsOf(path));
      this.#words.set(page, words);
    }
    return words;
  }

  #wordsOf(path: string): FileWords {
    const key = this.#site.textKey(path);
    const known = this.#remembered.get(key);
    if (known) return known;
    const file = this.#site.rawText(path);
    const words = file ? this.#reader.read(file) : NO_WORDS;
    this.#remembered.set(key, words);
    return words;
  }
}
