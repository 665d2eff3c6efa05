import type { NearMiss } from '../../coverage/coverage.ts';
import type { ScenarioReview } from '../../review/review.ts';
import type { Snippet } from '../../review/suggest/page-lines.ts';
import { cleanSample } from '../words/clean-text.ts';
import { codeFence, codeSpan, escapeHtml, escapeProse, escapeText, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import type { Block } from '../words/fit-bytes.ts';
import {
  byteLength,
  EXPLAINED_SCENARIOS,
  LABEL_CHARACTERS,
  LIST_ITEMS,
  PATH_CHARACTERS,
  QUOTE_CHARACTERS,
  SNIPPET_BYTES,
  TITLE_CHARACTERS,
} from '../words/limits.ts';
import type { Links } from '../words/links.ts';
import { forAuthor } from '../words/near-miss-words.ts';
import { asSentence, listed, SCENARIO, spacing } from '../words/sentence.ts';
import type { Story } from '../words/story.ts';
import { instruction } from '../words/to-do.ts';
import { whyItMatters } from '../words/why-it-matters.ts';
import { symbolOf } from './comment-table.ts';

/** One foldable part for each scenario that needs work, the first one open: what to paste, and why it matters. */
export function scenarioDetails(
  story: Story,
  privateWords: readonly string[],
  links: Links,
  limit = EXPLAINED_SCENARIOS,
): Block {
  const items = story.needWork
    .slice(0, limit)
    .map((scenario, index) => details(scenario, index, story, privateWords, links));
  return {
    open: '',
    items,
    close: '',
    noun: SCENARIO,
    further: Math.max(0, story.needWork.length - limit),
  };
}

/** "In `a.md:12`, name the cause “x” and link to `y`." */
export function toDoAt(review: ScenarioReview, story: Story, links: Links): string {
  return instruction(review, story, { ...MARKDOWN_SAY, now: links.file, was: links.was });
}

/** Whether the list of steps, in which mistakes come before scenarios, tells already what to do. */
function isStep({ scenario }: ScenarioReview, index: number, { blocking, mistakes }: Story): boolean {
  return blocking.has(scenario.id) && mistakes.length + index < LIST_ITEMS;
}

function details(
  review: ScenarioReview,
  index: number,
  story: Story,
  privateWords: readonly string[],
  links: Links,
): string {
  const parts = [
    `<details${index === 0 ? ' open' : ''}>\n<summary>${symbolOf(review, story.blocking)} <b>${escapeHtml(review.scenario.title, TITLE_CHARACTERS)}</b></summary>`,
    review.snippet ? toPaste(review.snippet) : isStep(review, index, story) ? '' : toDoAt(review, story, links),
    why(review, privateWords),
    review.nearMisses.length === 0 ? '' : nearest(review.nearMisses, links),
    '</details>',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function toPaste(snippet: Snippet): string {
  const path = codeSpan(snippet.path, PATH_CHARACTERS);
  const where = snippet.afterLine === 0 ? `at the start of ${path}` : `after line ${snippet.afterLine} of ${path}`;
  const fence = codeFence(cleanSample(snippet.text), snippet.syntax);
  const notes = [escapeProse(snippet.purpose, LABEL_CHARACTERS), spacing(snippet)].filter((note) => note !== '');
  if (byteLength(fence) > SNIPPET_BYTES) return `The text to paste ${where} is too long to show here.`;
  return `Paste ${where}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}:\n\n${fence}`;
}

function why(review: ScenarioReview, privateWords: readonly string[]): string {
  const { gravity, audience, quotes } = whyItMatters(review.scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(escapeText(audience))}`;
  const said = quotes.map((quote) => `\n>\n> “${escapeText(quote, QUOTE_CHARACTERS)}”`).join('');
  return `> **Why it matters.** ${escapeText(gravity)}${readers}${said}`;
}

function nearest(misses: NearMiss[], links: Links): string {
  const items = misses.map(forAuthor).map(({ label, lacks, edit, ...at }) => {
    const named = label === '' ? '' : ` “${escapeText(label, LABEL_CHARACTERS)}”`;
    const lacking = lacks.length === 0 ? '' : ` lacks ${listed(lacks.map((lack) => escapeProse(lack)))}`;
    return `- ${links.file(at)}${named}${lacking}${edit === '' ? '' : `; ${escapeProse(edit)}`}`;
  });
  return `Nearest today:\n\n${items.join('\n')}`;
}
