import type { Candidate, Found, Match, Quote, ScenarioCoverage } from '../../coverage/coverage.ts';
import { type Nearest, nearestBlock, nearestSentence } from '../../coverage/near-misses.ts';
import { quoteOf } from '../../coverage/quote.ts';
import { type Reading, readContent } from '../../coverage/reading.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import { type ContentBlock, lineAt, type Section } from '../../docs/site/page.ts';
import type { Scenario } from '../../registry/registry.ts';
import { type Head, pageLines, type Snippet } from './page-lines.ts';
import { writePieces } from './snippet-pieces.ts';

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
  const nearest = lacking && nearestCause(scenario, candidate, lacking.term, head);
  return nearest ? sayIn(nearest, 'paragraph', head) : null;
}

/** The candidate that stands for a section, the best one where there are several. */
export function candidateAt({ candidates }: ScenarioCoverage, { path, line }: Place): Candidate | undefined {
  return candidates.find(({ section }) => section.path === path && section.line === line);
}

/** Where a candidate says most of a cause; null where it says no word of it. */
export function nearestCause(scenario: Scenario, candidate: Candidate, term: string, { site }: Head): Nearest | null {
  const cause = termsOf(scenario).causes.find(({ source }) => source === term);
  return cause ? nearestBlock(cause, candidate.unit?.blocks ?? [], readContent(site.read(candidate.page))) : null;
}

/** Where a near miss stands, as a section of its page. */
function findSection(place: Place, { site }: Head): { section: Section; reading: Reading } | null {
  for (const page of site.pages) {
    if (page.path !== place.path && !site.textsBehind(page).includes(place.path)) continue;
    const reading = readContent(site.read(page));
    const section = reading.content.sections.find(({ path, line }) => path === place.path && line === place.line);
    if (section) return { section, reading };
  }
  return null;
}

function nameIn(scenario: Scenario, place: Place, head: Head): Edit | null {
  const at = findSection(place, head);
  if (!at) return null;
  const nearest = termsOf(scenario).symptoms.flatMap((each) => nearestSentence(each, at.section, at.reading) ?? []);
  const [best] = nearest.sort((a, b) => a.lacking.length - b.lacking.length);
  return best ? sayIn(best, 'sentence', head) : null;
}

function sayIn(nearest: Nearest, within: 'sentence' | 'paragraph', head: Head): Edit | null {
  const { block, spans, lacking, inLabels } = nearest;
  if (lacking.length === 0 || lacking.length > Math.min(MOST_WORDS, spans.length + inLabels.length)) return null;
  const words = lacking.map(({ source }) => source);
  const text = writePieces([{ text: ` ${words.map((word) => word.split('|')[0]).join(' ')}` }], 'text');
  const kinds: Partial<Record<ContentBlock['kind'], Within>> = { label: 'title', row: 'row' };
  return insert(nearest, words, kinds[block.kind] ?? within, text, head);
}

/** Where the title or row itself names the failure, its code belongs there. */
function sayCode({ codes }: Scenario, { trigger: { where, found } }: Candidate, head: Head): Edit | null {
  if (!found || (where !== 'label' && where !== 'row')) return null;
  const code = codes[0] as string;
  const text = writePieces([{ text: ' ' }, { code }], 'text');
  return insert(found, [code], where === 'row' ? 'row' : 'title', text, head);
}

type Within = Extract<DocsStep, { kind: 'say' }>['within'];

/** Puts words behind the last one that is there already: where exactly they go is for the writer to say. */
function insert({ block, spans }: Found, words: string[], within: Within, written: string, head: Head): Edit | null {
  const { path } = block;
  const last = spans.toSorted((a, b) => a.end - b.end).at(-1);
  const before = pageLines(path, head)?.text;
  if (before === undefined || !last) return null;
  const line = lineAt(block, last.start);
  const text = spliced(before, line, block.text.slice(last.start, last.end), (word) => word + written);
  const step: DocsStep = { kind: 'say', path, line, words, within, quote: quoteOf({ block, spans }) };
  return text === null ? null : { step, path, text, words: words.length };
}

function takeOut({ term, line, found }: Match, head: Head): Edit | null {
  if (!found) return null;
  const { block, spans } = found;
  let text = pageLines(block.path, head)?.text ?? null;
  for (const { start, end } of spans) {
    text = text && spliced(text, lineAt(block, start), block.text.slice(start, end), () => '');
  }
  const step: DocsStep = { kind: 'take-out', path: block.path, line, phrase: term, quote: quoteOf(found) };
  return text === null ? null : { step, path: block.path, text, words: spans.length };
}

const HIDING = /^(draft|noindex|unlisted|hidden)[ \t]*:[ \t]*true\b/;

function publish({ page: { path } }: Candidate, head: Head): Edit | null {
  const lines = pageLines(path, head)?.text.split('\n') ?? [];
  const at = lines.findIndex((line) => HIDING.test(line));
  const key = HIDING.exec(lines[at] ?? '')?.[1];
  if (key === undefined) return null;
  const step: DocsStep = { kind: 'publish', path, line: at + 1, key };
  return { step, path, text: lines.toSpliced(at, 1).join('\n'), words: 1 };
}

/** A text with one word of one line put otherwise; null where the line does not say it as readers see it. */
function spliced(text: string, line: number, word: string, put: (word: string) => string): string | null {
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  const old = lines[line - 1] ?? '';
  if (!old.includes(word)) return null;
  return lines.with(line - 1, old.replace(word, put)).join('');
}
