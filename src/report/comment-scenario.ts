import type { NearMiss } from '../coverage/coverage.ts';
import type { ScenarioReview, Snippet } from '../review/review.ts';
import { symbolOf } from './comment-table.ts';
import { codeFence, codeSpan, escapeHtml, escapeProse, escapeText } from './escape-markdown.ts';
import type { Block } from './fit-bytes.ts';
import {
  byteLength,
  EXPLAINED_SCENARIOS,
  LABEL_CHARACTERS,
  PATH_CHARACTERS,
  QUOTE_CHARACTERS,
  SNIPPET_BYTES,
  TITLE_CHARACTERS,
} from './limits.ts';
import type { Links } from './links.ts';
import { asSentence, capitalised, listed, SCENARIO, toDo } from './sentence.ts';
import type { Story } from './story.ts';
import { whyItMatters } from './why-it-matters.ts';

/** One foldable part for each scenario that needs work, the first one open: what to paste, and why it matters. */
export function scenarioDetails(story: Story, privateWords: readonly string[], links: Links): Block {
  const items = story.needWork
    .slice(0, EXPLAINED_SCENARIOS)
    .map((scenario, index) => details(scenario, index === 0, story, privateWords, links));
  return {
    open: '',
    items,
    close: '',
    noun: SCENARIO,
    further: Math.max(0, story.needWork.length - EXPLAINED_SCENARIOS),
  };
}

/** "In `a.md:12`, name the cause `x` and link to `y`." */
export function toDoAt(review: ScenarioReview, story: Story, links: Links): string {
  const at = story.places.get(review.scenario.id);
  const task = toDo(review.after.state, review.after.gaps, codeSpan);
  const where = review.after.state === 'missing' ? review.snippet?.path : at?.path;
  if (!where) return `${capitalised(task)}.`;
  const line = review.after.state === 'missing' ? null : (at?.line ?? null);
  return `In ${links.file({ path: where, line })}, ${task}.`;
}

function details(
  review: ScenarioReview,
  open: boolean,
  story: Story,
  privateWords: readonly string[],
  links: Links,
): string {
  const parts = [
    `<details${open ? ' open' : ''}>\n<summary>${symbolOf(review, story.blocking)} <b>${escapeHtml(review.scenario.title, TITLE_CHARACTERS)}</b></summary>`,
    review.snippet === null ? toDoAt(review, story, links) : toPaste(review.snippet),
    why(review, privateWords),
    review.nearMisses.length === 0 ? '' : nearest(review.nearMisses, links),
    '</details>',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function toPaste(snippet: Snippet): string {
  const path = codeSpan(snippet.path, PATH_CHARACTERS);
  const where = snippet.afterLine === 0 ? `at the start of ${path}` : `after line ${snippet.afterLine} of ${path}`;
  const fence = codeFence(snippet.text, snippet.syntax);
  const purpose = escapeProse(snippet.purpose, LABEL_CHARACTERS);
  if (byteLength(fence) > SNIPPET_BYTES) return `The text to paste ${where} is too long to show here.`;
  return `Paste ${where}${purpose && ` (${purpose})`}:\n\n${fence}`;
}

function why(review: ScenarioReview, privateWords: readonly string[]): string {
  const { gravity, audience, quotes } = whyItMatters(review.scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(escapeText(audience))}`;
  const said = quotes.map((quote) => `\n>\n> “${escapeText(quote, QUOTE_CHARACTERS)}”`).join('');
  return `> **Why it matters.** ${escapeText(gravity)}${readers}${said}`;
}

function nearest(misses: NearMiss[], links: Links): string {
  const items = misses.map(({ label, lacks, edit, ...at }) => {
    const named = label === '' ? '' : ` “${escapeText(label, LABEL_CHARACTERS)}”`;
    const lacking = lacks.length === 0 ? '' : ` lacks ${listed(lacks.map((lack) => escapeProse(lack)))}`;
    return `- ${links.file(at)}${named}${lacking}${edit === '' ? '' : `; ${escapeProse(edit)}`}`;
  });
  return `Nearest today:\n\n${items.join('\n')}`;
}
