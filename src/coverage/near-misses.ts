import MiniSearch from 'minisearch';
import type { ContentBlock, Page, Section } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { placeOf } from './candidates.ts';
import type { Found, NearMiss, Widening } from './coverage.ts';
import { NEAR_SHARE, type SiteSearch } from './page-search.ts';
import { isFunctionStem, type Phrase, type PhraseParts, partsOf, type WordGroup, wordInLabels } from './phrase.ts';
import { quoteOf } from './quote.ts';
import { isProse, type Reading, readContent, type TokenIndex } from './reading.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import { tokenize } from './terms.ts';

interface Near {
  reading: Reading;
  section: Section;
  stems: ReadonlySet<string>;
}

/** The pages per scenario whose sections are compared: those with most of its words. */
const MOST_PAGES = 3;
/** The pages whose sections are remembered: pages near one scenario are often near another. */
const MOST_REMEMBERED = 64;

/** Finds the sections of a site that come near scenarios. For people only; it never decides a state. */
export class NearMisses {
  readonly #site: Site;
  readonly #search: SiteSearch;
  readonly #sections = new Map<Page, Near[]>();

  constructor(site: Site, search: SiteSearch) {
    this.#site = site;
    this.#search = search;
  }

  /**
   * Finds the sections closest to a scenario, with what each lacks. Sections must hold most of its words; BM25 over all
   * its declared fields ranks them.
   * @param limit the most sections to return
   */
  of(scenario: Scenario, limit = 3): NearMiss[] {
    const terms = termsOf(scenario);
    const words = terms.near;
    const near = this.#search
      .near(scenario)
      .slice(0, MOST_PAGES)
      .flatMap((page) => this.#sectionsOf(page))
      .filter(({ stems }) => words.length - lackingOf(words, stems).length >= NEAR_SHARE * words.length);
    return best(near, scenario, limit).map((each) => describe(each, terms));
  }

  #sectionsOf(page: Page): Near[] {
    const known = this.#sections.get(page);
    if (known) return known;
    if (this.#sections.size >= MOST_REMEMBERED) this.#sections.clear();
    const reading = readContent(this.#site.read(page));
    const sections = reading.content.sections.map((section) => ({
      reading,
      section,
      stems: stemsOf(reading, section),
    }));
    this.#sections.set(page, sections);
    return sections;
  }
}

function best(near: readonly Near[], scenario: Scenario, limit: number): Near[] {
  if (near.length === 0) return [];
  const search = new MiniSearch({ fields: ['text'], tokenize: (text) => text.split(' '), processTerm: (term) => term });
  search.addAll(near.map(({ reading, section }, id) => ({ id, text: wordsOf(reading, section).join(' ') })));
  const results = search.search(contentStems(queryOf(scenario)).join(' '));
  return results.slice(0, limit).map(({ id }) => near[id as number] as Near);
}

function queryOf({ title, symptoms, causes, codes, quotes }: Scenario): string {
  return [title, ...symptoms, ...causes, ...codes, ...quotes].join(' ').replaceAll('|', ' ');
}

function contentStems(text: string): string[] {
  return tokenize(text).flatMap(({ stem, joined }) => (isFunctionStem(stem) ? [] : joined ? [stem, joined] : [stem]));
}

/** The texts of a section itself, without samples and attributes. */
function textsOf(reading: Reading, { blocks }: Section): TokenIndex[] {
  return blocks.filter(({ kind }) => kind !== 'code' && kind !== 'attribute').map(reading.index);
}

function stemsOf(reading: Reading, section: Section): ReadonlySet<string> {
  return new Set(textsOf(reading, section).flatMap(({ positions }) => [...positions.keys()]));
}

/** Every word of a section but function words, as often as it occurs. */
function wordsOf(reading: Reading, section: Section): string[] {
  const places = textsOf(reading, section).flatMap(({ positions }) => [...positions]);
  return places.flatMap(([stem, at]) => (isFunctionStem(stem) ? [] : at.map(() => stem)));
}

/** Finds the groups of which a text with these stems holds no choice. */
function lackingOf(groups: readonly WordGroup[], stems: ReadonlySet<string>): WordGroup[] {
  const isThere = (words: string[]) => words.every((word) => stems.has(word)) || stems.has(words.join(''));
  return groups.filter(({ sequences }) => !sequences.some(isThere));
}

function describe({ reading, section, stems }: Near, terms: ScenarioTerms): NearMiss {
  const codes = terms.scenario.codes.map((code) => `\`${code}\``).join(' or ');
  const symptom = closest(terms.symptoms, stems);
  const missing = symptom ? lackingOf(symptom.groups, stems) : [];
  const causes = terms.causes
    .filter(({ groups }) => lackingOf(groups, stems).length > 0)
    .map(({ source }) => `“${source}”`);
  const lacks = [...missing.map(({ source }) => source), ...causes.map((cause) => `cause ${cause}`)];
  const widen = symptom && missing.length === 1 ? wideningFor(section, terms, symptom, missing[0]!) : null;
  const nearest = nearestSentence(symptom ?? { groups: terms.near }, section, reading);
  return {
    ...placeOf(section),
    lacks: symptom ? lacks : [...lacks, codes],
    quote: nearest && quoteOf(nearest),
    edit: symptom ? editFor(symptom, missing, causes, widen) : `name ${codes} in this section`,
    widen,
  };
}

function closest(symptoms: readonly Phrase[], stems: ReadonlySet<string>): Phrase | null {
  const lacking = ({ groups }: Phrase) => lackingOf(groups, stems).length;
  return symptoms.reduce<Phrase | null>((a, b) => (a && lacking(a) <= lacking(b) ? a : b), null);
}

function editFor(symptom: Phrase, missing: WordGroup[], causes: string[], widen: Widening | null): string {
  if (missing.length === 0 && causes.length === 0) return `say “${symptom.source}” in one sentence of this section`;
  if (missing.length === 0) return `say why it happens: ${causes.join(', ')}`;
  const say = `say ${missing.map(({ source }) => `“${source}”`).join(' and ')}`;
  if (!widen) return say;
  return `add \`${widen.add}\` to word ${widen.word} of symptom ${widen.symptom} (“${widen.group}”), or ${say}`;
}

/**
 * Finds the word by which this writer says the missing one. The label must hold all other words of the symptom; the
 * word is the last one of the label that the scenario does not use otherwise.
 */
function wideningFor(section: Section, terms: ScenarioTerms, symptom: Phrase, missing: WordGroup): Widening | null {
  const label = tokenize(section.label);
  const inLabel = new Set(label.flatMap(({ stem, joined }) => (joined ? [stem, joined] : [stem])));
  if (lackingOf(symptom.groups, inLabel).some((group) => group !== missing)) return null;
  const groups = [...terms.symptoms, ...terms.causes].flatMap((phrase) => phrase.groups);
  const known = new Set([
    ...groups.flatMap(({ sequences }) => sequences.flat()),
    ...contentStems(terms.scenario.title),
  ]);
  const last = label.findLast(({ stem }) => !known.has(stem) && !isFunctionStem(stem));
  if (!last) return null;
  return {
    symptom: terms.symptoms.indexOf(symptom) + 1,
    word: symptom.groups.indexOf(missing) + 1,
    group: missing.source,
    add: section.label.slice(last.start, last.end),
  };
}

/** A block that holds a part of a phrase: the words that it holds, and the groups that it lacks. */
export interface Nearest extends Found {
  lacking: WordGroup[];
}

/** Finds the sentence of a section that, with its labels, holds most of a symptom; null where none holds a word. */
export function nearestSentence(phrase: Pick<Phrase, 'groups'>, section: Section, reading: Reading): Nearest | null {
  let best: Nearest | null = null;
  for (const block of section.blocks.filter(isProse)) {
    const labels = reading.labelsFor({ block, section });
    const index = reading.index(block);
    let from = 0;
    for (const to of index.sentences()) {
      best = nearer(best, partIn(block, partsOf(phrase.groups, index, from, to), labels));
      from = to;
    }
  }
  return best;
}

/** Finds the block that holds most of a cause; null where none holds a word. */
export function nearestBlock({ groups }: Phrase, blocks: readonly ContentBlock[], reading: Reading): Nearest | null {
  const parts = blocks.filter(isProse).map((block) => partIn(block, partsOf(groups, reading.index(block)), []));
  return parts.reduce(nearer, null);
}

function partIn(block: ContentBlock, { spans, lacking }: PhraseParts, labels: readonly TokenIndex[]): Nearest | null {
  if (spans.length === 0) return null;
  const inLabels = lacking.map((group) => wordInLabels(group, labels, true));
  return {
    block,
    spans,
    inLabels: inLabels.filter((word) => word !== null),
    lacking: lacking.filter((_, i) => inLabels[i] === null),
  };
}

function nearer(a: Nearest | null, b: Nearest | null): Nearest | null {
  if (!a || !b) return a ?? b;
  const less = b.lacking.length - a.lacking.length;
  return less < 0 || (less === 0 && b.spans.length > a.spans.length) ? b : a;
}
