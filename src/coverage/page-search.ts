import type { Page } from '../docs/page.ts';
import type { LineRange } from '../docs/regions.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import {
  ALONE,
  CODE,
  CONTINUES,
  depthAfter,
  type FileWords,
  HEAD,
  LABEL,
  labelDepthOf,
  leastDepthOf,
  OPENS_REGION,
  REPLACES_LABELS,
  STANDS_OUT,
  TITLE,
  WILD,
  WordReader,
} from './file-words.ts';
import { type GroupIds, type NamingTerms, Vocabulary } from './vocabulary.ts';

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

/** A section is worth showing when it holds this share of the declared words. */
export const NEAR_SHARE = 0.7;

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
  const scan = new Scan(vocabulary.size);
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

/** One way to name a scenario. */
interface Term {
  id: string;
  /** A code may stand in a sample, and counts no labels along. */
  isCode: boolean;
  groups: readonly GroupIds[];
  /** The causes of which each must stand in one passage for a section to be complete. */
  causes: readonly Cause[];
}

type Cause = readonly GroupIds[];

/** In the place of a region's number. */
const WHOLE_PAGE = -1;

/** The words of a page and of all files that it may show. */
class PageWords {
  readonly page: Page;
  readonly files: readonly { path: string; words: FileWords }[];
  /** One bit for each word of the vocabulary. */
  readonly #bits: Uint32Array;
  #isWild = false;
  readonly #causes = new Map<Cause, Set<number>>();

  constructor(page: Page, site: Site, vocabulary: Vocabulary, wordsOf: (path: string) => FileWords) {
    this.page = page;
    this.files = Array.from(site.textsBehind(page), (path) => ({ path, words: wordsOf(path) }));
    this.#bits = new Uint32Array((vocabulary.size + 31) >>> 5);
    for (const { words } of this.files) this.#note(words);
  }

  #note(words: FileWords): void {
    for (let at = 0; at < words.length; ) {
      if (((words[at] as number) & WILD) !== 0) this.#isWild = true;
      const end = at + HEAD + (words[at + HEAD - 1] as number);
      for (at += HEAD; at < end; at += 1) {
        const word = words[at] as number;
        this.#bits[word >>> 5] = (this.#bits[word >>> 5] as number) | (1 << (word & 31));
      }
    }
  }

  has(word: number): boolean {
    return this.#isWild || ((this.#bits[word >>> 5] as number) & (1 << (word & 31))) !== 0;
  }

  holds(group: GroupIds): boolean {
    return group.some((sequence) => sequence.every((word) => this.has(word)));
  }

  /** Whether a cause may stand in one passage of a region, or anywhere; each is looked for once. */
  explains(cause: Cause, region: number): boolean {
    let regions = this.#causes.get(cause);
    if (!regions) {
      regions = cause.every((group) => this.holds(group)) ? this.#regionsWith(cause) : new Set();
      this.#causes.set(cause, regions);
    }
    return region === WHOLE_PAGE ? regions.size > 0 : regions.has(region);
  }

  #regionsWith(cause: Cause): Set<number> {
    const found = new Set<number>();
    for (const { words } of this.files) {
      let region = 0;
      for (let at = 0; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
        const flags = words[at] as number;
        if ((flags & OPENS_REGION) !== 0) region += 1;
        if ((flags & WILD) !== 0 || ((flags & CODE) === 0 && holdsCause(words, at, cause))) found.add(region);
      }
    }
    return found;
  }

  holdsMost(groups: readonly GroupIds[]): boolean {
    return groups.filter((group) => this.holds(group)).length >= NEAR_SHARE * groups.length;
  }

  /** Every word that stands on it; null for one that may hold any. */
  *words(): Generator<number> {
    for (const [block, bits] of this.#bits.entries())
      for (let rest = bits; rest !== 0; rest &= rest - 1) yield block * 32 + (31 - Math.clz32(rest & -rest));
  }

  get isWild(): boolean {
    return this.#isWild;
  }
}

/** Whether all groups stand in one passage, further sentences of it included. */
function holdsCause(words: FileWords, start: number, cause: Cause): boolean {
  const present = new Set<number>();
  for (let at = start; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
    if (at > start && ((words[at] as number) & CONTINUES) === 0) break;
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) present.add(words[i] as number);
  }
  return cause.every((group) => group.some((sequence) => sequence.every((word) => present.has(word))));
}

/** By index of a page: the terms all of whose groups stand somewhere on it. */
function termsByPage(pages: readonly PageWords[], vocabulary: Vocabulary): (Term[] | undefined)[] {
  const postings: number[][] = Array.from({ length: vocabulary.size }, () => []);
  const wild: number[] = [];
  for (const [at, page] of pages.entries()) {
    if (page.isWild) wild.push(at);
    else for (const word of page.words()) (postings[word] as number[]).push(at);
  }
  const byPage: (Term[] | undefined)[] = Array.from({ length: pages.length });
  for (const term of allTerms(vocabulary.terms)) {
    for (const at of new Set([...rarest(term.groups, postings, pages.length), ...wild])) {
      if (!term.groups.every((group) => (pages[at] as PageWords).holds(group))) continue;
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

interface Label {
  /** How many containers hold it. */
  depth: number;
  counts: boolean;
  page: number;
}

/** Goes through pages passage by passage. */
class Scan {
  /** By word: the last sentence, passage, region and page in which it was met. */
  readonly #inSentence: Uint32Array;
  readonly #inPassage: Uint32Array;
  readonly #inRegion: Uint32Array;
  readonly #onPage: Uint32Array;
  /** By word: the label that counts longest of those that hold it. */
  readonly #labelOf: (Label | undefined)[];
  /** The labels that count, outer ones first. */
  readonly #labels: Label[] = [];
  #sentence = 0;
  #passage = 0;
  #region = 0;
  #page = 0;

  constructor(size: number) {
    this.#inSentence = new Uint32Array(size);
    this.#inPassage = new Uint32Array(size);
    this.#inRegion = new Uint32Array(size);
    this.#onPage = new Uint32Array(size);
    this.#labelOf = Array.from({ length: size });
  }

  /** Where on a page each scenario may be named. */
  find(page: PageWords, terms: readonly Term[]): Map<string, Place[]> {
    const found = new Map<string, Place[]>();
    this.#notePageLabels(page);
    const isMixed = page.files.length > 1;
    for (const { path, words } of page.files) {
      this.#dropLabels(0, this.#labels.length);
      let region = 0;
      for (let at = 0; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
        const flags = words[at] as number;
        this.#enterPassage(words, at);
        if ((flags & OPENS_REGION) !== 0) region += 1;
        for (const term of terms) {
          if (!this.#mayName(term, flags)) continue;
          const isSentence = !term.isCode && (flags & STANDS_OUT) === 0;
          const stretch = isSentence && !isMixed && region > 0 ? region : WHOLE_PAGE;
          const lacksCause = !term.causes.every((cause) => page.explains(cause, stretch));
          const place = {
            path,
            line: words[at + 1] as number,
            endLine: words[at + 2] as number,
            lacksCause,
            isSentence,
          };
          const places = found.get(term.id);
          if (places) places.push(place);
          else found.set(term.id, [place]);
        }
        this.#leavePassage(flags);
      }
    }
    return found;
  }

  /** Labels that count along on the whole page: its title, and all labels where text of several files is mixed. */
  #notePageLabels(page: PageWords): void {
    this.#page += 1;
    const flags = page.files.length > 1 ? LABEL : TITLE;
    for (const { words } of page.files) {
      for (let at = 0; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
        if (((words[at] as number) & flags) !== 0) this.#mark(words, at, this.#onPage, this.#page);
      }
    }
  }

  #enterPassage(words: FileWords, at: number): void {
    const flags = words[at] as number;
    this.#sentence += 1;
    if ((flags & CONTINUES) === 0) this.#passage += 1;
    if ((flags & OPENS_REGION) !== 0) this.#dropLabels(0, this.#labels.length);
    if ((flags & REPLACES_LABELS) !== 0) this.#dropLabels(labelDepthOf(flags), this.#labels.length);
    this.#mark(words, at, this.#inPassage, this.#passage);
    this.#mark(words, at, this.#inSentence, this.#sentence);
    if ((flags & LABEL) !== 0) this.#addLabel(words, at, labelDepthOf(flags));
  }

  /** Labels count no longer where what held them has ended. */
  #leavePassage(flags: number): void {
    const own = (flags & LABEL) !== 0 ? 1 : 0;
    const before = this.#labels.length - own;
    const last = own > 0 ? this.#labels.pop() : undefined;
    this.#dropLabels(leastDepthOf(flags) + 1, before);
    if (last && last.depth <= depthAfter(flags)) this.#labels.push(last);
    else if (last) last.counts = false;
  }

  #addLabel(words: FileWords, at: number, depth: number): void {
    const label = { depth, counts: true, page: this.#page };
    this.#labels.push(label);
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) {
      const word = words[i] as number;
      const known = this.#labelOf[word];
      if (!known?.counts || known.page !== this.#page || known.depth > depth) this.#labelOf[word] = label;
    }
  }

  #dropLabels(from: number, count: number): void {
    for (let i = count - 1; i >= 0; i -= 1) {
      const label = this.#labels[i] as Label;
      if (label.depth < from) continue;
      label.counts = false;
      this.#labels.splice(i, 1);
    }
  }

  #mark(words: FileWords, at: number, marks: Uint32Array, mark: number): void {
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) marks[words[i] as number] = mark;
  }

  #mayName({ isCode, groups }: Term, flags: number): boolean {
    if ((flags & WILD) !== 0) return true;
    if (isCode || (flags & ALONE) !== 0) return groups.every((group) => this.#isInPassage(group));
    if ((flags & CODE) !== 0) return false;
    let own = false;
    for (const group of groups) {
      if (this.#isInSentence(group)) own = true;
      else if (!this.#isInLabels(group)) return false;
    }
    return own;
  }

  #isInSentence(group: GroupIds): boolean {
    return group.some((sequence) => sequence.every((word) => this.#inSentence[word] === this.#sentence));
  }

  #isInPassage(group: GroupIds): boolean {
    return group.some((sequence) => sequence.every((word) => this.#inPassage[word] === this.#passage));
  }

  #isInLabels(group: GroupIds): boolean {
    return group.some((sequence) =>
      sequence.every((word) => this.#onPage[word] === this.#page || this.#isLabelWord(word)),
    );
  }

  #isLabelWord(word: number): boolean {
    const label = this.#labelOf[word];
    return label?.counts === true && label.page === this.#page;
  }

  /** The regions of a page that hold most of the groups; all of it where several files make it. */
  regionsHoldingMost({ page, files, isWild }: PageWords, groups: readonly GroupIds[]): NearRegion[] {
    const all = { line: 1, endLine: Number.MAX_SAFE_INTEGER };
    if (files.length > 1 || isWild) return [{ page, lines: all, held: groups.length }];
    const found: NearRegion[] = [];
    let region: LineRange = { line: 1, endLine: 1 };
    const end = () => {
      const held = groups.filter((group) => this.#isInRegion(group)).length;
      if (held >= NEAR_SHARE * groups.length) found.push({ page, lines: region, held });
    };
    const words = files[0]?.words ?? NO_WORDS;
    this.#region += 1;
    for (let at = 0; at < words.length; at += HEAD + (words[at + HEAD - 1] as number)) {
      const flags = words[at] as number;
      const [line, endLine] = [words[at + 1] as number, words[at + 2] as number];
      if ((flags & OPENS_REGION) !== 0) {
        end();
        this.#region += 1;
        region = { line, endLine };
      }
      region.endLine = Math.max(region.endLine, endLine);
      if ((flags & CODE) === 0) this.#mark(words, at, this.#inRegion, this.#region);
    }
    end();
    return found;
  }

  #isInRegion(group: GroupIds): boolean {
    return group.some((sequence) => sequence.every((word) => this.#inRegion[word] === this.#region));
  }
}
