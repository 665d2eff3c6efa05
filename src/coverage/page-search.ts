import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { PageWords, pageKey } from './page-words.ts';
import { type PageHits, ScenarioIndex } from './scenario-index.ts';

/** To be raised whenever the same texts would come to other hits: what was kept before is then not used. */
export const HITS_VERSION = 1;

/** What pages were found to come to by the words of some scenarios, by `pageKey`. */
export interface HitsCache {
  get(key: string): PageHits | undefined;
  set(key: string, hits: PageHits): void;
}

/** Tells which pages have to be parsed to judge some scenarios. What is found out of a page holds for every site. */
export class ScenarioSearch {
  readonly #scenarios: readonly Scenario[];
  readonly #hits: HitsCache;
  readonly #words: PageWords;
  readonly #sites = new WeakMap<Site, SiteSearch>();
  #index: ScenarioIndex | null = null;

  constructor(scenarios: readonly Scenario[], hits: HitsCache = new Map(), words: PageWords = new PageWords()) {
    this.#scenarios = scenarios;
    this.#hits = hits;
    this.#words = words;
  }

  on(site: Site): SiteSearch {
    const search = this.#sites.get(site) ?? new SiteSearch(site, this.#scenarios, (page) => this.#hitsOn(page, site));
    this.#sites.set(site, search);
    return search;
  }

  #hitsOn(page: Page, site: Site): PageHits {
    const key = pageKey(page, site);
    const known = this.#hits.get(key);
    if (known) return known;
    this.#index ??= new ScenarioIndex(this.#scenarios);
    const hits = this.#index.hits(this.#words.on(page, site));
    this.#hits.set(key, hits);
    return hits;
  }
}

/** A page with how many of a scenario's words it holds. */
interface NearPage {
  page: Page;
  held: number;
}

/** The same for one site. */
export class SiteSearch {
  readonly #site: Site;
  readonly #scenarios: readonly Scenario[];
  readonly #hitsOn: (page: Page) => PageHits;
  #naming: Map<Scenario, Page[]> | null = null;
  #near: Map<Scenario, NearPage[]> | null = null;

  constructor(site: Site, scenarios: readonly Scenario[], hitsOn: (page: Page) => PageHits) {
    this.#site = site;
    this.#scenarios = scenarios;
    this.#hitsOn = hitsOn;
  }

  /** The pages that may name a scenario, in site order. */
  naming(scenario: Scenario): readonly Page[] {
    this.#naming ??= this.#group((hits) => hits.named);
    return this.#naming.get(scenario) ?? [];
  }

  /** The scenarios that a page may name. */
  namedOn(page: Page): Scenario[] {
    return this.#scenariosOf(this.#hitsOn(page).named);
  }

  /** Whether all causes of a scenario may stand on a page that may name it. */
  mayExplain(page: Page, scenario: Scenario): boolean {
    return this.#scenariosOf(this.#hitsOn(page).explained).includes(scenario);
  }

  /** The pages that hold most of a scenario's words, those with most of them first. */
  near(scenario: Scenario): readonly Page[] {
    this.#near ??= this.#groupNear();
    const pages = this.#near.get(scenario) ?? [];
    return pages.toSorted((a, b) => b.held - a.held).map(({ page }) => page);
  }

  #scenariosOf(numbers: readonly number[]): Scenario[] {
    return numbers.map((number) => this.#scenarios[number] as Scenario);
  }

  #group(numbersOf: (hits: PageHits) => readonly number[]): Map<Scenario, Page[]> {
    const pages = new Map<Scenario, Page[]>();
    for (const page of this.#site.pages) {
      for (const scenario of this.#scenariosOf(numbersOf(this.#hitsOn(page)))) {
        const list = pages.get(scenario);
        if (list) list.push(page);
        else pages.set(scenario, [page]);
      }
    }
    return pages;
  }

  #groupNear(): Map<Scenario, NearPage[]> {
    const pages = new Map<Scenario, NearPage[]>();
    for (const page of this.#site.pages) {
      const { near } = this.#hitsOn(page);
      for (let i = 0; i < near.length; i += 2) {
        const scenario = this.#scenarios[near[i] as number] as Scenario;
        const found = { page, held: near[i + 1] as number };
        const list = pages.get(scenario);
        if (list) list.push(found);
        else pages.set(scenario, [found]);
      }
    }
    return pages;
  }
}
