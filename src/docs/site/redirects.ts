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

interface Rule extends Omit<Redirect, 'from'> {
  order: number;
  /** Null for a rule of one route alone. */
  pattern: RoutePattern | null;
}

/** The redirects of one site, in the order in which its host tries them. */
export class Redirects {
  /** By route, and patterns by their first segment; under null those that begin with a wildcard. */
  readonly #rules = new Map<string | null, Rule[]>();

  constructor(rules: readonly Redirect[], ownPath: (url: string) => string | null) {
    for (const [order, { from, to, forced }] of rules.slice(0, MAX_RULES).entries()) {
      const path = ownPath(from);
      if (path === null) continue;
      const route = comparableRoute(path.replace(/[?#].*$/, ''));
      const pattern = parsePattern(route);
      const isExact = pattern.parts.every((part) => 'literal' in part);
      const key = isExact ? route : pattern.first;
      const same = this.#rules.get(key) ?? [];
      this.#rules.set(key, same);
      same.push({ order, to, forced, pattern: isExact ? null : pattern });
    }
  }

  /** Where the first rule for a comparable route leads, as written with wildcards filled; null without a rule. */
  target(route: string, forcedOnly: boolean): string | null {
    const segments = route.split('/').filter(Boolean);
    let first: { order: number; target: string } | null = null;
    for (const key of [route, segments[0] ?? '', null]) {
      for (const { order, to, forced, pattern } of this.#rules.get(key) ?? []) {
        if (first && order > first.order) break;
        const found = pattern ? matchPattern(pattern, segments) : new Map();
        if (!found || (forcedOnly && !forced)) continue;
        first = { order, target: fillPattern(to, found) };
        break;
      }
    }
    return first?.target ?? null;
  }
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
