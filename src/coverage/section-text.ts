import { type ContentBlock, type Section, withDescendants } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Candidate, Match } from './coverage.ts';
import { matchInBlock, matchInSentence, type Span } from './match-phrase.ts';
import { type Reading, readContent } from './reading.ts';
import { termsOf } from './scenario-terms.ts';

export interface Mark extends Span {
  field: Exclude<Match['field'], 'claim'>;
}

/** A block of a section as a reader sees it, with what of it matched: marks ascend and do not overlap. */
export interface MarkedBlock {
  kind: ContentBlock['kind'];
  text: string;
  path: string;
  line: number;
  marks: Mark[];
}

export interface SectionText {
  blocks: MarkedBlock[];
  /** Blocks that are left out at the end. */
  omitted: number;
}

/** Nobody reads on, and a page without headings is one section. */
const MOST_BLOCKS = 40;
const MOST_CHARACTERS = 6000;

/** The text that a candidate was judged by, with the scenario's words marked in it. */
export function sectionText(site: Site, candidate: Candidate, scenario: Scenario): SectionText {
  const reading = readContent(site.read(candidate.page));
  const section = sameSection(reading.content.sections, candidate.section) ?? candidate.section;
  const blocks = blocksOf(section, candidate.trigger).filter(({ text }) => text !== '');
  const shown = withinLimits(blocks);
  return {
    blocks: shown.map((block) => marked(reading, section, block, scenario, candidate.trigger)),
    omitted: blocks.length - shown.length,
  };
}

function sameSection(sections: readonly Section[], wanted: Section): Section | undefined {
  const { kind, path, line, label, index } = wanted;
  const alike = (other: Section) =>
    other.kind === kind && other.path === path && other.line === line && other.label === label;
  return index === 0 ? sections[0] : sections.find(alike);
}

/** Of a long section its label, and then from just before the block that names the failure. */
function blocksOf(section: Section, trigger: Match): ContentBlock[] {
  const isOwnText = section.index === 0 && trigger.where !== 'label';
  const blocks = (isOwnText ? [section] : [...withDescendants(section)]).flatMap((each) => each.blocks);
  const at = blocks.findIndex((block) => block.path === trigger.path && block.endLine >= trigger.line);
  const [label] = blocks;
  if (!label || at < 2 || withinLimits(blocks).includes(blocks[at] as ContentBlock)) return blocks;
  return [...(label.kind === 'label' ? [label] : []), ...blocks.slice(at - 1)];
}

function withinLimits(blocks: readonly ContentBlock[]): ContentBlock[] {
  let left = MOST_CHARACTERS;
  return blocks.slice(0, MOST_BLOCKS).filter(({ text }, at) => {
    left -= text.length;
    return at === 0 || left > 0;
  });
}

function marked(
  reading: Reading,
  section: Section,
  block: ContentBlock,
  scenario: Scenario,
  trigger: Match,
): MarkedBlock {
  const { kind, path, line, text } = block;
  const marks =
    kind === 'head'
      ? []
      : [...namesIn(reading, section, block, scenario, trigger), ...causesIn(reading, block, scenario)];
  return { kind, text: clipped(text), path, line, marks: apart(marks, clipped(text).length) };
}

function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

function namesIn(reading: Reading, section: Section, block: ContentBlock, scenario: Scenario, trigger: Match): Mark[] {
  const terms = termsOf(scenario);
  const codes = terms.codes.flatMap((code) => as('code', code.find(block.text)));
  if (block.kind === 'code' || block.kind === 'attribute') return codes;
  const index = reading.index(block);
  const labels = block.kind === 'label' ? [] : reading.labels(sectionOf(block, section));
  const symptoms = terms.symptoms.flatMap((symptom) =>
    as('symptom', ...(matchInSentence(symptom, index, labels)?.inText ?? [])),
  );
  const never = terms.never.flatMap((phrase) => as('never', ...(matchInSentence(phrase, index, labels)?.inText ?? [])));
  return [...never, ...codes, ...symptoms, ...(block.kind === 'label' ? labelWords(block.text, trigger) : [])];
}

function sectionOf(block: ContentBlock, around: Section): Section {
  for (const section of withDescendants(around)) if (section.blocks.includes(block)) return section;
  return around;
}

/** Words of a label that completed a sentence below it. */
function labelWords(text: string, { field, words }: Match): Mark[] {
  if (field !== 'symptom') return [];
  return words.flatMap((word) => {
    const start = text.indexOf(word);
    return start < 0 ? [] : as('symptom', { start, end: start + word.length });
  });
}

function causesIn(reading: Reading, block: ContentBlock, scenario: Scenario): Mark[] {
  if (block.kind !== 'prose' && block.kind !== 'label' && block.kind !== 'row') return [];
  return termsOf(scenario).causes.flatMap((cause) =>
    as('cause', ...(matchInBlock(cause, reading.index(block))?.inText ?? [])),
  );
}

function as(field: Mark['field'], ...spans: (Span | null)[]): Mark[] {
  return spans.flatMap((span) => (span ? [{ field, start: span.start, end: span.end }] : []));
}

/** In order of place; of those that overlap the first in the list, and what stands in `never` before all. */
function apart(marks: readonly Mark[], length: number): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks) {
    const isFree = kept.every(({ start, end }) => mark.end <= start || mark.start >= end);
    if (isFree && mark.end <= length) kept.push(mark);
  }
  return kept.sort((a, b) => a.start - b.start);
}
