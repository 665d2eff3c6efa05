import type { Gap, GapKind, State } from '../coverage/coverage.ts';
import type { Scope } from '../review/review.ts';

/** The words that every report shares, so that all of them say the same. */

export type Noun = readonly [one: string, many: string];

export const SCENARIO: Noun = ['scenario', 'scenarios'];

/** `1 scenario`, `1,204 scenarios`. */
export function count(n: number, noun: Noun): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun[0] : noun[1]}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ends a text of others as a sentence. */
export function asSentence(text: string): string {
  return /[.!?…。！？]$/.test(text) ? text : `${text}.`;
}

/** Puts a term of the registry, a path or a route as something to copy, in the report's own way. */
export type Quote = (term: string) => string;

const LACKS: Record<GapKind, (detail: string) => string> = {
  cause: (detail) => `the cause ${detail}`,
  link: (detail) => `a link to ${detail}`,
  'broken-link': (detail) => `${detail}, which leads nowhere`,
  'only-in-sample': () => 'an explanation outside the code sample or card',
  hidden: () => 'a page that readers can find',
  forbidden: (detail) => `a section without ${detail}`,
  elsewhere: () => 'a section where its readers look',
};

const TO_DO: Record<GapKind, (detail: string) => string> = {
  cause: (detail) => `name the cause ${detail}`,
  link: (detail) => `link to ${detail}`,
  'broken-link': (detail) => `point the link ${detail} at the page that now holds the fix`,
  'only-in-sample': () => 'explain it in prose beside the sample',
  hidden: () => 'publish the page, or document it on one that readers can find',
  forbidden: (detail) => `take out ${detail}`,
  elsewhere: (detail) => `name it here and link to the section in ${detail}`,
};

/** What a scenario lacks, as a thing: "the cause `x` and a link to `y`"; for a missing one that it is named nowhere. */
export function lackOf(state: State, gaps: readonly Gap[], quote: Quote): string {
  if (state === 'missing') return 'named nowhere';
  return listed(gaps.map((gap) => LACKS[gap.kind](quote(gap.detail))));
}

/** What to do about it, as a command: "name the cause `x` and link to `y`". */
export function toDo(state: State, gaps: readonly Gap[], quote: Quote): string {
  if (state === 'missing') return 'add a section that names it, says why it happens and links to the fix';
  return listed(gaps.map((gap) => TO_DO[gap.kind](quote(gap.detail))));
}

/** `covered → partial`, or the state alone where it stays. */
export function stateChange(before: State, after: State): string {
  return before === after ? after : `${before} → ${after}`;
}

/** The line on gaps that are only counted; empty for none. */
export function furtherGaps(n: number, change: string): string {
  if (n === 0) return '';
  return `${count(n, ['more scenario has a gap', 'more scenarios have gaps'])} that ${change} did not cause.`;
}

export const SCOPE_WORDS: Record<Scope, string> = {
  introduced: 'introduced by this change',
  touched: 'in a section that this change touches',
  nearby: 'on a page that this change touches',
  elsewhere: 'elsewhere in the docs',
};

/** `12`, `12-40`. */
export function lineRange(line: number, endLine: number | null): string {
  return endLine === null || endLine === line ? `${line}` : `${line}-${endLine}`;
}

/** `docs/a.md:12`, `docs/a.md:12-40`; the path alone without a line. */
export function placeOf(at: { path: string; line: number | null; endLine?: number | null }): string {
  return at.line === null ? at.path : `${at.path}:${lineRange(at.line, at.endLine ?? null)}`;
}

/** A commit as people write it; `WORKTREE` and other words stay. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit;
}
