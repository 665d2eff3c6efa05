import stringWidth from 'fast-string-width';
import type { Scope } from '../../review/compare/scope.ts';
import type { Review, ScenarioReview } from '../../review/review.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { TITLE_CHARACTERS } from '../words/limits.ts';
import { forAuthor } from '../words/near-miss-words.ts';
import { previewLines } from '../words/preview-lines.ts';
import { asSentence, furtherGaps, placeOf, SCOPE_WORDS, stateChange, waivedLine } from '../words/sentence.ts';
import { type Story, storyOf } from '../words/story.ts';
import { instruction, type SayWhere } from '../words/to-do.ts';
import { whyItMatters } from '../words/why-it-matters.ts';
import { alsoNoticed, findingLines, nearMissLines } from './terminal-findings.ts';
import { toPaste } from './terminal-paste.ts';
import {
  fitColumns,
  joined,
  type Pen,
  padColumns,
  penFor,
  quoted,
  TERMINAL_SAY,
  type TerminalOptions,
} from './terminal-pen.ts';

/** A review for people at a prompt: the story of the comment, in plain lines. */
export function renderReviewTerminal(review: Review, options: TerminalOptions): string {
  const pen = penFor(options);
  const story = storyOf(review);
  return joined([
    headline(review, story, pen),
    story.mistakes.map((mistake) => findingLines(mistake, pen)).join('\n'),
    rows(story, pen),
    ...story.needWork.map((scenario) => details(scenario, story, review, pen)),
    alsoNoticed(story.others, pen),
    followUps(story.relevant, pen),
    registryPreview(review, pen),
    closing(story, pen),
  ]);
}

function headline(review: Review, story: Story, pen: Pen): string {
  const { bold, green, red, yellow } = pen.colors;
  const good = review.verdict === 'pass' && story.needWork.length === 0;
  const symbol = review.verdict === 'fail' ? red('✖') : good ? green('✔') : yellow('▲');
  return pen.wrap(bold(story.headline), '  ', `${symbol} `) + (story.reason && `\n${pen.wrap(story.reason, '  ')}`);
}

function symbolOf({ scenario, scope }: ScenarioReview, { blocking }: Story, { colors }: Pen): string {
  if (blocking.has(scenario.id)) return colors.red('✖');
  return scope === null ? colors.green('✔') : colors.yellow('▲');
}

/** One line for each scenario: symbol, title with what room the rest leaves, states, gravity; on a narrow terminal two. */
function rows(story: Story, pen: Pen): string {
  const cells = story.relevant.map((review) => ({
    symbol: symbolOf(review, story, pen),
    title: cleanLine(review.scenario.title),
    states: stateChange(review.before.state, review.after.state) + (review.continued ? ', reworded' : ''),
    gravity: review.scenario.gravity,
  }));
  const { dim } = pen.colors;
  if (pen.width < 64)
    return cells
      .map(
        ({ symbol, title, states, gravity }) =>
          `${symbol} ${fitColumns(title, pen.width - 2)}\n  ${states} ${dim(gravity)}`,
      )
      .join('\n');
  const widest = (texts: string[]) => texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);
  const statesWidth = widest(cells.map(({ states }) => states));
  const room = pen.width - statesWidth - widest(cells.map(({ gravity }) => gravity)) - 6;
  const titleWidth = Math.min(room, widest(cells.map(({ title }) => title)));
  return cells
    .map(
      ({ symbol, title, states, gravity }) =>
        `${symbol} ${padColumns(fitColumns(title, room), titleWidth)}  ${padColumns(states, statesWidth)}  ${dim(gravity)}`,
    )
    .join('\n');
}

const SAY: SayWhere = {
  ...TERMINAL_SAY,
  now: (at) => cleanLine(placeOf(at)),
  was: (at) => `what stood at ${cleanLine(placeOf(at))}`,
};

/** For a scenario that needs work, which always has a scope. */
function details(review: ScenarioReview, story: Story, { settings }: Review, pen: Pen): string {
  const { scenario, snippet } = review;
  const lines = [
    pen.wrap(pen.colors.bold(shortLine(scenario.title, TITLE_CHARACTERS)), '  ', `${symbolOf(review, story, pen)} `),
    pen.wrap(pen.colors.dim(`${scenario.id}, ${SCOPE_WORDS[review.scope as Scope]}`), '  '),
    pen.wrap(instruction(review, story, SAY), '  '),
    snippet === null ? '' : toPaste(snippet, pen),
    why(review, settings.private, pen),
    review.nearMisses.map((miss) => nearMissLines(forAuthor(miss), pen, '  ')).join('\n'),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function why({ scenario }: ScenarioReview, privateWords: readonly string[], pen: Pen): string {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(cleanLine(audience))}`;
  const [quote] = quotes;
  return pen.colors.dim(pen.wrap(`${cleanLine(gravity)}${readers}${quote ? ` ${quoted(quote)}` : ''}`, '  '));
}

function followUps(relevant: ScenarioReview[], pen: Pen): string {
  const items = relevant.flatMap(({ scenario }) =>
    scenario.followUps.map((followUp) => pen.wrap(`${cleanLine(followUp)} (${scenario.id})`, '    ', '  - ')),
  );
  return items.length === 0 ? '' : [pen.colors.bold('For the product, not fixable in docs'), ...items].join('\n');
}

function registryPreview({ preview }: Review, pen: Pen): string {
  const lines = previewLines(preview, TERMINAL_SAY).map((line) => pen.wrap(line, '    ', '  - '));
  return lines.length === 0 ? '' : [pen.colors.bold('With the registry of this change'), ...lines].join('\n');
}

function closing(story: Story, pen: Pen): string {
  const [id] = [...story.blocking, ...story.needWork.map(({ scenario }) => scenario.id)];
  const elsewhere = furtherGaps(story.elsewhere, story.needWork.length > 0, 'this change');
  const waived = waivedLine(story.waived, TERMINAL_SAY);
  return [
    waived === '' ? '' : pen.colors.dim(pen.wrap(waived)),
    elsewhere === '' ? '' : pen.colors.dim(pen.wrap(elsewhere)),
    id === undefined
      ? ''
      : pen.wrap(`Next: ${pen.colors.bold(`signpost explain ${id}`)} shows every section that was looked at.`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
