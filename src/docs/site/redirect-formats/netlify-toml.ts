import { parse } from 'smol-toml';
import { isFallback, type Redirect } from './redirect.ts';

/** Reads the `[[redirects]]` of a `netlify.toml`; broken TOML has none. */
export function readNetlifyToml(text: string): Redirect[] {
  try {
    const { redirects } = parse(text) as { redirects?: unknown };
    return Array.isArray(redirects) ? redirects.flatMap((rule) => readRule(rule) ?? []) : [];
  } catch {
    return [];
  }
}

function readRule(rule: unknown): Redirect | null {
  if (typeof rule !== 'object' || rule === null) return null;
  const { from, to, status, force, query, conditions } = rule as Record<string, unknown>;
  if (typeof from !== 'string' || typeof to !== 'string' || query !== undefined || conditions !== undefined)
    return null;
  const code = Number(status ?? 301);
  if (code >= 400 || isFallback(from, to, code)) return null;
  return { from, to, forced: force === true };
}
