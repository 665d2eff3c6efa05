import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { PageWords, pageKey } from './page-words.ts';
import { heldOf, type PageHits, ScenarioIndex } from './scenario-index.ts';

/** What pages were found to come to by the words of some scenarios, by `pageKey`. */
export interface HitsCache {
  get(key: string): PageHits | undefined;
  set(key: string, hits: PageHits): void;
}

/** Tells which pages have to be parsed to judge some scenarios. What is found out of a page holds for every site. */
export class ScenarioSearch {
  readonly #scenarios: readonly Scenario[];
  readonly #numbers: ReadonlyMap<Scenario, number>;
  readonly #hits: HitsCache;
  readonly #words: PageWords;
  readonly #sites = new WeakMap<Site, SiteSearch>();
  #index: ScenarioIndex | null = null;

  constructor(scenarios: readonly Scenario[], hits: HitsCache = new Map(), words: PageWords = new PageWords()) {
    this.#scenarios = scenarios;
    this.#numbers = new Map(scenarios.map((scenario, number) => [scenario, number]));
    this.#hits = hits;
    this.#words = words;
  }

  on(site: Site): SiteSearch {
    const search = this.#sites.get(site) ?? new SiteSearch(site, this);
    this.#sites.set(site, search);
    return search;
  }

  /** @param withNear also finds the scenarios to which the page comes near, while its words are at hand */
  hitsOn(page: Page, site: Site, withNear: boolean): PageHits {
    const key = pageKey(page, site);
    const known = this.#hits.get(key);
    if (known) return known;
    this.#index ??= new ScenarioIndex(this.#scenarios);
    const hits = this.#index.hits(this.#words.on(page, site), withNear);
    this.#hits.set(key, hits);
    return hits;
  }

  /** How many of a scenario's words a page holds; 0 where these are not most of them. */
  heldOn(page: Page, site: Site, scenario: Scenario): number {
    return heldOf(scenario, this.#words.on(page, site));
  }

  /** Notes that a page, now that it was read for them, does not name some scenarios. */
  ruleOut(page: Page, site: Site, scenarios: readonly Scenario[]): void {
    const key = pageKey(page, site);
    const hits = scenarios.length > 0 ? this.#hits.get(key) : undefined;
    if (!hits) return;
    const numbers = new Set(scenarios.map((scenario) => this.#numbers.get(scenario)));
    const without = (list: readonly number[]) => list.filter((number) => !numbers.has(number));
    this.#hits.set(key, { ...hits, named: without(hits.named), explained: without(hits.explained) });
  }

  numberOf(scenario: Scenario): number {
    return this.#numbers.get(scenario) ?? -1;
  }

  scenariosOf(numbers: readonly number[]): Scenario[] {
    return numbers.map((number) => this.#scenarios[number] as Scenario);
  }
}

interface NearPages {
  /** By scenario, the pages that hold most of its words. */
  known: Map<Scenario, { page: Page; held: number }[]>;
  /** Pages of which that was not found out along with the rest. */
  others: Page[];
}

/** The same for one site. */
export class SiteSearch {
  readonly #site: Site;
  readonly #search: ScenarioSearch;
  #naming: Map<Scenario, Page[]> | null = null;
  #near: NearPages | null = null;

  constructor(site: Site, search: ScenarioSearch) {
    this.#site = site;
    this.#search = search;
  }

  /** The pages that may name a scenario, in site order. */
  naming(scenario: Scenario): readonly Page[] {
    this.#naming ??= this.#findNaming();
    return this.#naming.get(scenario) ?? [];
  }

  #findNaming(): Map<Scenario, Page[]> {
    const naming = new Map<Scenario, Page[]>();
    this.#site.expect(() => this.#site.pages);
    for (const page of this.#site.pages) {
      for (const scenario of this.#search.scenariosOf(this.#search.hitsOn(page, this.#site, true).named)) {
        const pages = naming.get(scenario);
        if (pages) pages.push(page);
        else naming.set(scenario, [page]);
      }
    }
    return naming;
  }

  /** The scenarios that a page may name. */
  namedOn(page: Page): Scenario[] {
    return this.#search.scenariosOf(this.#search.hitsOn(page, this.#site, false).named);
  }

  /** Whether all causes of a scenario may stand on a page that may name it. */
  mayExplain(page: Page, scenario: Scenario): boolean {
    return this.#search.hitsOn(page, this.#site, false).explained.includes(this.#search.numberOf(scenario));
  }

  /** The pages that hold most of a scenario's words, those with most of them first, and of these the shorter ones. */
  near(scenario: Scenario): Page[] {
    this.#near ??= this.#findNear();
    const { known, others } = this.#near;
    const asked = others.map((page) => ({ page, held: this.#search.heldOn(page, this.#site, scenario) }));
    const near = [...(known.get(scenario) ?? []), ...asked.filter(({ held }) => held > 0)];
    const sizeOf = (page: Page) => this.#search.hitsOn(page, this.#site, true).size;
    return near.sort((a, b) => b.held - a.held || sizeOf(a.page) - sizeOf(b.page)).map(({ page }) => page);
  }

  #findNear(): NearPages {
    const near: NearPages = { known: new Map(), others: [] };
    for (const page of this.#site.pages) {
      const hits = this.#search.hitsOn(page, this.#site, true);
      if (!hits.near) near.others.push(page);
      for (const [number, held] of hits.near ?? []) {
        const [scenario] = this.#search.scenariosOf([number]);
        const pages = near.known.get(scenario as Scenario);
        if (pages) pages.push({ page, held });
        else near.known.set(scenario as Scenario, [{ page, held }]);
      }
    }
    return near;
  }
}
