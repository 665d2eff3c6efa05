import type { Evidence } from '../../coverage/coverage.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Review, ScenarioReview } from '../../review/review.ts';
import type { Snippet } from '../../review/suggest/page-lines.ts';
import { cleanSample } from '../words/clean-text.ts';
import { codeFence, codeSpan, escapeInHtml, escapeProse, escapeText, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import type { Links } from '../words/github-links.ts';
import { byteLength, LABEL_CHARACTERS, LIST_ITEMS, PATH_CHARACTERS, TITLE_CHARACTERS } from '../words/limits.ts';
import { previewLines } from '../words/preview-lines.ts';
import { instruction, whyItMatters } from '../words/scenario-words.ts';
import { nearMissText } from '../words/section-words.ts';
import { asSentence, capitalised, lackOf, SCENARIO, shortCommit, spacing, stateChange } from '../words/sentence.ts';
import { type Result, type Story, scenarioResult } from '../words/story.ts';
import { blockOf, type CommentBlock, listBlock } from './comment-blocks.ts';
import { previewSquares } from './coverage-squares.ts';

/** A longer snippet is named and not shown. */
const SNIPPET_BYTES = 8_000;
/** Rows of the comment's table; a longer one pushes the text to paste out of sight. */
const TABLE_ROWS = 40;
/** Scenarios that the comment explains in full. */
const EXPLAINED_SCENARIOS = 10;
const QUOTE_CHARACTERS = 240;

/** The parts of which the comment and the check run consist. */

/** The shortest way to a passing check: one numbered step for each scenario or mistake that blocks. */
export function waysToPass(story: Story, links: Links): CommentBlock {
  const blockers = story.needWork.filter(({ scenario }) => story.blocking.has(scenario.id));
  const steps = [
    ...story.mistakes.map((mistake) => findingMarkdown(mistake, links)),
    ...blockers.map((scenario) => instruction(scenario, story, links)),
  ];
  const title = blockers.some(({ snippet }) => snippet) ? '**To pass**, with text to paste below:' : '**To pass:**';
  const numbered = (step: string, index: number) => `${index + 1}. ${step}\n`;
  return blockOf(['step', 'steps'], steps, numbered, { open: `${title}\n\n`, limit: LIST_ITEMS });
}

/** The relevant scenarios, one row each; at most `limit`. */
export function scenarioTable(story: Story, links: Links, limit = TABLE_ROWS): CommentBlock {
  const open = '| | Scenario | Before → now | Gravity | Lacks | Where |\n|---|---|---|---|---|---|\n';
  return blockOf(SCENARIO, story.relevant, (scenario) => row(scenario, story, links), { open, limit });
}

function row(review: ScenarioReview, story: Story, links: Links): string {
  const { scenario, before, after, continued } = review;
  const cells = [
    SYMBOLS[scenarioResult(review, story)],
    titleCell(scenario),
    stateChange(before.state, after.state) + (continued ? ' (reworded)' : ''),
    scenario.gravity,
    (review.scope !== null && lackOf(after.state, after.gaps, MARKDOWN_SAY)) || '–',
    whereCell(after.evidence, before.evidence, links),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

export const SYMBOLS: Record<Result, string> = { bad: '❌', mixed: '⚠️', good: '✅' };

/** A scenario's title and id, for a table. */
export function titleCell({ title, id }: ScenarioReview['scenario']): string {
  return `${escapeProse(title, TITLE_CHARACTERS)}<br>${codeSpan(id)}`;
}

function whereCell(now: Evidence[], before: Evidence[], links: Links): string {
  const [at] = now;
  if (at) {
    const more = now.length > 1 ? ` +${now.length - 1}` : '';
    return [links.page(at), links.file(at)].filter((link) => link !== null).join(' · ') + more;
  }
  const [was] = before;
  return was ? `was ${links.was(was)}` : '–';
}

/** One foldable part for each scenario that needs work, the first one open: what to paste, and why it matters. */
export function scenarioDetails(
  story: Story,
  privateWords: readonly string[],
  links: Links,
  limit = EXPLAINED_SCENARIOS,
): CommentBlock {
  const render = (review: ScenarioReview, index: number) => details(review, index, story, privateWords, links);
  return blockOf(SCENARIO, story.needWork, render, { limit });
}

function details(
  review: ScenarioReview,
  index: number,
  story: Story,
  privateWords: readonly string[],
  links: Links,
): string {
  const { scenario, snippet, nearMisses } = review;
  // The list of steps, in which mistakes come before scenarios, may tell already what to do.
  const isStep = story.blocking.has(scenario.id) && story.mistakes.length + index < LIST_ITEMS;
  const nearest = nearMisses.map((miss) => `- ${nearMissText(miss, links)}`);
  const parts = [
    `<details${index === 0 ? ' open' : ''}>\n<summary>${SYMBOLS[scenarioResult(review, story)]} <b>${escapeInHtml(scenario.title, TITLE_CHARACTERS)}</b></summary>`,
    snippet ? toPaste(snippet) : isStep ? '' : instruction(review, story, links),
    why(review, privateWords),
    nearest.length === 0 ? '' : `Nearest today:\n\n${nearest.join('\n')}`,
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

function why({ scenario }: ScenarioReview, privateWords: readonly string[]): string {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(escapeText(audience))}`;
  const said = quotes.map((quote) => `\n>\n> “${escapeText(quote, QUOTE_CHARACTERS)}”`).join('');
  return `> **Why it matters.** ${escapeText(gravity)}${readers}${said}`;
}

/** Scenarios that are better than before. */
export function improvements(improved: ScenarioReview[], links: Links): CommentBlock {
  const items = improved.map(({ scenario, before, after }) => {
    const [at] = after.evidence;
    const where = at ? ` (${links.page(at) ?? links.file(at)})` : '';
    return `${escapeProse(scenario.title, TITLE_CHARACTERS)}: ${stateChange(before.state, after.state)}${where}`;
  });
  return listBlock('**Better with this pull request**', items, ['improvement', 'improvements']);
}

/** What the docs cannot mend. */
export function followUps(story: Story): CommentBlock {
  const items = story.followUps.map(({ id, text }) => `${escapeProse(text)} (${codeSpan(id)})`);
  return listBlock('**For the product, not fixable in docs**', items, ['follow-up', 'follow-ups']);
}

/** Findings that are no scenario's gap and do not block. */
export function otherFindings(others: Finding[], links: Links, limit = LIST_ITEMS): CommentBlock {
  const items = others.map((finding) => findingMarkdown(finding, links));
  return listBlock('**Also noticed** (nothing here blocks)', items, ['finding', 'findings'], limit);
}

/** What changes with the registry that the pull request brings. */
export function registryPreview(review: Review): CommentBlock {
  const items = previewLines(review.preview, MARKDOWN_SAY);
  const squares = previewSquares(review);
  return {
    ...listBlock('**Once merged, the registry of this pull request**', items, ['change', 'changes']),
    close: squares && `\n${squares}\n`,
  };
}

/** `path:3: message. advice.`, for a list item. */
export function findingMarkdown(finding: Finding, links: Links): string {
  const at = finding.path === null ? '' : `${links.file({ ...finding, path: finding.path })}: `;
  const { message, advice } = besideItsPlace(finding);
  const toDo = advice === '' ? '' : ` ${asSentence(escapeProse(capitalised(advice)))}`;
  return `${at}${asSentence(escapeProse(message))}${toDo}`;
}

/** The registry's file and its commit; empty where there is no registry. */
export function registrySource({ registry: { source, commit } }: Review): string {
  if (source === '') return '';
  return codeSpan(source) + (commit === null ? '' : ` at ${codeSpan(shortCommit(commit))}`);
}
