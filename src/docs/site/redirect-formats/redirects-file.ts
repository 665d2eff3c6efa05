import { isFallback, type Redirect } from './redirect.ts';

/**
 * Reads a `_redirects` file as Netlify and Cloudflare Pages do: `from [query…] to [status][!] [condition…]`.
 * Rules that depend on a query, country, language or cookie, and error pages, redirect nobody in general: they are left out.
 */
export function readRedirectsFile(text: string): Redirect[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => readLine(line) ?? []);
}

function readLine(line: string): Redirect | null {
  const words = line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/\s+/)
    .filter(Boolean);
  const [from, ...rest] = words;
  const at = rest.findIndex((word) => /^(?:\/|https?:)/i.test(word));
  if (from === undefined || at < 0 || rest.some((word, i) => i !== at && word.includes('='))) return null;
  const to = rest[at] as string;
  const status = /^(\d{3})(!?)$/.exec(rest[at + 1] ?? '301');
  const code = Number(status?.[1] ?? 301);
  if (code >= 400 || isFallback(from, to, code)) return null;
  return { from, to, forced: status?.[2] === '!' };
}
