/** One segment of a pattern: itself, one segment under a name, or all that is left under a name. */
type Part = { literal: string } | { one: string } | { rest: string };

export interface RoutePattern {
  parts: Part[];
  /** The first literal segment, by which patterns are found; null where the pattern starts with a wildcard. */
  first: string | null;
}

/**
 * Reads a route pattern as hosts and frameworks write it: `*`, `:name`, `:name*`, `:name(\\d+)`, `(.*)`,
 * `[name]`, `[...name]`. Literal segments are compared as given, so pass a comparable route to compare those.
 */
export function parsePattern(route: string): RoutePattern {
  const parts = splitOutsideParentheses(route).map(parsePart);
  const [start] = parts;
  return { parts, first: start && 'literal' in start ? start.literal : null };
}

/** Also `/a/:path(\\d+/x)` is two segments. */
function splitOutsideParentheses(route: string): string[] {
  const segments: string[] = [];
  let depth = 0;
  let segment = '';
  for (const letter of route) {
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    if (letter !== '/' || depth > 0) segment += letter;
    else {
      if (segment) segments.push(segment);
      segment = '';
    }
  }
  return segment ? [...segments, segment] : segments;
}

function parsePart(segment: string): Part {
  if (segment === '*') return { rest: 'splat' };
  if (segment === '(.*)' || segment === '(.+)') return { rest: '1' };
  const square = /^\[(\.\.\.)?([^\]]+)\]$/.exec(segment);
  if (square) return wildcard(square[2] as string, square[1] !== undefined);
  const colon = /^:([A-Za-z0-9_]+)(\(.*\))?([*+?]?)$/.exec(segment);
  if (!colon) return { literal: segment };
  return wildcard(colon[1] as string, colon[1] === 'splat' || /[*+]/.test(colon[3] ?? '') || colon[2] === '(.*)');
}

/** Names are kept in lower case, for a comparable route is. */
function wildcard(name: string, isRest: boolean): Part {
  return isRest ? { rest: name.toLowerCase() } : { one: name.toLowerCase() };
}

/** What the wildcards stand for in a route, or null where the pattern does not match. */
export function matchPattern(pattern: RoutePattern, segments: readonly string[]): Map<string, string> | null {
  const found = new Map<string, string>();
  for (const [at, part] of pattern.parts.entries()) {
    const segment = segments[at];
    if ('rest' in part) return found.set(part.rest, segments.slice(at).join('/'));
    if (segment === undefined) return null;
    if ('one' in part) found.set(part.one, segment);
    else if (part.literal !== segment) return null;
  }
  return pattern.parts.length === segments.length ? found : null;
}

/** Puts what was found in the place of `:name`, `:name*`, `$1`, `[name]` and `[...name]`. */
export function fillPattern(target: string, found: ReadonlyMap<string, string>): string {
  return target.replace(
    /:([A-Za-z0-9_]+)(?:\([^)]*\))?[*+?]?|\$([0-9])|\[(?:\.\.\.)?([\w-]+)\]/g,
    (whole, colon, dollar, square) => {
      return found.get((colon ?? dollar ?? square).toLowerCase()) ?? whole;
    },
  );
}

/** The first rewrite whose pattern matches a path, applied; the path itself where none does. */
export function rewritePath(path: string, rewrites: readonly (readonly [string, string])[]): string {
  const segments = path.split('/');
  for (const [from, to] of rewrites) {
    const found = matchPattern(parsePattern(bare(from)), segments);
    if (found) return fillPattern(bare(to), found).replace(/^\/+/, '');
  }
  return path;
}

function bare(path: string): string {
  return path.replace(/\.md$/, '');
}
