/** What a text field must look like. The pattern serves the validator and the JSON Schema alike. */
export interface TextFormat {
  /** A regular expression for the whole text as written. */
  pattern: string;
  /** Completes "must be …". */
  expected: string;
  /** What to write instead. */
  advice: string;
  /** A format of JSON Schema, where a pattern does not say enough. */
  format?: 'date';
  /** Brings equal values to one form. */
  normalise?: (text: string) => string;
}

/** No backslash and no segment "..": a path from the top of the repository. */
const INSIDE = '^(?=.*\\S)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\n\\r]*$';

const FOLDER: TextFormat = {
  pattern: INSIDE,
  expected: 'a folder, written from the top of the repository with "/" and without ".."',
  advice: 'Write the path from the top of the repository, such as src/content/docs.',
  normalise: (path) => segments(path).join('/'),
};

export const FORMATS = {
  text: {
    pattern: '\\S',
    expected: 'text that is not blank',
    advice: 'Give it a value or remove it.',
  },
  id: {
    pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    expected: 'kebab-case: lower-case letters and digits, joined by single hyphens',
    advice: 'Write an id such as blank-tokens, and never change it again.',
  },
  folder: FOLDER,
  aliasTarget: {
    ...FOLDER,
    // An alias replaces a prefix, so its last slash is part of it.
    normalise: (path) => segments(path).join('/') + (/[^./]\/+\s*$/.test(path) ? '/' : ''),
  },
  glob: {
    pattern: '\\S',
    expected: 'a glob that is not blank',
    advice: 'Write a glob such as **/*.mdx.',
    normalise: (glob) => glob.trim().replace(/^(?:\.\/)+/, ''),
  },
  route: {
    pattern: '^/(?!/)\\S*$',
    expected: 'a route of the site that starts with "/"',
    advice: 'Write the route as readers see it after the host name, such as /guides/.',
    normalise: (route) => route.replace(/(?<!\/)\/+$/, '') || '/',
  },
  routeGlob: {
    pattern: '^/\\S*$',
    expected: 'a glob over routes that starts with "/"',
    advice: 'Write a glob such as /api/**.',
  },
  link: {
    pattern: '^(?:/(?!/)\\S*|https?://[^\\s/]\\S*|mailto:\\S+)$',
    expected: 'a route that starts with "/", or a URL that starts with https://, http:// or mailto:',
    advice: 'Write the route of the page, with #anchor where one section holds the fix.',
  },
  site: {
    pattern: '^https?://[^\\s/?#]+(?:/[^\\s?#]*)?$',
    expected: 'the URL of the published site, with https:// or http:// and without "?" or "#"',
    advice: 'Write the origin and base path, such as https://docs.example.com.',
    normalise: (url) => url.replace(/(?<!\/)\/+$/, ''),
  },
  preview: {
    pattern: '^https?://(?:[^\\s{}]|\\{(?:number|sha|branch)\\})+$',
    expected: 'a URL with https:// or http:// whose only placeholders are {number}, {sha} and {branch}',
    advice: 'Write a URL such as https://deploy-preview-{number}--example.netlify.app.',
    normalise: (url) => url.replace(/(?<!\/)\/+$/, ''),
  },
  date: {
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    expected: 'a day of the calendar, written YYYY-MM-DD',
    advice: 'Write a date such as 2027-03-31; it counts to the end of that day, UTC.',
    format: 'date',
  },
} as const satisfies Record<string, TextFormat>;

function segments(path: string): string[] {
  return path
    .trim()
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
}

/** Whether a text, as it is written, has a format. */
export function fits(text: string, { pattern, format }: TextFormat): boolean {
  return new RegExp(pattern, 'u').test(text) && (format !== 'date' || isCalendarDay(text));
}

/** Whether `YYYY-MM-DD` names a day that exists. `Date` takes the 30th of February for a day of March. */
function isCalendarDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
