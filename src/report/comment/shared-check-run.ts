import { shortLine } from '../words/clean-text.ts';
import { codeInCell, escapeProse } from '../words/escape-markdown.ts';
import { CHECK_BYTES, CHECK_TITLE_CHARACTERS } from '../words/limits.ts';
import { type Annotation, annotationPages, type CheckRun, type Conclusion } from './check-run.ts';

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
const CONCLUSIONS: readonly Conclusion[] = ['failure', 'action_required', 'cancelled', 'success'];
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
  return CONCLUSIONS.indexOf(run.conclusion);
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
