import { MOST_NESTED, TOO_DEEP } from './frames.ts';
import type { ParseProblem } from './page-facts.ts';
import { ParagraphEnds } from './paragraph-ends.ts';

/** Characters and lines above which a page is read line by line: remark needs seconds for so much. */
const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 50_000;

/**
 * Marks and line ends in one paragraph. For each the parser may look back through the paragraph, or ahead to its end, so
 * that its time grows with their square; people write some hundred at the most.
 */
const MOST_MARKS = 1_000;

/** Markers of quotes and list items at the start of a line. */
const MARKERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/;
const MARKER = />|[-*+.)]/g;
/** Marks that may pair up: emphasis, code, links, cells, comments. An underscore inside a word is none. */
const MARK = /[*~`[\]|]|<[!?]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const MAY_HOLD_MARK = /[*~`[\]|<_]/;
/** An unclosed `<!` or `<?` is searched to the end of its paragraph. */
const HTML_WEIGHT = 4;
const DIRECTIVE = /^[\s>]*:{3,}[ \t]*([A-Za-z])?/;

/** Why a text would cost the parser more than any page should; null for every page that people write. */
export function tooMuch(text: string): ParseProblem | null {
  if (text.length > MOST_CHARACTERS) return problem(1, `longer than ${MOST_CHARACTERS} characters`);
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return problem(1, `longer than ${MOST_LINES} lines`);
  const paragraphs = new ParagraphEnds();
  let marks = 0;
  let containers = 0;
  for (const [i, line] of lines.entries()) {
    if (paragraphs.endBefore(line)) marks = 0;
    marks += countMarks(line) + (/[ \t]$/.test(line) ? 1 : 0) + (paragraphs.isInContainer ? 1 : 0);
    containers += openedContainers(line);
    const depth = containers + (MARKERS.exec(line)?.[0].match(MARKER)?.length ?? 0);
    if (depth > MOST_NESTED) return problem(i + 1, TOO_DEEP);
    if (marks > MOST_MARKS) return problem(i + 1, 'too much in one paragraph, list or quote');
  }
  return null;
}

function countMarks(line: string): number {
  let count = 0;
  if (!MAY_HOLD_MARK.test(line)) return count;
  for (const [mark] of line.matchAll(MARK)) count += mark.startsWith('<') ? HTML_WEIGHT : 1;
  return count;
}

/** +1 for a line that opens a `:::` container, -1 for one that closes it. */
function openedContainers(line: string): number {
  const directive = DIRECTIVE.exec(line);
  if (!directive) return 0;
  return directive[1] ? 1 : -1;
}

function problem(line: number, message: string): ParseProblem {
  return { line, column: 1, message };
}
