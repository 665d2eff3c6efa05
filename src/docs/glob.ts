/** Tells whether a path matches; never slower than the product of the two lengths. */
export type PathMatcher = (path: string) => boolean;

/** `{a,b}` is written out up to so many globs; what is beyond is not matched. */
const MAX_ALTERNATIVES = 200;

/**
 * Compiles a glob on slash-separated paths: `*` and `?` within a segment, `**` for any number of segments, `{a,b}`.
 * Everything else is literal, dots, parentheses and brackets too, for these are common in names of pages.
 * It is matched by hand because regular expressions made of many stars can take exponential time.
 */
export function compileGlob(glob: string): PathMatcher {
  if (!/[*?{]/.test(glob)) return (path) => path === glob;
  const ending = ANYWHERE.exec(glob)?.[1];
  if (ending !== undefined) return endsWithOneOf(ending);
  const patterns = alternatives(glob).map((one) => one.split('/').map(compileSegment));
  return (path) => {
    const segments = path.split('/');
    return patterns.some((pattern) => matchesSegments(pattern, segments));
  };
}

/** `**\/*.{md,mdx}`: files of these endings in any folder, as nearly every docs root has it. */
const ANYWHERE = /^\*\*\/\*(\.[^*?{}/]+|\.\{[^*?{}/]+\})$/;

function endsWithOneOf(ending: string): PathMatcher {
  const endings = alternatives(ending);
  return (path) => endings.some((one) => path.endsWith(one));
}

type Segment = '**' | PathMatcher;

function compileSegment(glob: string): Segment {
  if (glob === '**') return '**';
  if (!/[*?]/.test(glob)) return (text) => text === glob;
  const tokens = Array.from(glob.replace(/\*{2,}/g, '*'));
  return (text) => matchesTokens(tokens, text);
}

function matchesSegments(pattern: Segment[], segments: string[]): boolean {
  return wildcard(pattern.length, segments.length, (at) => pattern[at] === '**', fits);

  function fits(at: number, index: number): boolean {
    return (pattern[at] as PathMatcher)(segments[index] as string);
  }
}

function matchesTokens(tokens: string[], text: string): boolean {
  const letters = Array.from(text);
  const fits = (at: number, index: number) => tokens[at] === '?' || tokens[at] === letters[index];
  return wildcard(tokens.length, letters.length, (at) => tokens[at] === '*', fits);
}

/** Greedy wildcard matching: only the last star ever has to take one more, so nothing is tried twice. */
function wildcard(
  patternLength: number,
  length: number,
  isStar: (at: number) => boolean,
  fits: (at: number, index: number) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let index = 0; index < length; ) {
    if (at < patternLength && isStar(at)) {
      star = at++;
      taken = index;
    } else if (at < patternLength && fits(at, index)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++taken;
    } else return false;
  }
  while (at < patternLength && isStar(at)) at++;
  return at === patternLength;
}

function alternatives(glob: string): string[] {
  let done: string[] = [''];
  let literalFrom = 0;
  for (let open = glob.indexOf('{'); open >= 0; open = glob.indexOf('{', literalFrom)) {
    const close = glob.indexOf('}', open);
    if (close < 0) break;
    const before = glob.slice(literalFrom, open);
    const choices = glob.slice(open + 1, close).split(',');
    done = done.flatMap((start) => choices.map((choice) => start + before + choice)).slice(0, MAX_ALTERNATIVES);
    literalFrom = close + 1;
  }
  return done.map((start) => start + glob.slice(literalFrom));
}
