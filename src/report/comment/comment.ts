import type { Review } from '../../review/review.ts';
import { COMMENT_MARKER, codeSpan, escapeProse, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import { type LinkFacts, type Links, linksFor } from '../words/github-links.ts';
import { COMMENT_BYTES, PATH_CHARACTERS } from '../words/limits.ts';
import { furtherGaps, shortCommit, waivedLine } from '../words/sentence.ts';
import { type Story, storyOf } from '../words/story.ts';
import { type CommentBlock, fitBlocks } from './comment-blocks.ts';
import * as parts from './comment-parts.ts';
import { coverageChange } from './coverage-squares.ts';

/** Below this the heading, the notes on what was left out and the footer would not fit. */
const LEAST_COMMENT_BYTES = 4_000;

export interface CommentOptions extends Pick<LinkFacts, 'number' | 'branch' | 'repoUrl'> {
  /** Parts that the conversation on the pull request asked for, below the others. */
  further?: CommentBlock[];
  /** At most this many UTF-8 bytes; not fewer than `LEAST_COMMENT_BYTES`, and 60,000 unless given. */
  bytes?: number;
}

/** An introduction for authors who see such a comment for the first time. */
const WHAT_IT_IS_ABOUT =
  'Each scenario is a failure that readers are known to meet; the docs should name it, say why it happens and how to fix it.';

/**
 * The comment on a pull request, in GitHub's Markdown: what to do first, then why. Text of the pull request and of the
 * registry is escaped. What does not fit is dropped whole, last first, and said so.
 */
export function renderComment(review: Review, options: CommentOptions = {}): string {
  const story = storyOf(review);
  const links = linksIn(review, options);
  const blocks = [
    parts.waysToPass(story, links),
    coverageChange(review),
    parts.scenarioTable(story, links),
    parts.scenarioDetails(story, review.settings.private, links),
    // An all clear is short: its table holds nothing but what became better.
    ...(story.needWork.length > 0 ? [parts.improvements(story.improved, links)] : []),
    parts.followUps(story),
    parts.otherFindings(story.others, links),
    parts.registryPreview(review),
    ...(options.further ?? []),
  ];
  const bytes = Math.max(options.bytes ?? COMMENT_BYTES, LEAST_COMMENT_BYTES);
  return `${fitBlocks(headOf(story), blocks, footOf(review, story), bytes - 1)}\n`;
}

/** The links of a comment or check run on the pull request of a review. */
export function linksIn({ head, mergeBase, settings }: Review, options: CommentOptions): Links {
  return linksFor({ ...options, head, mergeBase, preview: settings.preview });
}

function headOf(story: Story): string {
  const heading = `## ${parts.SYMBOLS[story.result]} ${escapeProse(story.headline, PATH_CHARACTERS)}`;
  const below = story.needWork.length > 0 ? WHAT_IT_IS_ABOUT : escapeProse(story.reason);
  return `${COMMENT_MARKER}\n${heading}${below && `\n\n${below}`}`;
}

function footOf(review: Review, story: Story): string {
  const source = parts.registrySource(review);
  const judged = `Judged ${codeSpan(shortCommit(review.head))}${source && ` against ${source}`}`;
  const facts = [judged, ...commands(story)].join(' · ');
  const notes = [
    waivedLine(story.waived, MARKDOWN_SAY),
    furtherGaps(story.elsewhere, story.needWork.length > 0, 'this pull request'),
    `<sub>${facts}</sub>`,
  ];
  return notes.filter((note) => note !== '').join('\n\n');
}

/** The commands that can help here. */
function commands({ result, needWork, first: id }: Story): string[] {
  const aboutGaps = needWork.length > 0 ? [`waive ${id} reason…`, `explain ${id}`] : [];
  const recheck = result === 'good' ? [] : ['recheck'];
  return [...recheck, ...aboutGaps].map((words) => codeSpan(`/signpost ${words}`));
}
