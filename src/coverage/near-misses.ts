import MiniSearch from 'minisearch';
import { nearestAnchor, type Page, type Section } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { NearMiss, Widening } from './coverage.ts';
import { nearestSentence } from './nearest.ts';
import type { SiteSearch } from './page-search.ts';
import { isFunctionStem, type Phrase, type WordGroup } from './phrase.ts';
import { quoteOf } from './quote.ts';
import { type Reading, readContent } from './reading.ts';
import { Recent } from './recent.ts';
import { NEAR_SHARE } from './scenario-index.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import { tokenize } from './terms.ts';
import type { TokenIndex } from './token-index.ts';

interface Near {
  reading: Reading;
  section: Section;
  stems: ReadonlySet<string>;
}

/** So many pages are looked at for the sections of a scenario, those with most of its words. */
const MOST_PAGES = 3;
/** Pages that come near one scenario often come near another. */
const MOST_REMEMBERED = 64;

/** Finds the sections of a site that come near scenarios. For people only; it never decides a state. */
export class NearMisses {
  readonly #site: Site;
  readonly #search: SiteSearch;
  readonly #sections = new Recent<Page, Near[]>(MOST_REMEMBERED);

  constructor(site: Site, search: SiteSearch) {
    this.#site = site;
    this.#search = search;
  }

  /**
   * The sections closest to a scenario, with what each lacks: of those that hold most of its words, the best by BM25 over
   * all its declared fields.
   * @param limit how many at the most
   */
  of(scenario: Scenario, limit = 3): NearMiss[] {
    const terms = termsOf(scenario);
    const least = NEAR_SHARE * terms.near.length;
    const near = this.#search
      .near(scenario)
      .slice(0, MOST_PAGES)
      .flatMap((page) => this.#sectionsOf(page))
      .filter(({ stems }) => terms.near.filter((group) => holds(group, stems)).length >= least);
    return best(near, scenario, limit).map((each) => describe(each, scenario, terms));
  }

  #sectionsOf(page: Page): Near[] {
    let sections = this.#sections.get(page);
    if (!sections) {
      const reading = readContent(this.#site.read(page));
      sections = reading.content.sections.map((section) => ({ reading, section, stems: stemsOf(reading, section) }));
      this.#sections.set(page, sections);
    }
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

function queryOf(scenario: Scenario): string {
  const fields = [scenario.title, ...scenario.symptoms, ...scenario.causes, ...scenario.codes, ...scenario.quotes];
  return fields.join(' ').replaceAll('|', ' ');
}

function contentStems(text: string): string[] {
  return tokenize(text).flatMap(({ stem, joined }) => (isFunctionStem(stem) ? [] : joined ? [stem, joined] : [stem]));
}

/** Its own text, without samples and what only attributes say. */
function* textsOf(reading: Reading, section: Section): Generator<TokenIndex> {
  for (const block of section.blocks)
    if (block.kind !== 'code' && block.kind !== 'attribute') yield reading.index(block);
}

function stemsOf(reading: Reading, section: Section): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const { positions } of textsOf(reading, section)) for (const stem of positions.keys()) stems.add(stem);
  return stems;
}

/** Every word that means something, as often as it stands there. */
function wordsOf(reading: Reading, section: Section): string[] {
  const words: string[] = [];
  for (const { positions } of textsOf(reading, section))
    for (const [stem, at] of positions) if (!isFunctionStem(stem)) words.push(...at.map(() => stem));
  return words;
}

function holds(group: WordGroup, stems: ReadonlySet<string>): boolean {
  return group.sequences.some((words) => words.every((word) => stems.has(word)) || stems.has(words.join('')));
}

function describe({ reading, section, stems }: Near, scenario: Scenario, terms: ScenarioTerms): NearMiss {
  const symptom = closest(terms.symptoms, stems);
  const missing = symptom ? lackingGroups(symptom, stems) : [];
  const causes = terms.causes.filter((cause) => lackingGroups(cause, stems).length > 0);
  const lacks = [
    ...missing.map((group) => group.source),
    ...causes.map((cause) => `cause “${cause.source}”`),
    ...(symptom ? [] : [scenario.codes.map((code) => `\`${code}\``).join(' or ')]),
  ];
  const widen = symptom && missing.length === 1 ? wideningFor(section, scenario, terms, symptom, missing[0]!) : null;
  return {
    path: section.path,
    line: section.line,
    endLine: section.endLine,
    label: section.label || reading.page.title,
    route: reading.page.url,
    anchor: nearestAnchor(section),
    lacks,
    quote: quoteFor(section, symptom ?? { source: '', groups: terms.near, negative: true }, reading),
    edit: editFor(scenario, symptom, missing, causes, widen),
    widen,
  };
}

function quoteFor(section: Section, phrase: Phrase, reading: Reading): NearMiss['quote'] {
  const nearest = nearestSentence(phrase, section, reading);
  return nearest && quoteOf(nearest);
}

function closest(symptoms: readonly Phrase[], stems: ReadonlySet<string>): Phrase | null {
  let best: Phrase | null = null;
  for (const symptom of symptoms) {
    if (!best || lackingGroups(symptom, stems).length < lackingGroups(best, stems).length) best = symptom;
  }
  return best;
}

function lackingGroups(phrase: Phrase, stems: ReadonlySet<string>): WordGroup[] {
  return phrase.groups.filter((group) => !holds(group, stems));
}

function editFor(
  scenario: Scenario,
  symptom: Phrase | null,
  missing: WordGroup[],
  causes: Phrase[],
  widen: Widening | null,
): string {
  if (!symptom) return `name ${scenario.codes.map((code) => `\`${code}\``).join(' or ')} in this section`;
  if (missing.length === 0 && causes.length === 0) return `say “${symptom.source}” in one sentence of this section`;
  if (missing.length === 0) return `say why it happens: ${causes.map((cause) => `“${cause.source}”`).join(', ')}`;
  const say = `say ${missing.map(({ source }) => `“${source}”`).join(' and ')}`;
  if (!widen) return say;
  return `add \`${widen.add}\` to word ${widen.word} of symptom ${widen.symptom} (“${widen.group}”), or ${say}`;
}

function wideningFor(
  section: Section,
  scenario: Scenario,
  terms: ScenarioTerms,
  symptom: Phrase,
  missing: WordGroup,
): Widening | null {
  const add = ownWord(section, scenario, terms, symptom, missing);
  const word = symptom.groups.indexOf(missing) + 1;
  return add === null ? null : { symptom: terms.symptoms.indexOf(symptom) + 1, word, group: missing.source, add };
}

/**
 * How this writer says the one word that differs: the last word of a label that holds all the others of the symptom,
 * unless the scenario uses it already in another sense.
 */
function ownWord(
  section: Section,
  scenario: Scenario,
  terms: ScenarioTerms,
  symptom: Phrase,
  missing: WordGroup,
): string | null {
  const label = tokenize(section.label);
  const inLabel = new Set(label.flatMap(({ stem, joined }) => (joined ? [stem, joined] : [stem])));
  if (!symptom.groups.every((group) => group === missing || holds(group, inLabel))) return null;
  const phrases = [...terms.symptoms, ...terms.causes];
  const known = new Set(phrases.flatMap((phrase) => phrase.groups.flatMap((group) => group.sequences.flat())));
  for (const stem of contentStems(scenario.title)) known.add(stem);
  const last = label.filter((token) => !known.has(token.stem) && !isFunctionStem(token.stem)).at(-1);
  return last ? section.label.slice(last.start, last.end) : null;
}
