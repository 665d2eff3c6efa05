import MiniSearch from 'minisearch';
import { nearestAnchor, type Section } from '../docs/page.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { NearMiss } from './coverage.ts';
import { isFunctionStem, type Phrase, type WordGroup } from './phrase.ts';
import { type Reading, readPage } from './reading.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import { tokenize } from './terms.ts';

/** A section is worth showing when it holds this share of the declared words. */
const SHARE = 0.7;

interface Indexed {
  search: MiniSearch;
  sections: { reading: Reading; section: Section; stems: ReadonlySet<string> }[];
}

const indexes = new WeakMap<Site, Indexed>();

/**
 * The sections closest to a scenario by BM25 over all its declared words, with what each lacks. For people only:
 * ranking depends on the whole site, so it never decides a state.
 *
 * @param limit how many at the most
 */
export function nearMisses(site: Site, scenario: Scenario, limit = 3): NearMiss[] {
  const terms = termsOf(scenario);
  const wanted = [...terms.symptoms.slice(0, 1), ...terms.causes].flatMap((phrase) => phrase.groups);
  const { search, sections } = indexOf(site);
  const results = search.search(contentStems(queryOf(scenario)).join(' ')).slice(0, limit * 10);
  return results
    .map((result) => sections[result.id as number]!)
    .filter(({ stems }) => wanted.filter((group) => holds(group, stems)).length >= SHARE * wanted.length)
    .slice(0, limit)
    .map(({ reading, section, stems }) => describe(reading, section, stems, scenario, terms));
}

function queryOf(scenario: Scenario): string {
  const fields = [scenario.title, ...scenario.symptoms, ...scenario.causes, ...scenario.codes, ...scenario.quotes];
  return fields.join(' ').replaceAll('|', ' ');
}

function indexOf(site: Site): Indexed {
  let indexed = indexes.get(site);
  if (!indexed) {
    indexed = buildIndex(site);
    indexes.set(site, indexed);
  }
  return indexed;
}

function buildIndex(site: Site): Indexed {
  const sections: Indexed['sections'] = [];
  const search = new MiniSearch({ fields: ['text'], tokenize: (text) => text.split(' '), processTerm: (term) => term });
  for (const page of site.pages) {
    const reading = readPage(site, page);
    for (const section of reading.content.sections) {
      const words = stemsOf(reading, section);
      if (words.length === 0) continue;
      search.add({ id: sections.length, text: words.join(' ') });
      sections.push({ reading, section, stems: new Set(words) });
    }
  }
  return { sections, search };
}

function contentStems(text: string): string[] {
  return tokenize(text).flatMap(({ stem, joined }) => (isFunctionStem(stem) ? [] : joined ? [stem, joined] : [stem]));
}

function stemsOf(reading: Reading, section: Section): string[] {
  const own = section.blocks.flatMap((block) =>
    block.kind === 'code' || block.kind === 'attribute'
      ? []
      : [...reading.index(block).positions].flatMap(([stem, at]) => at.map(() => stem)),
  );
  return own.filter((stem) => !isFunctionStem(stem));
}

function holds(group: WordGroup, stems: ReadonlySet<string>): boolean {
  return group.sequences.some((words) => words.every((word) => stems.has(word)) || stems.has(words.join('')));
}

function describe(
  reading: Reading,
  section: Section,
  stems: ReadonlySet<string>,
  scenario: Scenario,
  terms: ScenarioTerms,
): NearMiss {
  const symptom = closest(terms.symptoms, stems);
  const missing = symptom ? lackingGroups(symptom, stems) : [];
  const causes = terms.causes.filter((cause) => lackingGroups(cause, stems).length > 0);
  const lacks = [
    ...missing.map((group) => group.source),
    ...causes.map((cause) => `cause “${cause.source}”`),
    ...(symptom ? [] : [scenario.codes.map((code) => `\`${code}\``).join(' or ')]),
  ];
  return {
    path: section.path,
    line: section.line,
    endLine: section.endLine,
    label: section.label || reading.page.title,
    route: reading.page.url,
    anchor: nearestAnchor(section),
    lacks,
    edit: editFor(section, scenario, terms, symptom, missing, causes),
  };
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
  section: Section,
  scenario: Scenario,
  terms: ScenarioTerms,
  symptom: Phrase | null,
  missing: WordGroup[],
  causes: Phrase[],
): string {
  if (!symptom) return `name ${scenario.codes.map((code) => `\`${code}\``).join(' or ')} in this section`;
  const number = terms.symptoms.indexOf(symptom) + 1;
  if (missing.length === 0 && causes.length === 0) return `say “${symptom.source}” in one sentence of this section`;
  if (missing.length === 0) return `say why it happens: ${causes.map((cause) => `“${cause.source}”`).join(', ')}`;
  const group = missing[0]!;
  const word = missing.length === 1 ? ownWord(section, scenario, terms, symptom, group) : null;
  const say = `say ${missing.map(({ source }) => `“${source}”`).join(' and ')}`;
  const place = `word ${symptom.groups.indexOf(group) + 1} of symptom ${number}`;
  return word ? `add \`${word}\` to ${place} (“${group.source}”), or ${say}` : say;
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
