import { slug } from 'github-slugger';

/** Percent-decoding that leaves invalid sequences as they stand. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

const DROPPED_ENDINGS = ['/', '/index', '.mdx', '.md', '.html'];

/**
 * The form in which routes are compared: NFC, lower case, leading slash, no doubled or trailing slash,
 * no `/index`, no `.md`, `.mdx` or `.html`. Takes a path that is decoded already; the site's own page is `/`.
 */
export function comparablePath(path: string): string {
  let route = `/${path.normalize('NFC').toLowerCase()}`.replace(/\/{2,}/g, '/');
  for (let ending = endingOf(route); ending; ending = endingOf(route)) route = route.slice(0, -ending.length);
  return route === '' ? '/' : route;
}

function endingOf(route: string): string | undefined {
  return DROPPED_ENDINGS.find((ending) => route.endsWith(ending) && !route.endsWith(`/${ending}`));
}

/** As `comparablePath`, from a path as written in a link: percent-encoding is decoded first. */
export function comparableRoute(path: string): string {
  return comparablePath(decodePercent(path));
}

/** Joins routes with single slashes; the result has a leading and no trailing slash, the root is `/`. */
export function joinRoute(...parts: string[]): string {
  const segments = parts.join('/').split('/').filter(Boolean);
  return `/${segments.join('/')}`;
}

/** Resolves `.` and `..` of a relative link against a folder route, as browsers do: never above the root. */
export function resolveRoute(folder: string, relative: string): string {
  const segments: string[] = [];
  for (const segment of `${folder}/${relative}`.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

export function isUnderRoute(route: string, parent: string): boolean {
  return parent === '/' || route === parent || route.startsWith(`${parent}/`);
}

/** A path as Astro makes it a route: every segment through github-slugger (Astro's glob loader, `generateId`). */
export function slugSegments(path: string): string {
  return path
    .split('/')
    .map((segment) => slug(segment))
    .join('/');
}

/** Drops a trailing `/index` segment, also where it is the whole path. */
export function withoutIndex(path: string): string {
  return path.replace(/(?:^|\/)index$/i, '');
}

/** A served path in the form that a URL may hold. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  if (/^[\w.~-]*$/.test(segment)) return segment;
  return encodeURIComponent(segment.toWellFormed()).replace(/%(?:40|3A|24|2C|3B|2B|3D|26)/g, decodePercent);
}
