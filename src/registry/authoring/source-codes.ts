import { RE2JS } from 're2js';
import { lineFinder } from '../file-reading.ts';
import type { FoundCode } from './found-code.ts';

/** Which files of a repository hold error codes, and how the codes look. */
export interface SourcePattern {
  glob: string;
  /** RE2 syntax; its first group, where it has one, is the code. */
  pattern: string;
  /** Finds the codes of one file in time linear in its text. */
  codesIn(text: string): { code: string; start: number }[];
}

/** Thrown for text that is no `GLOB:PATTERN`. `advice` says what to do next. */
export class BadSourcePattern extends Error {
  override readonly name = 'BadSourcePattern';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

const EXAMPLE = "Write a glob, a colon and a pattern, such as 'src/**/*.go:ERR_[A-Z_]+'.";

/** More matches of one file tell nothing new. */
const MOST_IN_FILE = 100_000;

/**
 * Reads `GLOB:PATTERN`. The pattern begins after the first colon, for globs hold none; it is RE2, so that no pattern
 * takes more than linear time.
 * @throws {BadSourcePattern}
 */
export function parseSourcePattern(typed: string): SourcePattern {
  const colon = typed.indexOf(':');
  const glob = typed
    .slice(0, colon)
    .trim()
    .replace(/^(?:\.\/)+/, '');
  const pattern = typed.slice(colon + 1);
  if (colon < 0 || glob === '' || pattern === '') {
    throw new BadSourcePattern(`"${typed}" is no GLOB:PATTERN`, EXAMPLE);
  }
  const compiled = compile(pattern);
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return { glob, pattern, codesIn: (text) => matches(compiled, group, text) };
}

function compile(pattern: string): RE2JS {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
    if (compiled.matches('')) throw new BadSourcePattern(`the pattern "${pattern}" matches the empty text`, EXAMPLE);
    return compiled;
  } catch (error) {
    if (error instanceof BadSourcePattern || !(error instanceof Error)) throw error;
    const advice = 'It is RE2: as in other languages, without lookaround and back references.';
    const problem = error.message.replace(/^error parsing regexp: /, '').replace('(?m)', '');
    throw new BadSourcePattern(`the pattern "${pattern}" cannot be read: ${problem}`, advice);
  }
}

function matches(pattern: RE2JS, group: number, text: string): { code: string; start: number }[] {
  const matcher = pattern.matcher(text);
  const found: { code: string; start: number }[] = [];
  while (found.length < MOST_IN_FILE && matcher.find()) {
    const code = matcher.group(group);
    if (code) found.push({ code, start: matcher.start(group) });
  }
  return found;
}

/** The codes of some files in the order of their first places: each once, with its number of places. */
export function sourceCodes(files: Iterable<{ path: string; text: string }>, pattern: SourcePattern): FoundCode[] {
  const codes = new Map<string, FoundCode>();
  for (const { path, text } of files) {
    const at = lineFinder(text);
    for (const { code, start } of pattern.codesIn(text)) {
      const known = codes.get(code);
      if (known) known.count++;
      else codes.set(code, { code, title: null, path, line: at(start).line, count: 1 });
    }
  }
  return [...codes.values()];
}
