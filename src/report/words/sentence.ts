import type { Gap, GapKind, State } from '../../coverage/coverage.ts';
import type { Scope } from '../../review/compare/scope.ts';
import type { ScenarioReview } from '../../review/review.ts';
import type { Snippet } from '../../review/suggest/page-lines.ts';

/** The words that every report shares, so that all of them say the same. */

export type Noun = readonly [one: string, many: string];

export const SCENARIO: Noun = ['scenario', 'scenarios'];

/** A number with a comma after each thousand; `toLocaleString` does the same, and loads all of a locale for it. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 scenario`, `1,204 scenarios`. */
export function count(n: number, noun: Noun): string {
  return `${grouped(n)} ${n === 1 ? noun[0] : noun[1]}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** `listed` for at most so many items: `a, b, c and 2 more`. */
export function listedUpTo(most: number, items: readonly string[]): string {
  const rest = items.length - most;
  return listed(rest > 0 ? [...items.slice(0, most), `${rest} more`] : items);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ends a text of others as a sentence. */
export function asSentence(text: string): string {
  return /[.!?…。！？]$/.test(text) ? text : `${text}.`;
}

/** How one report writes what comes from the registry. */
export interface Say {
  /** A phrase: a cause or what must not be said. */
  phrase(phrase: string): string;
  /** Something to copy: a path, a route or an id. */
  copy(text: string): string;
  /** A sentence in which code stands between backticks. */
  prose(text: string): string;
}

/** How one report writes terms, and places in files. */
export interface SayWhere extends Say {
  /** A place in a file at head. */
  file(at: FilePlace): string;
  /** A place at the merge base. */
  was(at: FilePlace): string;
  /** A section's heading or other label, in quotes. */
  label(text: string): string;
}

const LACKS: Record<GapKind, (details: string[], say: Say) => string> = {
  cause: (causes, say) => (causes.includes('') ? 'a section of its own' : theCauses(causes, say)),
  link: (links, say) => `a link to ${listed(links.map(say.copy))}`,
  'broken-link': (links, say) => `the target of ${listed(links.map(say.copy))}`,
  'only-in-sample': () => 'an explanation outside the code sample or card',
  hidden: () => 'a page that readers can find',
  forbidden: (phrases, say) => `a section without ${listed(phrases.map(say.phrase))}`,
  elsewhere: () => 'a section where its readers look',
};

/** "the cause “x”", "the causes “x” and “y”". */
export function theCauses(causes: readonly string[], say: Say): string {
  return `the ${causes.length > 1 ? 'causes' : 'cause'} ${listed(causes.map(say.phrase))}`;
}

/** What a scenario lacks, as a noun: "the cause “x” and a link to `/y/`"; "named nowhere" for a missing one. */
export function lackOf(state: State, gaps: readonly Gap[], say: Say): string {
  if (state === 'missing') return 'named nowhere';
  return listed(gapsByKind(gaps).map(([kind, details]) => LACKS[kind](details, say)));
}

/** Each kind of gap that occurs, with what its gaps are about. */
export function gapsByKind(gaps: readonly Gap[]): [kind: GapKind, details: string[]][] {
  const kinds = [...new Set(gaps.map(({ kind }) => kind))];
  return kinds.map((kind) => [kind, gaps.filter((gap) => gap.kind === kind).map(({ detail }) => detail)]);
}

/** `covered → partial`, or the state alone where it stays. */
export function stateChange(before: State, after: State): string {
  return before === after ? after : `${before} → ${after}`;
}

/** The line on gaps that are only counted, "more" where others were told of; empty for none. */
export function furtherGaps(n: number, more: boolean, change: string): string {
  if (n === 0) return '';
  return `${grouped(n)} ${more ? 'more ' : ''}${n === 1 ? 'scenario has a gap' : 'scenarios have gaps'} that ${change} did not cause.`;
}

/** The line on what would need work without a waiver; empty for none. */
export function waivedLine(waived: readonly ScenarioReview[], say: Say): string {
  if (waived.length === 0) return '';
  const ids = listedUpTo(
    3,
    waived.map(({ scenario }) => say.copy(scenario.id)),
  );
  return `${count(waived.length, ['scenario is waived', 'scenarios are waived'])}: ${ids}.`;
}

/** A note where a snippet needs an empty line before it, because snippets are shown without one; else empty. */
export function spacing({ text }: Snippet): string {
  return /^\r?\n/.test(text) ? 'leave an empty line before it' : '';
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

export interface FilePlace {
  path: string;
  line: number | null;
  endLine?: number | null;
}

/** `docs/a.md:12`, `docs/a.md:12-40`; the path alone without a line. */
export function placeOf(at: FilePlace): string {
  return at.line === null ? at.path : `${at.path}:${lineRange(at.line, at.endLine ?? null)}`;
}

/** A commit as people write it; `WORKTREE` and other words stay. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit;
}
