/** Tells whether a path matches; never slower than the product of the two lengths. */
export type PathMatcher = (path: string) => boolean;

/** `{a,b}` is written out up to so many globs; what is beyond is not matched. */
const MAX_ALTERNATIVES = 200;

/**
 * Compiles a glob on slash-separated paths: `*` and `?` within a segment, `**` for any number of segments, `{a,b}`.
 * Everything else is literal, dots, parentheses and brackets too, for these are common in names of pages.
 * It is matched by hand because regular expressions made of many stars, as libraries make them, can take exponential time.
 */
export function compileGlob(glob: string): PathMatcher {
  const patterns = alternatives(glob).map((one) => one.split('/'));
  return (path) => {
    const segments = path.split('/');
    return patterns.some((pattern) => matches(pattern, segments, '**', matchesSegment));
  };
}

function matchesSegment(glob: string, segment: string): boolean {
  if (!/[*?]/.test(glob)) return glob === segment;
  if (!glob.includes('?')) return matches(glob, segment, '*', (sign, letter) => sign === letter);
  // A character may be two units of a string.
  return matches(Array.from(glob), Array.from(segment), '*', (sign, letter) => sign === '?' || sign === letter);
}

/** Greedy wildcard matching: only the last star ever has to take one more, so nothing is tried twice. */
function matches(
  pattern: ArrayLike<string>,
  items: ArrayLike<string>,
  star: string,
  fits: (part: string, item: string) => boolean,
): boolean {
  let at = 0;
  let lastStar = -1;
  let taken = 0;
  for (let index = 0; index < items.length; ) {
    const part = pattern[at];
    if (part === star) {
      lastStar = at++;
      taken = index;
    } else if (part !== undefined && fits(part, items[index] as string)) {
      at++;
      index++;
    } else if (lastStar >= 0) {
      at = lastStar + 1;
      index = ++taken;
    } else return false;
  }
  while (pattern[at] === star) at++;
  return at === pattern.length;
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
