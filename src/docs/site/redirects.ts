import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, isUnder, joinPath } from '../repo-path.ts';
import { fillPattern, matchPattern, parsePattern, type RoutePattern } from '../route-pattern.ts';
import { comparableRoute } from '../routes.ts';
import type { Redirect } from './redirect-formats.ts';
import { configRedirects, readNetlifyToml, readRedirectsFile } from './redirect-formats.ts';

/** More rules than any host takes; what is beyond is not read. */
const MAX_RULES = 20_000;
const REDIRECT_FOLDERS = ['public', 'static', ''];
const CONFIG = /^(?:vercel|mint|docs)\.json$|^(?:astro|docusaurus|next)\.config\./;

/** The redirects of one site, in the order in which its host tries them. */
export class Redirects {
  readonly #exact = new Map<string, Rule[]>();
  /** By first segment; under null those that begin with a wildcard. */
  readonly #patterns = new Map<string | null, (Rule & { pattern: RoutePattern })[]>();

  constructor(rules: readonly Redirect[], ownPath: (url: string) => string | null) {
    for (const [order, { from, to, forced }] of rules.slice(0, MAX_RULES).entries()) {
      const path = ownPath(from);
      if (path === null) continue;
      const route = comparableRoute(path.replace(/[?#].*$/, ''));
      const pattern = parsePattern(route);
      const rule = { order, to, forced };
      if (pattern.parts.every((part) => 'literal' in part)) push(this.#exact, route, rule);
      else push(this.#patterns, pattern.first, { ...rule, pattern });
    }
  }

  /** Where the first rule for a comparable route leads, as written with wildcards filled; null without a rule. */
  target(route: string, forcedOnly: boolean): string | null {
    const segments = route.split('/').filter(Boolean);
    const fits = (rule: Rule) => rule.forced || !forcedOnly;
    let first = this.#exact.get(route)?.find(fits);
    let target = first?.to ?? null;
    for (const start of [segments[0] ?? '', null]) {
      for (const rule of this.#patterns.get(start) ?? []) {
        if (first && rule.order > first.order) break;
        const found = fits(rule) ? matchPattern(rule.pattern, segments) : null;
        if (!found) continue;
        first = rule;
        target = fillPattern(rule.to, found);
        break;
      }
    }
    return target;
  }
}

interface Rule {
  order: number;
  to: string;
  forced: boolean;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The redirects written for the sites of some projects: in their own files first, then in those of the repository. */
export function readRedirects(files: RepoFiles, projects: readonly string[]): Redirect[] {
  const folders = [...new Set([...projects, ''])];
  const rules: Redirect[] = [];
  for (const project of folders) {
    for (const folder of REDIRECT_FOLDERS) {
      const text = files.text(joinPath(project, folder, '_redirects') as string);
      if (text !== null) rules.push(...readRedirectsFile(text));
    }
    rules.push(...readNetlifyToml(files.text(joinPath(project, 'netlify.toml') as string) ?? ''));
    const configs = files.named(CONFIG).filter((path) => isConfigOf(path, project, projects));
    for (const path of configs) rules.push(...configRedirects(files.config(path)));
  }
  return rules;
}

/** Only `vercel.json` speaks for the projects below its folder as well. */
function isConfigOf(path: string, folder: string, projects: readonly string[]): boolean {
  if (folderOf(path) !== folder) return false;
  return fileNameOf(path) === 'vercel.json' || projects.some((project) => isUnder(folder, project));
}
