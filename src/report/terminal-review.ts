import type { Review, ScenarioReview, Scope, Snippet } from '../review/review.ts';
import { cleanLine, shortLine } from './clean-text.ts';
import { LABEL_CHARACTERS, TITLE_CHARACTERS } from './limits.ts';
import { asSentence, capitalised, furtherGaps, placeOf, SCOPE_WORDS, stateChange, toDo } from './sentence.ts';
import { addsTo, type Story, storyOf } from './story.ts';
import { alsoNoticed, findingLines, nearMissLines } from './terminal-findings.ts';
import {
  fitColumns,
  indented,
  joined,
  type Pen,
  padColumns,
  penFor,
  quoted,
  type TerminalOptions,
} from './terminal-pen.ts';
import { whyItMatters } from './why-it-matters.ts';

/** A review for people at a prompt: the story of the comment, in plain lines. */
export function renderReviewTerminal(review: Review, options: TerminalOptions): string {
  const pen = penFor(options);
  const story = storyOf(review);
  return joined([
    headline(review, story, pen),
    story.mistakes.map((mistake) => findingLines(mistake, pen)).join('\n'),
    story.relevant.map((scenario) => row(scenario, story, pen)).join('\n'),
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
  const quiet = story.relevant.length + story.mistakes.length === 0;
  const reason = quiet && addsTo(story.headline, review.reason) ? `\n${pen.wrap(cleanLine(review.reason), '  ')}` : '';
  return pen.wrap(bold(story.headline), '  ', `${symbol} `) + reason;
}

function symbolOf({ scenario, scope, after }: ScenarioReview, { blocking }: Story, { colors }: Pen): string {
  if (blocking.has(scenario.id)) return colors.red('✖');
  if (scope !== null) return colors.yellow('▲');
  return after.state === 'waived' ? colors.dim('–') : colors.green('✔');
}

const STATES_WIDTH = 'covered → partial'.length;
const GRAVITY_WIDTH = 'medium'.length;

/** One line: symbol, title, states, gravity; on a narrow terminal two. */
function row(review: ScenarioReview, story: Story, pen: Pen): string {
  const symbol = symbolOf(review, story, pen);
  const title = cleanLine(review.scenario.title);
  const states = stateChange(review.before.state, review.after.state) + (review.continued ? ', reworded' : '');
  const gravity = pen.colors.dim(review.scenario.gravity);
  if (pen.width < 64) return `${symbol} ${fitColumns(title, pen.width - 2)}\n  ${states} ${gravity}`;
  const statesWidth = Math.max(STATES_WIDTH, states.length);
  const room = pen.width - statesWidth - GRAVITY_WIDTH - 6;
  return `${symbol} ${padColumns(fitColumns(title, room), room)}  ${padColumns(states, statesWidth)}  ${gravity}`;
}

/** For a scenario that needs work, which always has a scope. */
function details(review: ScenarioReview, story: Story, { settings }: Review, pen: Pen): string {
  const { scenario, after, snippet } = review;
  const at = after.state === 'missing' ? undefined : story.places.get(scenario.id);
  const lines = [
    pen.wrap(pen.colors.bold(shortLine(scenario.title, TITLE_CHARACTERS)), '  ', `${symbolOf(review, story, pen)} `),
    pen.wrap(pen.colors.dim(`${scenario.id}, ${SCOPE_WORDS[review.scope as Scope]}`), '  '),
    at?.path ? `  ${pen.colors.cyan(cleanLine(placeOf({ path: at.path, line: at.line })))}` : '',
    pen.wrap(`${capitalised(toDo(after.state, after.gaps, quoted))}.`, '  '),
    snippet === null ? '' : toPaste(snippet, pen),
    why(review, settings.private, pen),
    review.nearMisses.map((miss) => nearMissLines(miss, pen, '  ')).join('\n'),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function why({ scenario }: ScenarioReview, privateWords: readonly string[], pen: Pen): string {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const readers = audience === null ? '' : ` Readers: ${asSentence(cleanLine(audience))}`;
  const [quote] = quotes;
  return pen.colors.dim(pen.wrap(`${cleanLine(gravity)}${readers}${quote ? ` ${quoted(quote)}` : ''}`, '  '));
}

function toPaste({ path, afterLine, purpose, text }: Snippet, pen: Pen): string {
  const where = afterLine === 0 ? `at the start of ${path}` : `after ${path}:${afterLine}`;
  const why = purpose === '' ? '' : ` (${shortLine(purpose, LABEL_CHARACTERS)})`;
  return `${pen.wrap(`Paste ${cleanLine(where)}${why}:`, '  ')}\n\n${indented(text, '    ')}\n`;
}

function followUps(relevant: ScenarioReview[], pen: Pen): string {
  const items = relevant.flatMap(({ scenario }) =>
    scenario.followUps.map((followUp) => pen.wrap(`${cleanLine(followUp)} (${scenario.id})`, '    ', '  - ')),
  );
  return items.length === 0 ? '' : [pen.colors.bold('For the product, not fixable in docs'), ...items].join('\n');
}

function registryPreview({ preview }: Review, pen: Pen): string {
  if (preview === null) return '';
  const { added, removed, changed, notes } = preview;
  const changes = [
    ...added.map((id) => `adds ${id}`),
    ...removed.map((id) => `removes ${id}`),
    ...changed.map(({ id, before, after }) => `${id}: ${stateChange(before, after)}`),
    ...notes,
  ];
  const lines = changes.map((change) => pen.wrap(cleanLine(change), '    ', '  - '));
  return lines.length === 0 ? '' : [pen.colors.bold('With the registry of this change'), ...lines].join('\n');
}

function closing(story: Story, pen: Pen): string {
  const [id] = [...story.blocking, ...story.needWork.map(({ scenario }) => scenario.id)];
  const elsewhere = furtherGaps(story.elsewhere, 'this change');
  return [
    elsewhere === '' ? '' : pen.colors.dim(pen.wrap(elsewhere)),
    id === undefined
      ? ''
      : pen.wrap(`Next: ${pen.colors.bold(`signpost explain ${id}`)} shows every section that was looked at.`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
