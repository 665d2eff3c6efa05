import type { LineRange } from '../docs/regions.ts';
import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type FileWords, WordReader } from './file-words.ts';
import { vocabularyOf } from './known-vocabularies.ts';
import { numbersOn } from './lone-pages.ts';
import { type Term, termsByPage } from './naming-terms.ts';
import { basisOf, type KnownPages, NearPages } from './near-pages.ts';
import { PageScan } from './page-scan.ts';
import { PageWords } from './page-words.ts';
import type { PostingsCache } from './postings.ts';
import { Recent } from './recent.ts';
import { decodePlaces, encodePlaces, type PlaceNumbers, scenariosIn } from './remembered-places.ts';
import type { GroupIds, Vocabulary } from './vocabulary.ts';

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
  /**
   * The pages that may name a scenario of the registry, in site order.
   * @param among the only ones that can, where that is known: the others are not looked at
   */
  naming(scenario: Scenario, among?: readonly Page[]): readonly FoundPage[];
  /** The scenarios, by id, that one page may name: the others are not looked at. */
  namedOn(page: Page): ReadonlySet<string>;
  /** The regions that may have a section which holds most of a scenario's words, those with most of them first. */
  near(scenario: Scenario): readonly NearRegion[];
}

export interface NearRegion {
  page: Page;
  lines: LineRange;
  /** How many of the words stand in it. */
  held: number;
}

/** Pages whose words are held at once, however large the site is. */
const MOST_PAGES = 1_500;
/** Pages that come near one scenario often come near another. */
const MOST_REMEMBERED = 2_400;

/** So many regions are looked at for a scenario's near misses, the shortest first where they hold as much. */
const MOST_NEAR = 5;

export function nearestRegions(regions: NearRegion[]): NearRegion[] {
  return regions.sort((a, b) => b.held - a.held || size(a) - size(b)).slice(0, MOST_NEAR);
}

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
  /** Which pages of whole sites hold which words. */
  postings?: PostingsCache;
}

const searches = new WeakMap<Site, WeakMap<readonly Scenario[], SiteSearch>>();

/** Reads the words of all pages of a site; once for the same scenarios. */
export function pageSearch(site: Site, scenarios: readonly Scenario[], cache?: WordsCache): SiteSearch {
  const known = searches.get(site) ?? new WeakMap<readonly Scenario[], SiteSearch>();
  searches.set(site, known);
  let search = known.get(scenarios);
  if (!search) {
    const vocabulary = vocabularyOf(scenarios);
    const remembered = cache?.under(vocabulary.record.signature) ?? new Map<string, Uint32Array>();
    const basis = basisOf(site);
    const rest = basis && { pages: pageSearch(basis.site, scenarios, cache).nearPages, changed: basis.changed };
    search = new SiteSearch(site, vocabulary, remembered, rest ?? null);
    known.set(scenarios, search);
  }
  return search;
}

const NO_WORDS = new Uint32Array();

/** A page, and where a scenario's places begin in its numbers. */
type FoundAt = readonly [page: Page, start: number];

export class SiteSearch implements PageSearch {
  readonly #site: Site;
  readonly #vocabulary: Vocabulary;
  readonly #remembered: RememberedNumbers;
  readonly #scan: PageScan;
  readonly #reader: WordReader;
  readonly #words = new Recent<Page, PageWords>(MOST_REMEMBERED);
  readonly #numbers = new Map<Page, PlaceNumbers>();
  readonly #alone: WeakMap<Page, PlaceNumbers>;
  readonly nearPages: NearPages;
  /** By place of a scenario in the registry: the pages that may name it, and where in their numbers. */
  #naming: ReadonlyMap<number, readonly FoundAt[]> | null = null;

  constructor(site: Site, vocabulary: Vocabulary, remembered: RememberedNumbers, rest: KnownPages | null) {
    this.#site = site;
    this.#vocabulary = vocabulary;
    this.#remembered = remembered;
    this.#scan = new PageScan(vocabulary.size);
    this.#reader = new WordReader(vocabulary);
    this.#alone = numbersOn(vocabulary);
    const { size } = vocabulary;
    const wordsOf = (path: string) => this.#wordsOf(path);
    const holdsMost = (page: Page, groups: readonly GroupIds[]) => this.#wordsOn(page).holdsMost(groups);
    this.nearPages = new NearPages({ site, size, wordsOf, holdsMost }, remembered.postings, rest);
  }

  naming({ id }: Scenario, among?: readonly Page[]): readonly FoundPage[] {
    const number = this.#vocabulary.numberOf(id) ?? -1;
    const found = among && !this.#naming ? this.#namingAmong(number, among) : this.#namingAll(number);
    return found.map(([page, start]) => ({
      page,
      places: decodePlaces(this.#numbersOf(page), start, this.#site.textsBehind(page)),
    }));
  }

  #namingAll(number: number): readonly FoundAt[] {
    this.#naming ??= this.#findNaming();
    return this.#naming.get(number) ?? [];
  }

  #namingAmong(number: number, pages: readonly Page[]): FoundAt[] {
    this.#look(pages);
    return pages.flatMap((page) => {
      for (const [scenario, start] of scenariosIn(this.#numbersOf(page)))
        if (scenario === number) return [[page, start] as const];
      return [];
    });
  }

  #numbersOf(page: Page): PlaceNumbers {
    return this.#numbers.get(page) as PlaceNumbers;
  }

  namedOn(page: Page): ReadonlySet<string> {
    this.#look([page]);
    return new Set(
      Array.from(scenariosIn(this.#numbersOf(page)), ([scenario]) => this.#vocabulary.record.ids[scenario] as string),
    );
  }

  near({ id }: Scenario): readonly NearRegion[] {
    const groups = this.#vocabulary.termsOf(id)?.near ?? [];
    const pages = this.nearPages.holdingMost(groups);
    return nearestRegions(pages.flatMap((page) => this.#scan.regionsHoldingMost(this.#wordsOn(page), groups)));
  }

  #findNaming(): ReadonlyMap<number, FoundAt[]> {
    const { pages } = this.#site;
    this.#look(pages);
    const naming = new Map<number, FoundAt[]>();
    for (const page of pages) {
      for (const [scenario, start] of scenariosIn(this.#numbersOf(page))) {
        const found = naming.get(scenario);
        if (found) found.push([page, start]);
        else naming.set(scenario, [[page, start]]);
      }
    }
    return naming;
  }

  /** Finds the places on pages: what is remembered of those that were looked at before, and the others many at once. */
  #look(pages: readonly Page[]): void {
    let fresh: [key: string, words: PageWords][] = [];
    for (const page of pages) {
      if (this.#numbers.has(page)) continue;
      const alone = this.#isAlone(page) ? this.#alone.get(page) : undefined;
      const key = alone ? '' : this.#keyOf(page);
      const known = alone ?? this.#remembered.get(key);
      if (known) this.#note(page, known);
      else fresh.push([key, this.#wordsOn(page)]);
      if (fresh.length < MOST_PAGES) continue;
      this.#find(fresh);
      fresh = [];
    }
    this.#find(fresh);
  }

  #find(fresh: readonly [key: string, words: PageWords][]): void {
    if (fresh.length === 0) return;
    const terms = termsByPage(
      fresh.map(([, words]) => words),
      this.#vocabulary,
    );
    for (const [at, [key, words]] of fresh.entries()) {
      const places = this.#scan.find(words, terms[at] as Term[]);
      const numbers = encodePlaces(places, (id) => this.#vocabulary.numberOf(id), this.#site.textsBehind(words.page));
      this.#remembered.set(key, numbers);
      this.#note(words.page, numbers);
    }
  }

  #note(page: Page, numbers: PlaceNumbers): void {
    this.#numbers.set(page, numbers);
    if (this.#isAlone(page)) this.#alone.set(page, numbers);
  }

  #isAlone(page: Page): boolean {
    return this.#site.textsBehind(page).length === 1;
  }

  #keyOf(page: Page): string {
    return `places ${this.#site
      .textsBehind(page)
      .map((path) => this.#site.textKey(path))
      .join(' ')}`;
  }

  #wordsOn(page: Page): PageWords {
    const known = this.#words.get(page);
    if (known) return known;
    const words = new PageWords(page, this.#site, this.#vocabulary.size, (path) => this.#wordsOf(path));
    this.#words.set(page, words);
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
