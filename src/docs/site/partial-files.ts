import type { SiteRoot } from '../frameworks/framework.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isPageFile, joinPath } from '../repo-path.ts';

/** Longer quoted strings name no file. */
const MAX_SPECIFIER = 300;
const QUERY = /^\?[\w=&-]*(.)/;

/**
 * Everything in a page's raw text that may name another Markdown file it shows: quoted strings and VitePress
 * includes that end in `.md` or `.mdx`. Finds more than is shown, never less; far cheaper than parsing.
 */
export function namedFiles(text: string): string[] {
  return [...new Set(scanForFiles(text))];
}

function* scanForFiles(text: string): Generator<string> {
  for (let at = text.indexOf('.md'); at >= 0; at = text.indexOf('.md', at + 3)) {
    const end = at + (text[at + 3] === 'x' ? 4 : 3);
    const before = text.slice(Math.max(0, at - MAX_SPECIFIER), at);
    // Bundlers take a query after the name: `'./_x.md?raw'`.
    const quote = text[end] === '?' ? QUERY.exec(text.slice(end, end + 100))?.[1] : text[end];
    if (quote === '"' || quote === "'") {
      const open = before.lastIndexOf(quote);
      if (open >= 0) yield before.slice(open + 1) + text.slice(at, end);
    }
    const include = /@include:\s*([^\s"'<>]*)$/.exec(before.slice(before.lastIndexOf('@include:')));
    if (include) yield include[1] + text.slice(at, end);
  }
}

/**
 * The file that a partial's specifier names, as the site's bundler would find it: relative to the file that
 * shows it, by alias, in the docs root (Mintlify: `/snippets/…`), or in a declared folder of partials.
 */
export function findPartial(files: RepoFiles, root: SiteRoot, specifier: string, from: string): string | null {
  const plain = specifier.replace(/[?#].*$/, '');
  for (const place of placesOf(root, plain, from)) {
    if (place === null) continue;
    for (const path of [place, `${place}.mdx`, `${place}.md`]) {
      if (isPageFile(path) && files.has(path)) return path;
    }
  }
  return null;
}

/** Where a specifier may lead, best first; null for a place outside the repository. */
export function placesOf(root: SiteRoot, specifier: string, from: string): (string | null)[] {
  const here = joinPath(folderOf(from), specifier);
  if (/^\.\.?\//.test(specifier)) return [here];
  const aliased = byAlias(root.aliases, specifier);
  if (aliased !== null) return [joinPath(aliased)];
  const anywhere = [root.root, root.project].map((folder) => joinPath(folder, specifier));
  if (specifier.startsWith('/')) return anywhere;
  const folders = [...root.partials, joinPath(root.root, 'snippets') as string];
  return [here, ...folders.map((folder) => joinPath(folder, specifier)), ...anywhere];
}

/** The longest alias that the specifier begins with, replaced. */
export function byAlias(aliases: Readonly<Record<string, string>>, specifier: string): string | null {
  let best: [string, string] | null = null;
  for (const [alias, target] of Object.entries(aliases)) {
    const start = alias.replace(/\*$/, '');
    const matches = start !== '' && (start.endsWith('/') ? specifier.startsWith(start) : isNamed(specifier, start));
    if (matches && start.length > (best?.[0].length ?? 0)) best = [start, target.replace(/\*$/, '')];
  }
  return best && `${best[1]}/${specifier.slice(best[0].length)}`;
}

function isNamed(specifier: string, alias: string): boolean {
  return specifier === alias || specifier.startsWith(`${alias}/`);
}
