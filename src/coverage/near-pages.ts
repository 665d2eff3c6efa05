import type { Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { FileWords } from './file-words.ts';
import { type Postings, type PostingsCache, packPostings, pagesHoldingMost, readPostings } from './postings.ts';
import type { GroupIds } from './vocabulary.ts';

/** A site with the same pages in the same places, and those of this one that say something else. */
export interface Basis {
  site: Site;
  changed: ReadonlySet<Page>;
}

const bases = new WeakMap<Site, Basis>();

/** Tells that a site differs from another in what some pages say, so that what is known of that one is not found anew. */
export function restOn(basis: Basis, site: Site): void {
  bases.set(site, basis);
}

export function basisOf(site: Site): Basis | undefined {
  return bases.get(site);
}

/** The words of a site's files. */
export interface SiteWords {
  site: Site;
  /** How many words the vocabulary has. */
  size: number;
  wordsOf(path: string): FileWords;
  /** Whether a page holds most of the groups, or may hold anything. */
  holdsMost(page: Page, groups: readonly GroupIds[]): boolean;
}

/** What all pages but the changed ones are known by. */
export interface KnownPages {
  pages: NearPages;
  changed: ReadonlySet<Page>;
}

/** Tells which pages may have a section close to a scenario. */
export class NearPages {
  readonly #words: SiteWords;
  readonly #kept: PostingsCache | undefined;
  readonly #rest: KnownPages | null;
  #postings: Postings | null = null;

  constructor(words: SiteWords, kept: PostingsCache | undefined, rest: KnownPages | null) {
    this.#words = words;
    this.#kept = kept;
    this.#rest = rest;
  }

  /** The pages that hold most of the groups, in site order. */
  holdingMost(groups: readonly GroupIds[]): Page[] {
    return this.#placesHoldingMost(groups).map((at) => this.#words.site.pages[at] as Page);
  }

  /** Finds out which pages hold which words, unless that is known. */
  post(): Postings {
    const { tree, pages } = this.#words.site;
    this.#postings ??= readPostings(this.#kept?.get(tree) ?? this.#pack(), pages.length, () => this.#pack());
    return this.#postings;
  }

  #placesHoldingMost(groups: readonly GroupIds[]): readonly number[] {
    if (!this.#rest) return pagesHoldingMost(groups, this.post());
    const { pages: others, changed } = this.#rest;
    const { pages } = this.#words.site;
    const isChanged = (at: number) => changed.has(pages[at] as Page);
    const same = others.#placesHoldingMost(groups).filter((at) => !isChanged(at));
    const own = [...pages.keys()].filter((at) => isChanged(at) && this.#words.holdsMost(pages[at] as Page, groups));
    return [...same, ...own].sort((a, b) => a - b);
  }

  #pack(): ReturnType<typeof packPostings> {
    const packed = packPostings(this.#files(), this.#words.size);
    this.#kept?.set(this.#words.site.tree, packed);
    return packed;
  }

  *#files(): Generator<FileWords[]> {
    const { site } = this.#words;
    for (const page of site.pages) yield site.textsBehind(page).map((path) => this.#words.wordsOf(path));
  }
}
