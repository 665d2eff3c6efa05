import { asList, asObject, asText, type ConfigObject, type ConfigText, type ConfigValue } from '../../config-text.ts';
import { isFallback, type Redirect } from './redirect.ts';

/**
 * Reads redirects that stand as literals in a config file: `redirects` as an object (Astro, Starlight) or a list
 * (Docusaurus, Mintlify, Vercel), `rewrites` (Vercel), and lists that a function returns (Next.js).
 */
export function configRedirects(config: ConfigText): Redirect[] {
  const rewrites = config
    .all('rewrites')
    .flatMap(asList)
    .flatMap((rule) => fromRule(rule, 200));
  const returned = config
    .all('return')
    .flatMap(asList)
    .filter((rule) => isNextRedirect(asObject(rule)));
  return [
    ...config.all('redirects').flatMap(fromSetting),
    ...returned.flatMap((rule) => fromRule(rule, 301)),
    ...rewrites,
  ];
}

function fromSetting(setting: ConfigValue): Redirect[] {
  const object = asObject(setting);
  if (!object) return asList(setting).flatMap((rule) => fromRule(rule, 301));
  return [...object].flatMap(([from, target]) => {
    const to = asText(target) ?? asText(asObject(target)?.get('destination'));
    return to === null || !from.startsWith('/') ? [] : [{ from, to, forced: false }];
  });
}

function isNextRedirect(rule: ConfigObject | null): boolean {
  return rule !== null && (rule.has('permanent') || rule.has('statusCode'));
}

/** Rules with `has` or `missing` depend on the request and are left out. */
function fromRule(value: ConfigValue, status: number): Redirect[] {
  const rule = asObject(value);
  const to = asText(rule?.get('to') ?? rule?.get('destination'));
  if (!rule || to === null || rule.has('has') || rule.has('missing')) return [];
  const from = rule.get('from') ?? rule.get('source') ?? '';
  return [from, ...asList(from)]
    .flatMap((route) => asText(route) ?? [])
    .filter((route) => route.startsWith('/') && !isFallback(route, to, status))
    .map((route) => ({ from: route, to, forced: false }));
}
