import { docsUrl, FINDING_KINDS, type Finding } from '../../review/findings/finding.ts';
import type { Review, ScenarioReview, Verdict } from '../../review/review.ts';
import { cleanLine, shorten, shortLine } from '../words/clean-text.ts';
import { codeInCell, codeSpan, escapeProse, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import { annotationText } from '../words/finding-words.ts';
import type { Links } from '../words/github-links.ts';
import { ANNOTATION_TITLE_CHARACTERS, CHECK_BYTES, CHECK_TITLE_CHARACTERS } from '../words/limits.ts';
import { asSentence, count, lackOf, SCENARIO, SCOPE_WORDS, shortCommit, waivedLine } from '../words/sentence.ts';
import { required, STATES } from '../words/state-counts.ts';
import { type Story, storyOf } from '../words/story.ts';
import { type CommentOptions, linksIn } from './comment.ts';
import { type CommentBlock, fitBlocks, listBlock } from './comment-blocks.ts';
import * as parts from './comment-parts.ts';
import { coverageChange } from './coverage-squares.ts';

/** The sentence above a check run's table. */
const CHECK_REASON_CHARACTERS = 1_000;
/** The check run has room for more than the comment. */
const CHECK_TABLE_ROWS = 200;
const CHECK_EXPLAINED_SCENARIOS = 40;
const CHECK_LIST_ITEMS = 100;
/** GitHub's REST reference, "Update a check run": at most 50 annotations a request, and each request adds to those before. */
const ANNOTATIONS_PER_REQUEST = 50;
/** Requests for annotations of one run; GitHub allows about 80 writes a minute in an installation. */
const ANNOTATION_REQUESTS = 4;

/** The name by which a branch rule requires the check; it never changes. */
export const CHECK_NAME = 'Signpost';

/** `neutral` and `skipped` are never used: they would let a required check pass in silence. */
export type Conclusion = 'success' | 'failure' | 'action_required' | 'cancelled';

/** One annotation as GitHub's REST interface takes it ("Create a check run", `output.annotations`). */
export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  title: string;
  message: string;
  raw_details: string;
}

/** A button below a check run: label 20 characters, description 40, identifier 20 at most. */
interface CheckAction {
  label: string;
  description: string;
  identifier: string;
}

/** What a completed check run says. */
export interface CheckRun {
  conclusion: Conclusion;
  title: string;
  summary: string;
  text: string;
  /** One request each. */
  annotations: Annotation[][];
  actions: CheckAction[];
}

export interface CheckOptions extends Omit<CommentOptions, 'bytes'> {
  /** The files that the pull request adds or changes: only these can be annotated. */
  files: ReadonlySet<string>;
  /** At most this many UTF-8 bytes in summary and text each; 60,000 unless given. */
  bytes?: number;
}

/** Why Signpost could not judge. */
interface Trouble {
  /** One sentence. */
  cause: string;
  /** GitHub's HTTP status, where it answered. */
  status: number | null;
  /** `X-GitHub-Request-Id`, by which GitHub's support finds the request. */
  requestId: string | null;
  /** Whether Signpost tries again by itself. */
  retries: boolean;
}

export const RECHECK: CheckAction = {
  label: 'Re-check',
  description: 'Judge this commit again',
  identifier: 'recheck',
};

const CONCLUSIONS: Record<Verdict, Conclusion> = { pass: 'success', fail: 'failure', 'not-judged': 'action_required' };

/** What the check run says of a review. GitHub refuses 65,536 bytes in summary or text. */
export function renderCheckRun(review: Review, options: CheckOptions): CheckRun {
  const story = storyOf(review);
  const links = linksIn(review, options);
  const { pages, leftOut } = annotationsOf(review.findings, options.files);
  const bytes = options.bytes ?? CHECK_BYTES;
  return {
    conclusion: CONCLUSIONS[review.verdict],
    title: shortLine(story.headline, CHECK_TITLE_CHARACTERS),
    summary: summaryOf(review, story, links, leftOut, bytes),
    text: textOf(review, story, links, options.further ?? [], bytes),
    annotations: pages,
    actions: story.result === 'good' ? [] : [RECHECK],
  };
}

function summaryOf(review: Review, story: Story, links: Links, leftOut: number, bytes: number): string {
  const notes = [
    waivedLine(story.waived, MARKDOWN_SAY),
    leftOut === 0
      ? ''
      : `${count(leftOut, ['finding is', 'findings are'])} not annotated, because GitHub takes no more.`,
    judgedLine(review),
  ].filter((note) => note !== '');
  const head = asSentence(escapeProse(review.reason, Math.floor((CHECK_REASON_CHARACTERS * bytes) / CHECK_BYTES)));
  const table = parts.scenarioTable(story, links, CHECK_TABLE_ROWS);
  const better = story.needWork.length > 0 ? [parts.improvements(story.improved, links)] : [];
  return fitBlocks(head, [coverageChange(review), table, ...better], notes.join('\n\n'), bytes, '');
}

function textOf(review: Review, story: Story, links: Links, further: CommentBlock[], bytes: number): string {
  const blocks = [
    parts.waysToPass(story, links),
    parts.scenarioDetails(story, review.settings.private, links, CHECK_EXPLAINED_SCENARIOS),
    parts.followUps(story),
    parts.otherFindings(story.others, links, CHECK_LIST_ITEMS),
    furtherGaps(review.scenarios, story),
    parts.registryPreview(review),
    ...further,
  ];
  return fitBlocks('', blocks, '', bytes, '').trim();
}

function judgedLine(review: Review): string {
  const { head, mergeBase, counts } = review;
  const since = mergeBase === null ? '' : `, compared with ${codeSpan(shortCommit(mergeBase))}`;
  const source = parts.registrySource(review);
  const told = STATES.filter((state) => state !== 'waived' || counts.waived > 0);
  const states = told.map((state) => `${counts[state]} ${state}`).join(', ');
  const tally = required(counts) + counts.waived === 0 ? '' : ` ${states}.`;
  return `<sub>Judged ${codeSpan(shortCommit(head))}${since}${source && ` by ${source}`}.${tally}</sub>`;
}

/** Gaps that the comment only counts. */
function furtherGaps(scenarios: readonly ScenarioReview[], story: Story): CommentBlock {
  const told = new Set(story.needWork);
  const items = scenarios.flatMap((review) => {
    const { scenario, after, scope } = review;
    if (scope === null || after.state === 'waived' || told.has(review)) return [];
    const lack = lackOf(after.state, after.gaps, MARKDOWN_SAY);
    const what = after.state === 'missing' ? lack : `${after.state}, lacks ${lack}`;
    return `${codeSpan(scenario.id)} (${SCOPE_WORDS[scope]}): ${what}`;
  });
  return listBlock('**Other gaps**, which this change did not cause', items, SCENARIO, CHECK_LIST_ITEMS);
}

type Placed = Finding & { path: string; line: number };

const LEVELS = ['failure', 'warning', 'notice'] as const;

/**
 * Findings at lines of the files that the pull request leaves changed, those that block first, in pages of one request
 * each, and how many had no room. The others GitHub would show apart, under files that nobody touched; they stand in
 * the run's text.
 */
export function annotationsOf(findings: readonly Finding[], files: ReadonlySet<string>) {
  const placed = findings.filter((finding): finding is Placed => isPlaced(finding, files));
  const all = placed.map(annotation).sort((a, b) => levelOf(a) - levelOf(b));
  const pages = annotationPages(all);
  return { pages, leftOut: all.length - pages.flat().length };
}

/** Annotations in pages of at most 50, which is what GitHub takes in one request; what is too much is left out. */
export function annotationPages(annotations: readonly Annotation[]): Annotation[][] {
  const pages = Array.from({ length: ANNOTATION_REQUESTS }, (_, page) =>
    annotations.slice(page * ANNOTATIONS_PER_REQUEST, (page + 1) * ANNOTATIONS_PER_REQUEST),
  );
  return pages.filter((page) => page.length > 0);
}

function isPlaced({ path, line }: Finding, files: ReadonlySet<string>): boolean {
  return path !== null && line !== null && line >= 1 && files.has(path);
}

function annotation(finding: Placed): Annotation {
  const { kind, scenario, path, line } = finding;
  const endLine = Math.max(line, finding.endLine ?? line);
  return {
    path,
    start_line: line,
    end_line: endLine,
    ...columns(finding, endLine),
    annotation_level: finding.blocking ? 'failure' : finding.severity === 'notice' ? 'notice' : 'warning',
    title: shorten(FINDING_KINDS[kind].summary, ANNOTATION_TITLE_CHARACTERS),
    message: annotationText(finding),
    raw_details: `${kind}${scenario === null ? '' : `: ${cleanLine(scenario)}`}\n${docsUrl(kind)}`,
  };
}

/** GitHub refuses columns where an annotation spans lines. */
function columns({ line, column }: Placed, endLine: number): Pick<Annotation, 'start_column' | 'end_column'> {
  return column === null || column < 1 || line !== endLine ? {} : { start_column: column, end_column: column };
}

function levelOf({ annotation_level }: Annotation): number {
  return LEVELS.indexOf(annotation_level);
}

const NOTHING_MORE: Pick<CheckRun, 'text' | 'annotations' | 'actions'> = { text: '', annotations: [], actions: [] };

/** The check run for a commit that Signpost could not judge: never silence, never a pass. */
export function renderNotJudged({ cause, status, requestId, retries }: Trouble): CheckRun {
  const facts = [
    ...(status === null ? [] : [`status ${status}`]),
    ...(requestId === null ? [] : [`request ${codeSpan(requestId)}`]),
  ];
  const next = retries
    ? 'Signpost tries again by itself; the button judges this commit at once.'
    : 'The button judges this commit again once that is mended.';
  return {
    conclusion: 'action_required',
    title: shortLine(`Not judged: ${cleanLine(cause).replace(/\.$/, '')}`, CHECK_TITLE_CHARACTERS),
    summary: `${asSentence(escapeProse(cause))}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}\n\n${next}`,
    ...NOTHING_MORE,
    actions: [RECHECK],
  };
}

/**
 * The check run for a commit whose result nobody needs any more.
 * @param by the commit that is the head now; null where something else is newer: another base branch, another merge group
 */
export function renderSuperseded(by: string | null): CheckRun {
  return {
    conclusion: 'cancelled',
    title: by === null ? 'Superseded' : `Superseded by ${shortCommit(by)}`,
    summary:
      by === null
        ? 'What was to be judged has changed since: something newer is judged in its place.'
        : `This commit is no longer the head: \`${shortCommit(by)}\` is judged in its place.`,
    ...NOTHING_MORE,
  };
}

/** One pull request's part of a check run that it shares with others. */
export interface SharedPart {
  number: number;
  url: string;
  /** The branch that it goes to. */
  base: string;
  /** Rendered within `sharedBytes`. */
  run: CheckRun;
}

/** The worst first. */
const WORST_FIRST: readonly Conclusion[] = ['failure', 'action_required', 'cancelled', 'success'];
const SYMBOLS: Record<Conclusion, string> = { failure: '❌', action_required: '⚠️', cancelled: '⚠️', success: '✅' };

/** For a row of the table and two headings, with all their characters escaped. */
const ROOM_FOR_PART = 1_900;
const ROW_TITLE_CHARACTERS = 80;
const BRANCH_CHARACTERS = 60;

/** How many bytes each of so many parts may take in summary and text. */
export function sharedBytes(parts: number): number {
  return Math.floor(CHECK_BYTES / parts) - ROOM_FOR_PART;
}

/**
 * One run for several pull requests with the same head: GitHub keeps one check of a name for a commit, so it says the
 * worst of their verdicts, and lists the verdict of each.
 */
export function renderSharedCheckRun(parts: readonly SharedPart[]): CheckRun {
  const sorted = parts.toSorted((a, b) => rankOf(a) - rankOf(b) || a.number - b.number);
  const titles = sorted.map(({ number, base, run }) => `#${number} towards ${base}: ${run.title}`);
  const intro = `This commit is the head of ${parts.length} open pull requests. GitHub keeps one check of this name for a commit, so it says the worst of their verdicts.`;
  const table = `| | Pull request | Towards | Verdict |\n|---|---|---|---|\n${sorted.map(row).join('\n')}`;
  return {
    conclusion: sorted[0]?.run.conclusion ?? 'success',
    title: shortLine(titles.join('; '), CHECK_TITLE_CHARACTERS),
    summary: [intro, table, ...sorted.map((part) => under(part, part.run.summary))].join('\n\n'),
    text: sorted
      .filter(({ run }) => run.text !== '')
      .map((part) => under(part, part.run.text))
      .join('\n\n'),
    annotations: annotationPages(distinct(sorted.flatMap(({ run }) => run.annotations.flat()))),
    actions: sorted.find(({ run }) => run.actions.length > 0)?.run.actions ?? [],
  };
}

function rankOf({ run }: SharedPart): number {
  return WORST_FIRST.indexOf(run.conclusion);
}

function row({ number, url, base, run }: SharedPart): string {
  const cells = [
    SYMBOLS[run.conclusion],
    `[#${number}](${url})`,
    codeInCell(base, BRANCH_CHARACTERS),
    escapeProse(run.title, ROW_TITLE_CHARACTERS),
  ];
  return `| ${cells.join(' | ')} |`;
}

function under({ number, base }: SharedPart, text: string): string {
  return `### Pull request ${number} towards ${codeInCell(base, BRANCH_CHARACTERS)}\n\n${text}`;
}

/** Several pull requests may have the same annotation on the same line; one is enough. */
function distinct(annotations: readonly Annotation[]): Annotation[] {
  return [...new Map(annotations.map((each) => [JSON.stringify(each), each])).values()];
}
