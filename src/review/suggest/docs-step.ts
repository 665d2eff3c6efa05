import type { Candidate, Match, Quote, ScenarioCoverage } from '../../coverage/coverage.ts';
import { type Nearest, nearestBlock, nearestSentence } from '../../coverage/near-misses.ts';
import type { Phrase } from '../../coverage/phrase.ts';
import { quoteOf } from '../../coverage/quote.ts';
import { type Reading, readContent } from '../../coverage/reading.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import { lineAt, type Section } from '../../docs/site/page.ts';
import type { Scenario } from '../../registry/registry.ts';
import { pageLines } from '../compare/page-lines.ts';
import type { Head } from './propose-snippet.ts';
import { writePieces } from './snippet-pieces.ts';
import type { Snippet } from './snippet-shapes.ts';
import { textAt } from './trial.ts';

/** One edit of a page. */
export type DocsStep =
  /** Words to say in a sentence or, for a cause, in a paragraph that stands there; of each group any one. */
  | {
      kind: 'say';
      path: string;
      line: number;
      words: string[];
      within: 'sentence' | 'paragraph' | 'title' | 'row';
      quote: Quote;
    }
  /** A sentence to take out or to put otherwise. */
  | { kind: 'take-out'; path: string; line: number; phrase: string; quote: Quote }
  /** A line of the frontmatter that hides the page. */
  | { kind: 'publish'; path: string; line: number; key: string }
  | { kind: 'paste'; snippet: Snippet };

/** An edit with the text that its file then has, and how many words somebody has to write for it. */
export interface Edit {
  step: DocsStep;
  path: string;
  text: string;
  words: number;
}

/** A section that may be completed: where it begins. */
export type Place = Pick<Section, 'path' | 'line'>;

/** More than so many words are no small change of a sentence. */
const MOST_WORDS = 2;

/** The next edit towards a section that documents a scenario by itself; null where no word in a sentence helps. */
export function nextWordEdit(
  scenario: Scenario,
  candidate: Candidate | undefined,
  place: Place,
  head: Head,
): Edit | null {
  if (!candidate) return nameIn(scenario, place, head);
  if (candidate.hidden) return publish(candidate, head);
  const [forbidden] = candidate.forbidden;
  if (forbidden) return takeOut(forbidden, head);
  const lacking = candidate.requirements.find(({ match, kind }) => match === null && kind !== 'link');
  if (lacking?.kind === 'code') return sayCode(scenario, candidate, head);
  const cause = termsOf(scenario).causes.find(({ source }) => source === lacking?.term);
  return cause ? sayCause(cause, candidate, head) : null;
}

/** The candidate that stands for a section, the best one where there are several. */
export function candidateAt({ candidates }: ScenarioCoverage, { path, line }: Place): Candidate | undefined {
  return candidates.find(({ section }) => section.path === path && section.line === line);
}

/** Where a near miss stands, as a section of its page. */
function sectionAt(place: Place, head: Head): { section: Section; reading: Reading } | null {
  for (const page of head.site.pages) {
    if (page.path !== place.path && !head.site.textsBehind(page).includes(place.path)) continue;
    const reading = readContent(head.site.read(page));
    const section = reading.content.sections.find(({ path, line }) => path === place.path && line === place.line);
    if (section) return { section, reading };
  }
  return null;
}

function nameIn(scenario: Scenario, place: Place, head: Head): Edit | null {
  const at = sectionAt(place, head);
  if (!at) return null;
  let best: Nearest | null = null;
  for (const symptom of termsOf(scenario).symptoms) {
    const nearest = nearestSentence(symptom, at.section, at.reading);
    if (nearest && (!best || nearest.lacking.length < best.lacking.length)) best = nearest;
  }
  return best && sayIn(best, 'sentence', head);
}

function sayCause(cause: Phrase, candidate: Candidate, head: Head): Edit | null {
  const blocks = candidate.unit?.blocks ?? [];
  const nearest = nearestBlock(cause, blocks, readContent(head.site.read(candidate.page)));
  return nearest && sayIn(nearest, 'paragraph', head);
}

function sayIn(nearest: Nearest, within: 'sentence' | 'paragraph', head: Head): Edit | null {
  const { block, spans, lacking } = nearest;
  if (lacking.length === 0 || lacking.length > Math.min(MOST_WORDS, spans.length + nearest.inLabels.length))
    return null;
  const words = lacking.map(({ source }) => source);
  const kinds = { label: 'title', row: 'row' } as const;
  const kind = block.kind === 'label' || block.kind === 'row' ? kinds[block.kind] : within;
  return insert({ block, spans }, words, kind, head, false);
}

/** Where the title or row itself names the failure, its code belongs there. */
function sayCode({ codes }: Scenario, { trigger: { where, found } }: Candidate, head: Head): Edit | null {
  if (!found || (where !== 'label' && where !== 'row')) return null;
  return insert(found, [codes[0] as string], where === 'row' ? 'row' : 'title', head, true);
}

type Within = Extract<DocsStep, { kind: 'say' }>['within'];

/** Puts words behind the last one that is there already: where exactly they go is for the writer to say. */
function insert(
  { block, spans }: Pick<Nearest, 'block' | 'spans'>,
  words: string[],
  within: Within,
  head: Head,
  isCode: boolean,
): Edit | null {
  const at = pageLines(block.path, head.tree, head.blobs);
  const before = textAt(head, block.path);
  const last = spans.toSorted((a, b) => a.end - b.end).at(-1);
  if (!at || before === null || !last) return null;
  const line = lineAt(block, last.start);
  const said = words.map((word) => (isCode ? word : (word.split('|')[0] as string))).join(' ');
  const written = writePieces(isCode ? [{ text: ' ' }, { code: said }] : [{ text: ` ${said}` }], at.syntax);
  const text = spliced(before, line, block.text.slice(last.start, last.end), (word) => word + written);
  const step: DocsStep = { kind: 'say', path: block.path, line, words, within, quote: quoteOf({ block, spans }) };
  return text === null ? null : { step, path: block.path, text, words: words.length };
}

function takeOut({ term, line, found }: Match, head: Head): Edit | null {
  if (!found) return null;
  const { block, spans } = found;
  let text = textAt(head, block.path);
  for (const { start, end } of spans) {
    text = text && spliced(text, lineAt(block, start), block.text.slice(start, end), () => '');
  }
  const step: DocsStep = { kind: 'take-out', path: block.path, line, phrase: term, quote: quoteOf(found) };
  return text === null ? null : { step, path: block.path, text, words: spans.length };
}

const HIDING = /^(draft|noindex|unlisted|hidden)[ \t]*:[ \t]*true\b/;

function publish({ page }: Candidate, head: Head): Edit | null {
  const text = textAt(head, page.path);
  const lines = text?.split('\n') ?? [];
  const at = lines.findIndex((line) => HIDING.test(line));
  if (at < 0) return null;
  const [, key] = HIDING.exec(lines[at] as string) as RegExpExecArray;
  const step: DocsStep = { kind: 'publish', path: page.path, line: at + 1, key: key as string };
  return { step, path: page.path, text: lines.toSpliced(at, 1).join('\n'), words: 1 };
}

/** A text with one word of one line put otherwise; null where the line does not say it as readers see it. */
function spliced(text: string, line: number, word: string, put: (word: string) => string): string | null {
  const start = startOf(text, line);
  const end = text.slice(start).search(/[\r\n]|$/) + start;
  const at = text.slice(start, end).indexOf(word);
  return at < 0 ? null : text.slice(0, start + at) + put(word) + text.slice(start + at + word.length);
}

function startOf(text: string, line: number): number {
  const breaks = text.matchAll(/\r\n|\n|\r/g);
  let start = 0;
  for (let i = 1; i < line; i += 1) {
    const next = breaks.next().value;
    if (!next) break;
    start = next.index + next[0].length;
  }
  return start;
}
