import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type FileWords, WordReader } from './file-words.ts';
import { pagesThatMayHold, type Term, waysToName } from './naming-terms.ts';
import { OpenVocabulary } from './open-vocabulary.ts';
import { PageScan } from './page-scan.ts';
import { type FoundPage, type NearRegion, nearestRegions, type PageSearch, type Place } from './page-search.ts';
import { PageWords } from './page-words.ts';
import { eachWord, type Postings, pagesHoldingMost } from './postings.ts';
import { isUnspaced } from './terms.ts';
import type { GroupIds, NamingTerms } from './vocabulary.ts';

const NO_WORDS: FileWords = new Uint32Array();

/** What is known of files from one site to the next, by `Site.textKey`. */
export class ReadWords {
  readonly vocabulary = new OpenVocabulary();
  readonly #reader = new WordReader(this.vocabulary);
  readonly #words = new Map<string, FileWords>();
  /** Files with scripts without spaces, which say more to whoever asks for more words. */
  readonly #unspaced = new Map<string, number>();

  of(site: Site, path: string): FileWords {
    const key = site.textKey(path);
    const known = this.#words.get(key);
    const asked = this.vocabulary.unspaced.length;
    if (known && (this.#unspaced.get(key) ?? asked) === asked) return known;
    const file = site.rawText(path);
    const words = file ? this.#reader.read(file) : NO_WORDS;
    this.#words.set(key, words);
    if (file && isUnspaced(file.text)) this.#unspaced.set(key, asked);
    return words;
  }

  /** Forgets files that a site no longer has. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#words.keys()) if (!keys.has(key)) this.#words.delete(key);
  }
}

/**
 * All words of a site, read once. A search for any scenarios then takes as long as what they name, not as what is
 * written: for whoever changes a registry and waits.
 */
export class SiteIndex {
  readonly #site: Site;
  readonly #read: ReadWords;
  #postings: Postings;
  /** How many words without spaces had been asked for when the files were read. */
  #asked: number;
  #scan: { size: number; scan: PageScan } | null = null;

  constructor(site: Site, read: ReadWords) {
    this.#site = site;
    this.#read = read;
    this.#asked = read.vocabulary.unspaced.length;
    this.#postings = this.#post();
  }

  /** The search that leads to everything that names these scenarios. */
  search(scenarios: readonly Scenario[]): PageSearch {
    const { vocabulary } = this.#read;
    const terms = new Map(scenarios.map((scenario) => [scenario.id, vocabulary.termsOf(scenario)]));
    if (vocabulary.unspaced.length > this.#asked) {
      this.#asked = vocabulary.unspaced.length;
      this.#postings = this.#post();
    }
    const found = this.#find(terms);
    return {
      naming: ({ id }) => found.get(id) ?? [],
      namedOn: (page) =>
        new Set([...found].flatMap(([id, list]) => (list.some((each) => each.page === page) ? [id] : []))),
      near: ({ id }) => nearestRegions(this.#near(terms.get(id)?.near ?? [])),
    };
  }

  #find(terms: ReadonlyMap<string, NamingTerms>): ReadonlyMap<string, readonly FoundPage[]> {
    const found = new Map<string, FoundPage[]>();
    const words = new Map<number, PageWords>();
    const wordsAt = (at: number) => {
      const known = words.get(at) ?? this.#wordsAt(at);
      words.set(at, known);
      return known;
    };
    const byPage = new Map<number, Term[]>();
    for (const term of Array.from(terms, ([id, naming]) => waysToName(id, naming)).flat()) {
      for (const at of pagesThatMayHold(term.groups, this.#postings)) {
        if (wordsAt(at).holdsAll(term.groups)) byPage.set(at, [...(byPage.get(at) ?? []), term]);
      }
    }
    const scan = this.#scanner();
    for (const [at, wanted] of [...byPage].sort(([a], [b]) => a - b)) {
      const { page } = wordsAt(at);
      for (const [id, places] of scan.find(wordsAt(at), wanted)) add(found, id, { page, places });
    }
    return found;
  }

  #near(groups: readonly GroupIds[]): NearRegion[] {
    return pagesHoldingMost(groups, this.#postings).flatMap((at) =>
      this.#scanner().regionsHoldingMost(this.#wordsAt(at), groups),
    );
  }

  #wordsAt(at: number): PageWords {
    const page = this.#site.pages[at] as Site['pages'][number];
    return new PageWords(page, this.#site, this.#read.vocabulary.size, (path) => this.#read.of(this.#site, path));
  }

  #scanner(): PageScan {
    const { size } = this.#read.vocabulary;
    if (this.#scan?.size !== size) this.#scan = { size, scan: new PageScan(size) };
    return this.#scan.scan;
  }

  #post(): Postings {
    const postings: number[][] = [];
    const wild: number[] = [];
    const keys = new Set<string>();
    for (const [at, page] of this.#site.pages.entries()) {
      let isWild = false;
      for (const path of this.#site.textsBehind(page)) {
        keys.add(this.#site.textKey(path));
        isWild = eachWord(this.#read.of(this.#site, path), (word) => post(postings, word, at)) || isWild;
      }
      if (isWild) wild.push(at);
    }
    this.#read.keep(keys);
    return { of: (word) => postings[word] ?? NOWHERE, wild, count: this.#site.pages.length };
  }
}

const NOWHERE: readonly number[] = [];

function post(postings: number[][], word: number, page: number): void {
  const list = postings[word];
  if (!list) postings[word] = [page];
  else if (list.at(-1) !== page) list.push(page);
}

function add(
  found: Map<string, FoundPage[]>,
  id: string,
  page: { page: FoundPage['page']; places: readonly Place[] },
): void {
  const list = found.get(id);
  if (list) list.push(page);
  else found.set(id, [page]);
}
