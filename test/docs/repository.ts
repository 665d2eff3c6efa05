import type { DocsRoot } from '../../src/docs/frameworks/framework.ts';
import { type BuildOptions, buildSite } from '../../src/docs/site/build-site.ts';
import { neededFiles } from '../../src/docs/site/needed-files.ts';
import type { Site } from '../../src/docs/site/site.ts';
import type { Blobs, BlobText, Tree, TreeFile } from '../../src/docs/tree.ts';

/** The smallest declared docs root; a test states only what differs. */
export function docsRoot(root: Partial<DocsRoot> = {}): DocsRoot {
  return {
    root: 'docs',
    route: '/',
    include: [],
    exclude: [],
    partials: [],
    aliases: {},
    framework: null,
    site: null,
    locale: null,
    versions: [],
    generated: [],
    ...root,
  };
}

export type Contents = Record<string, string | BlobText | { mode: string }>;

/** A tree whose blob ids are the paths themselves, and the blobs of all its files. */
export function repository(contents: Contents): { tree: Map<string, TreeFile>; blobs: Map<string, BlobText> } {
  const tree = new Map<string, TreeFile>();
  const blobs = new Map<string, BlobText>();
  for (const [path, content] of Object.entries(contents)) {
    const mode = typeof content === 'object' && 'mode' in content ? content.mode : '100644';
    tree.set(path, { blob: path, mode });
    if (typeof content === 'string') blobs.set(path, { text: content });
    else if (!('mode' in content)) blobs.set(path, content);
  }
  return { tree, blobs };
}

/** Loads what is asked for, round by round, as a caller does. */
export function loadNeeded(tree: Tree, all: Blobs, declared: DocsRoot[]): { blobs: Blobs; rounds: string[][] } {
  const blobs = new Map<string, BlobText>();
  const rounds: string[][] = [];
  for (
    let needed = neededFiles(tree, blobs, declared);
    needed.length > 0;
    needed = neededFiles(tree, blobs, declared)
  ) {
    rounds.push(needed);
    for (const path of needed) {
      const { blob } = tree.get(path) as TreeFile;
      blobs.set(blob, all.get(blob) as BlobText);
    }
  }
  return { blobs, rounds };
}

export function siteOf(contents: Contents, declared: DocsRoot[] = [], options: BuildOptions = {}): Site {
  const { tree, blobs } = repository(contents);
  return buildSite(tree, loadNeeded(tree, blobs, declared).blobs, declared, options);
}

/** A target in one line: `page path#anchor`, `absent route#anchor expected`, `outside url`. */
export function describeLink(site: Site, from: string, url: string): string {
  const page = site.pageAt(from);
  if (!page) throw new Error(`${from} is no page`);
  const target = site.resolve(url, page);
  if (target.kind === 'outside') return `outside ${target.url}`;
  const anchor = target.anchor === null ? '' : `#${target.anchor}`;
  if (target.kind === 'page') return `page ${target.page.path}${anchor}`;
  return `absent ${target.route}${anchor}${target.expected ? ' expected' : ''}`;
}
