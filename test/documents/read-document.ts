/**
 * Documents as tests read them. What a reader sees is what counts:
 *
 * - a fence under a line such as `` `docs/errors.md`: `` is a file of the example; `, before:` or `, after:` says on
 *   which side of the pull request it stands, without it on both;
 * - "The pull request deletes `a`" and "The pull request moves `a` to `b`" do that;
 * - a `console` fence holds commands, each with what it prints; a line `…` stands for lines left out;
 * - every heading begins with an empty folder, unless `<!-- continued -->` stands under it, or
 *   `<!-- begins with: HEADING -->`, which takes the files of an earlier one;
 * - `<!-- shallow clone -->` makes the commands below run in a clone of depth 1;
 * - `<!-- example: NAME -->` begins with that folder of test/examples/pull-requests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Side = 'before' | 'after';

/** One step of a section, in reading order; `line` is where it starts, `body` what stands in its fence. */
export type Step =
  | { kind: 'example'; name: string }
  | { kind: 'shallow' }
  | { kind: 'file'; path: string; side: Side | null; fence: Fence }
  | { kind: 'delete'; path: string }
  | { kind: 'move'; from: string; to: string }
  | { kind: 'console' | 'sh' | 'yaml'; fence: Fence };

export interface Fence {
  language: string;
  body: string;
  /** The line of the opening fence, from 1. */
  line: number;
  /** Set by `<!-- with mistakes -->` above it. */
  mistaken: boolean;
}

/** What stands under one heading, up to the next heading that begins anew. */
export interface Part {
  heading: string;
  steps: Step[];
}

export interface Document {
  path: string;
  text: string;
  headings: string[];
  parts: Part[];
  /** Text outside fences and comments. */
  prose: string;
}

/** The README and all of docs/, in that order. */
export function documentPaths(): string[] {
  const docs = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.sort().map((name) => `docs/${name}`)];
}

export function readDocument(path: string): Document {
  return parseDocument(path, readFileSync(ROOT + path, 'utf8'));
}

const FILE = /^`([^`\s]+)`(?:, (before|after))?:$/;
const DELETES = /The pull request deletes `([^`]+)`/;
const MOVES = /The pull request moves `([^`]+)` to `([^`]+)`/;

export function parseDocument(path: string, text: string): Document {
  const parts: Part[] = [{ heading: '', steps: [] }];
  const headings: string[] = [];
  const prose: string[] = [];
  const lines = text.split('\n');
  let lead = '';
  let mistaken = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const fence = /^(`{3,}|~{3,})(\w*)$/.exec(line);
    const heading = /^#{1,3} (.+)$/.exec(line)?.[1];
    const { steps } = parts.at(-1) as Part;
    if (fence) {
      const end = lines.indexOf(fence[1] as string, at + 1);
      if (end < 0) throw new Error(`${path}:${at + 1}: this fence does not end`);
      const body = lines.slice(at + 1, end).map((inner) => `${inner}\n`);
      steps.push(...fenceSteps(lead, { language: fence[2] ?? '', body: body.join(''), line: at + 1, mistaken }));
      at = end;
      lead = '';
      mistaken = false;
    } else if (heading !== undefined) {
      headings.push(heading);
      parts.push({ heading, steps: [] });
    } else if (line === '<!-- continued -->') {
      const { heading: last } = parts.pop() as Part;
      parts.push({ ...(parts.pop() as Part), heading: last });
    } else if (/^<!-- .* -->$/.test(line)) {
      const [, directive, named = ''] = /^<!-- (example|begins with): (.+) -->$/.exec(line) ?? [];
      if (directive === 'example') steps.push({ kind: 'example', name: named });
      if (directive === 'begins with') steps.push(...filesOf(named, parts));
      if (line === '<!-- shallow clone -->') steps.push({ kind: 'shallow' });
      mistaken ||= line === '<!-- with mistakes -->';
    } else if (line !== '') {
      lead = line;
      prose.push(line);
      const deletes = DELETES.exec(line);
      const moves = MOVES.exec(line);
      if (deletes) steps.push({ kind: 'delete', path: deletes[1] as string });
      if (moves) steps.push({ kind: 'move', from: moves[1] as string, to: moves[2] as string });
    }
  }
  return { path, text, headings, parts, prose: prose.join('\n') };
}

function filesOf(heading: string, parts: readonly Part[]): Step[] {
  const part = parts.find((each) => each.heading === heading);
  if (!part) throw new Error(`no heading before this one is ${heading}`);
  return part.steps.filter(({ kind }) => kind === 'file');
}

function fenceSteps(lead: string, fence: Fence): Step[] {
  const { language } = fence;
  const file = FILE.exec(lead);
  if (file) return [{ kind: 'file', path: file[1] as string, side: (file[2] as Side | undefined) ?? null, fence }];
  return language === 'console' || language === 'sh' || language === 'yaml' ? [{ kind: language, fence }] : [];
}

/** One command of a `console` fence with the output that stands below it. */
export interface Shown {
  typed: string;
  output: string[];
}

export function commandsOf({ body, line }: Fence): Shown[] {
  const shown: Shown[] = [];
  for (const each of body.replace(/\n$/, '').split('\n')) {
    if (each.startsWith('$ ')) shown.push({ typed: each.slice(2), output: [] });
    else if (shown.length > 0) shown.at(-1)?.output.push(each);
    else throw new Error(`line ${line}: a console fence begins with a command`);
  }
  return shown;
}

const LEFT_OUT = '…';

/**
 * What is printed, with lines left out where the document leaves some out: as many lines stay at the start and at the
 * end as before, and those in between that begin with the same line as before.
 */
export function trimLike(shown: readonly string[], printed: readonly string[]): string[] {
  const kept = splitAt(shown, LEFT_OUT);
  if (kept.length === 1) return [...printed];
  const [first, last] = [kept[0] as string[], kept.at(-1) as string[]];
  const result = printed.slice(0, first.length);
  let at = result.length;
  for (const stretch of kept.slice(1, -1)) {
    const from = printed.indexOf(stretch[0] as string, at + 1);
    if (from < 0) continue;
    at = from + stretch.length;
    result.push(LEFT_OUT, ...printed.slice(from, at));
  }
  const end = Math.max(printed.length - last.length, at);
  if (end > at) result.push(LEFT_OUT);
  return [...result, ...printed.slice(end)];
}

function splitAt(lines: readonly string[], mark: string): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === mark) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}
