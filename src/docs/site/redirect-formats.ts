import { parse } from 'smol-toml';
import { asList, asObject, asText, asTexts, type ConfigText, type ConfigValue } from '../config-text.ts';

/** One rule of a redirect file; `from` and `to` as written, wildcards included. */
export interface Redirect {
  from: string;
  to: string;
  /** Applies even where a page has the route. */
  forced: boolean;
}

/**
 * One rule; none for an error page, nor for a single-page app, which serves one file at every route: neither tells what
 * exists.
 */
function redirect(from: string, to: string, status: number, forced = false): Redirect[] {
  const isFallback =
    status === 200 && /^\/?(?:\*|\(\.\*\)|:\w+\*)$/.test(from) && !/[*:$]\w*/.test(to.replace(/^https?:\/\//, ''));
  return status >= 400 || isFallback ? [] : [{ from, to, forced }];
}

/**
 * Reads a `_redirects` file as Netlify and Cloudflare Pages do: `from [query…] to [status][!] [condition…]`.
 * Rules that depend on a query, country, language or cookie redirect nobody in general: they are left out.
 */
export function readRedirectsFile(text: string): Redirect[] {
  return text.split(/\r\n|\n|\r/).flatMap(readLine);
}

function readLine(line: string): Redirect[] {
  const words = line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/\s+/)
    .filter(Boolean);
  const [from, ...rest] = words;
  const at = rest.findIndex((word) => /^(?:\/|https?:)/i.test(word));
  if (from === undefined || at < 0 || rest.some((word, i) => i !== at && word.includes('='))) return [];
  const status = /^(\d{3})(!?)$/.exec(rest[at + 1] ?? '301');
  return redirect(from, rest[at] as string, Number(status?.[1] ?? 301), status?.[2] === '!');
}

/** Reads the `[[redirects]]` of a `netlify.toml`; broken TOML has none. */
export function readNetlifyToml(text: string): Redirect[] {
  try {
    const { redirects } = parse(text);
    return Array.isArray(redirects) ? redirects.flatMap(readNetlifyRule) : [];
  } catch {
    return [];
  }
}

function readNetlifyRule(rule: unknown): Redirect[] {
  const { from, to, status, force, query, conditions } = (rule ?? {}) as Record<string, unknown>;
  if (typeof from !== 'string' || typeof to !== 'string' || query !== undefined || conditions !== undefined) return [];
  return redirect(from, to, Number(status ?? 301), force === true);
}

/**
 * Reads redirects that stand as literals in a config file: `redirects` as an object (Astro, Starlight) or a list
 * (Docusaurus, Mintlify, Vercel), `rewrites` (Vercel), and lists that a function returns (Next.js).
 */
export function configRedirects(config: ConfigText): Redirect[] {
  const returned = config.all('return').flatMap(asList).filter(isNextRedirect);
  const rewrites = config.all('rewrites').flatMap(asList);
  return [
    ...config.all('redirects').flatMap(fromSetting),
    ...returned.flatMap((rule) => fromRule(rule, 301)),
    ...rewrites.flatMap((rule) => fromRule(rule, 200)),
  ];
}

function fromSetting(setting: ConfigValue): Redirect[] {
  const object = asObject(setting);
  if (!object) return asList(setting).flatMap((rule) => fromRule(rule, 301));
  return [...object].flatMap(([from, target]) => {
    const to = asText(target) ?? asText(asObject(target)?.get('destination'));
    return to === null || !from.startsWith('/') ? [] : redirect(from, to, 301);
  });
}

function isNextRedirect(value: ConfigValue): boolean {
  const rule = asObject(value);
  return rule !== null && (rule.has('permanent') || rule.has('statusCode'));
}

/** Rules with `has` or `missing` depend on the request and are left out. */
function fromRule(value: ConfigValue, status: number): Redirect[] {
  const rule = asObject(value);
  const to = asText(rule?.get('to') ?? rule?.get('destination'));
  if (!rule || to === null || rule.has('has') || rule.has('missing')) return [];
  const from = rule.get('from') ?? rule.get('source') ?? '';
  const routes = asTexts([from, ...asList(from)]).filter((route) => route.startsWith('/'));
  return routes.flatMap((route) => redirect(route, to, status));
}
