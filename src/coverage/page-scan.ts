import type { LineRange } from '../docs/regions.ts';
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
  PART,
  REPLACES_LABELS,
  STANDS_OUT,
  TITLE,
  WILD,
} from './file-words.ts';
import type { Term } from './naming-terms.ts';
import type { NearRegion, Place } from './page-search.ts';
import { NEAR_SHARE, type PageWords, WHOLE_PAGE } from './page-words.ts';
import type { GroupIds } from './vocabulary.ts';

const NO_WORDS: FileWords = new Uint32Array();

interface Label {
  words: FileWords;
  at: number;
  /** How many containers hold it. */
  depth: number;
  counts: boolean;
  page: number;
}

/** Goes through pages passage by passage. */
export class PageScan {
  /** By word: the last sentence, passage, region and page in which it was met. */
  readonly #inSentence: Uint32Array;
  readonly #inPassage: Uint32Array;
  readonly #inRegion: Uint32Array;
  readonly #onPage: Uint32Array;
  /** By word: the label that counts longest of those that hold it. */
  readonly #labelOf: (Label | undefined)[];
  /** The labels that count, outer ones first. */
  readonly #labels: Label[] = [];
  /** Those above the heading that counts, which count again in a part of what they title. */
  #suspended: Label[] = [];
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
    const isMixed = page.files.length > 1 || page.hasParts;
    for (const { path, words } of page.files) {
      this.#dropLabels(0, this.#labels.length);
      this.#suspended.length = 0;
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
    if ((flags & OPENS_REGION) !== 0) this.#dropLabels(0, this.#labels.length, this.#suspended);
    if ((flags & REPLACES_LABELS) !== 0) this.#dropLabels(labelDepthOf(flags), this.#labels.length, this.#suspended);
    if ((flags & PART) !== 0) this.#resumeLabels();
    this.#mark(words, at, this.#inPassage, this.#passage);
    this.#mark(words, at, this.#inSentence, this.#sentence);
    if ((flags & LABEL) !== 0)
      this.#addLabel({ words, at, depth: labelDepthOf(flags), counts: true, page: this.#page });
  }

  /** Labels count no longer where what held them has ended. */
  #leavePassage(flags: number): void {
    const own = (flags & LABEL) !== 0 ? 1 : 0;
    const before = this.#labels.length - own;
    const last = own > 0 ? this.#labels.pop() : undefined;
    const least = leastDepthOf(flags);
    this.#dropLabels(least + 1, before);
    if (this.#suspended.some(({ depth }) => depth > least))
      this.#suspended = this.#suspended.filter(({ depth }) => depth <= least);
    if (last && last.depth <= depthAfter(flags)) this.#labels.push(last);
    else if (last) last.counts = false;
  }

  #addLabel(label: Label): void {
    const { words, at, depth } = label;
    label.counts = true;
    this.#labels.push(label);
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) {
      const word = words[i] as number;
      const known = this.#labelOf[word];
      if (!known?.counts || known.page !== this.#page || known.depth >= depth) this.#labelOf[word] = label;
    }
  }

  /** @param suspended where labels go that a later heading may bring back */
  #dropLabels(from: number, count: number, suspended?: Label[]): void {
    for (let i = count - 1; i >= 0; i -= 1) {
      const label = this.#labels[i] as Label;
      if (label.depth < from) continue;
      label.counts = false;
      this.#labels.splice(i, 1);
      suspended?.push(label);
    }
  }

  #resumeLabels(): void {
    for (const label of this.#suspended.splice(0)) this.#addLabel(label);
  }

  #mark(words: FileWords, at: number, marks: Uint32Array, mark: number): void {
    const end = at + HEAD + (words[at + HEAD - 1] as number);
    for (let i = at + HEAD; i < end; i += 1) marks[words[i] as number] = mark;
  }

  #mayName({ isCode, groups }: Term, flags: number): boolean {
    if ((flags & WILD) !== 0) return true;
    if (isCode || (flags & ALONE) !== 0) return this.#allInPassage(groups);
    if ((flags & CODE) !== 0) return false;
    let own = false;
    for (const group of groups) {
      if (this.#isInSentence(group)) own = true;
      else if (!this.#isInLabels(group)) return false;
    }
    return own;
  }

  #allInPassage(groups: readonly GroupIds[]): boolean {
    for (const group of groups) if (!this.#isInPassage(group)) return false;
    return true;
  }

  #isInSentence(group: GroupIds): boolean {
    return isMarked(group, this.#inSentence, this.#sentence);
  }

  #isInPassage(group: GroupIds): boolean {
    return isMarked(group, this.#inPassage, this.#passage);
  }

  #isInLabels(group: GroupIds): boolean {
    for (const sequence of group) {
      let all = true;
      for (const word of sequence) all &&= this.#onPage[word] === this.#page || this.#isLabelWord(word);
      if (all) return true;
    }
    return false;
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
    return isMarked(group, this.#inRegion, this.#region);
  }
}

/** Whether all words of one of a group's sequences carry a mark. */
function isMarked(group: GroupIds, marks: Uint32Array, mark: number): boolean {
  for (const sequence of group) {
    let all = true;
    for (const word of sequence) all &&= marks[word] === mark;
    if (all) return true;
  }
  return false;
}
