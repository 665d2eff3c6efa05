import { type ContentBlock, lineAt, withDescendants } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Candidate, Found, Match, Quote } from './coverage.ts';
import { matchInBlock, matchInSentence, type Phrase } from './phrase.ts';
import { isProse, type ReadBlock, type Reading, readContent } from './reading.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';
import { type Span, sentenceEnds } from './terms.ts';

/** Quotes the sentences that hold some words, and marks these. Of a sample it quotes lines, of a label or row all. */
export function quoteOf({ block, spans }: Pick<Found, 'block' | 'spans'>): Quote {
  const marks = inOrder(spans);
  const first = marks[0]?.start ?? 0;
  const last = marks.at(-1)?.end ?? 0;
  const bounds = boundsOf(block);
  const start = bounds.findLast((bound) => bound <= first) ?? 0;
  const end = bounds.find((bound) => bound >= last && bound > start) ?? block.text.length;
  const raw = block.text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  return {
    path: block.path,
    line: lineAt(block, first),
    text: raw.trim(),
    marks: marks.map((mark) => ({ start: mark.start - from, end: mark.end - from })),
  };
}

/** Overlapping ones, such as the parts of a compound, become one. */
function inOrder(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

function boundsOf({ kind, text }: ContentBlock): number[] {
  if (kind === 'prose') return [0, ...sentenceEnds(text)];
  if (kind === 'code') return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1), text.length];
  return [0, text.length];
}

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

/** A page without headings is one section, of which nobody reads more than this. */
const MOST_BLOCKS = 40;
const MOST_CHARACTERS = 6000;

/** The text that a candidate was judged by, with the scenario's words marked in it. */
export function sectionText(site: Site, candidate: Candidate, scenario: Scenario): SectionText {
  const reading = readContent(site.read(candidate.page));
  const terms = termsOf(scenario);
  const places = placesOf(candidate).filter(({ block }) => block.text !== '');
  const shown = withinLimits(places);
  return {
    blocks: shown.map((place) => {
      const { kind, path, line } = place.block;
      const text = clipped(place.block.text);
      const marks = apart(marksIn(place, reading, terms, candidate.trigger), text.length);
      return { kind, text, path, line, marks };
    }),
    omitted: places.length - shown.length,
  };
}

/** Leaves out the beginning of a long section, but for its label, up to just before the block that names the failure. */
function placesOf({ section, trigger }: Candidate): ReadBlock[] {
  const isOwnText = section.index === 0 && trigger.where !== 'label';
  const sections = isOwnText ? [section] : [...withDescendants(section)];
  const places = sections.flatMap((each) => each.blocks.map((block) => ({ block, section: each })));
  const at = places.findIndex(({ block }) => block.path === trigger.path && block.endLine >= trigger.line);
  if (at < 2 || withinLimits(places).includes(places[at]!)) return places;
  const label = places.slice(0, 1).filter(({ block }) => block.kind === 'label');
  return [...label, ...places.slice(at - 1)];
}

function withinLimits(places: readonly ReadBlock[]): ReadBlock[] {
  let left = MOST_CHARACTERS;
  return places.slice(0, MOST_BLOCKS).filter(({ block }, at) => {
    left -= block.text.length;
    return at === 0 || left > 0;
  });
}

function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

/** Marks what matched in a block. The first of overlapping marks counts, so `never` comes first. */
function marksIn(place: ReadBlock, reading: Reading, terms: ScenarioTerms, trigger: Match): Mark[] {
  const { block } = place;
  if (block.kind === 'head') return [];
  const index = reading.index(block);
  const codes = terms.codes.flatMap(({ find }) => marksOf('code', find(block.text, index.folded) ?? []));
  if (!isProse(block)) return codes;
  const labels = reading.labelsFor(place);
  const inSentence = (phrase: Phrase) => matchInSentence(phrase, index, labels)?.inText ?? [];
  return [
    ...terms.never.flatMap((phrase) => marksOf('never', inSentence(phrase))),
    ...codes,
    ...terms.symptoms.flatMap((phrase) => marksOf('symptom', inSentence(phrase))),
    ...(block.kind === 'label' ? labelWords(block.text, trigger) : []),
    ...terms.causes.flatMap((phrase) => marksOf('cause', matchInBlock(phrase, index)?.inText ?? [])),
  ];
}

/** Marks the words of a label that completed a sentence below it. */
function labelWords(text: string, { field, words }: Match): Mark[] {
  if (field !== 'symptom') return [];
  const spans = words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
  return marksOf('symptom', spans).filter(({ start }) => start >= 0);
}

function marksOf(field: Mark['field'], spans: Span | readonly Span[]): Mark[] {
  return [spans].flat().map(({ start, end }) => ({ field, start, end }));
}

/** Sorts marks by place, without those that overlap an earlier mark of the list or reach beyond the text. */
function apart(marks: readonly Mark[], length: number): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks) {
    const isFree = kept.every(({ start, end }) => mark.end <= start || mark.start >= end);
    if (isFree && mark.end <= length) kept.push(mark);
  }
  return kept.sort((a, b) => a.start - b.start);
}
