import stringWidth from 'fast-string-width';
import type { Scope } from '../../review/compare/scope.ts';
import type { Review, ScenarioReview } from '../../review/review.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { TITLE_CHARACTERS } from '../words/limits.ts';
import { previewLines } from '../words/preview-lines.ts';
import { instruction, whyItMatters } from '../words/scenario-words.ts';
import { asSentence, furtherGaps, SCOPE_WORDS, stateChange, waivedLine } from '../words/sentence.ts';
import { type Story, scenarioResult, storyOf } from '../words/story.ts';
import { alsoNoticed, explainHint, findingList, nearestLines, opening, SAY_WHERE, toPaste } from './terminal-parts.ts';
import type { Pen, TerminalOptions } from './terminal-pen.ts';
import { fitColumns, inQuotes, joined, padColumns, penFor, stacked } from './terminal-pen.ts';

/** A review for people at a prompt: the story of the comment, in plain lines. */
export function renderReviewTerminal(review: Review, options: TerminalOptions): string {
  const pen = penFor(options);
  const story = storyOf(review);
  const followUps = story.followUps.map(({ id, text }) => `${cleanLine(text)} (${id})`);
  const item = (text: string) => pen.wrap(text, '    ', '  - ');
  return joined([
    opening(story.result, story.headline, story.reason, pen),
    findingList(story.mistakes, pen),
    rows(story, pen),
    ...story.needWork.map((scenario) => details(scenario, story, review, pen)),
    alsoNoticed(story.others, pen),
    pen.under('For the product, not fixable in docs', followUps.map(item)),
    pen.under('With the registry of this change', previewLines(review.preview, SAY_WHERE).map(item)),
    closing(story, pen),
  ]);
}

/** One line for each scenario with its symbol, title, states and gravity; two lines on a narrow terminal. */
function rows(story: Story, pen: Pen): string {
  const cells = story.relevant.map((review) => ({
    symbol: pen[scenarioResult(review, story)],
    title: cleanLine(review.scenario.title),
    states: stateChange(review.before.state, review.after.state) + (review.continued ? ', reworded' : ''),
    gravity: review.scenario.gravity,
  }));
  const { dim } = pen.colors;
  const narrow = ({ symbol, title, states, gravity }: (typeof cells)[number]) =>
    `${symbol} ${fitColumns(title, pen.width - 2)}\n  ${states} ${dim(gravity)}`;
  if (pen.width < 64) return cells.map(narrow).join('\n');
  const widest = (texts: string[]) => texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);
  const statesWidth = widest(cells.map(({ states }) => states));
  const room = pen.width - statesWidth - widest(cells.map(({ gravity }) => gravity)) - 6;
  const titleWidth = Math.min(room, widest(cells.map(({ title }) => title)));
  const wide = ({ symbol, title, states, gravity }: (typeof cells)[number]) =>
    `${symbol} ${padColumns(fitColumns(title, room), titleWidth)}  ${padColumns(states, statesWidth)}  ${dim(gravity)}`;
  return cells.map(wide).join('\n');
}

/** For a scenario that needs work, which always has a scope. */
function details(review: ScenarioReview, story: Story, { settings }: Review, pen: Pen): string {
  const { scenario, snippet } = review;
  return stacked([
    pen.headline(scenarioResult(review, story), shortLine(scenario.title, TITLE_CHARACTERS)),
    pen.wrap(pen.colors.dim(`${scenario.id}, ${SCOPE_WORDS[review.scope as Scope]}`), '  '),
    pen.wrap(instruction(review, story, SAY_WHERE), '  '),
    snippet === null ? '' : toPaste(snippet, pen),
    why(review, settings.private, pen),
    ...review.nearMisses.map((miss) => nearestLines(miss, pen, '  ')),
  ]);
}

function why({ scenario }: ScenarioReview, privateWords: readonly string[], pen: Pen): string {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(cleanLine(audience))}`;
  const [quote] = quotes;
  return pen.colors.dim(pen.wrap(`${cleanLine(gravity)}${readers}${quote ? ` ${inQuotes(quote)}` : ''}`, '  '));
}

function closing(story: Story, pen: Pen): string {
  const elsewhere = furtherGaps(story.elsewhere, story.needWork.length > 0, 'this change');
  const waived = waivedLine(story.waived, SAY_WHERE);
  return stacked([
    waived && pen.colors.dim(pen.wrap(waived)),
    elsewhere && pen.colors.dim(pen.wrap(elsewhere)),
    story.first === undefined ? '' : explainHint(story.first, pen),
  ]);
}
