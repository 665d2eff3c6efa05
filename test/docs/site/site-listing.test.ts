import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DocsRoot } from '../../../src/docs/frameworks/framework.ts';
import { buildSite } from '../../../src/docs/site/build-site.ts';
import { neededFiles } from '../../../src/docs/site/needed-files.ts';
import type { Site } from '../../../src/docs/site/site.ts';
import { filesOf, type ListingRecord, type ListingsCache } from '../../../src/docs/site/site-listing.ts';
import type { Tree } from '../../../src/docs/tree.ts';
import { type Contents, describeLink, docsRoot, loadNeeded, repository } from '../repository.ts';

const EXAMPLES = new URL('../../examples/frameworks/', import.meta.url).pathname;

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.map((name) => [relative('', name).split(sep).join('/'), readFileSync(join(folder, name), 'utf8')]),
  );
}

/** Keeps listings as text, as a disk does. */
function keep(): ListingsCache & { kept: Map<Tree, string> } {
  const kept = new Map<Tree, string>();
  const get = (tree: Tree): ListingRecord | undefined => {
    const text = kept.get(tree);
    return text === undefined ? undefined : JSON.parse(text);
  };
  return { kept, get, set: (tree, _, record) => kept.set(tree, JSON.stringify(record)) };
}

const URLS = ['/', './', '../', 'a', '/docs', '/guide', '/reference/b', '/en/a', './setup#x', '/missing', '/a.png'];

/** All that a site says of itself. */
function everythingOf(site: Site) {
  return {
    roots: site.roots,
    unsupported: site.unsupported,
    pages: site.pages.map((page) => ({
      page,
      found: site.pageAt(page.path) === page && site.pageByRoute(page.route)?.path,
      alone: site.isAlone(page),
      behind: [...site.filesBehind(page)].sort(),
      texts: site.textsBehind(page),
      raw: site.text(page.path),
      links: [...URLS, ...site.pages.map(({ url }) => url)].map((url) => describeLink(site, page.path, url)),
      content: site.read(page).sections.map(({ label, anchor, path, line }) => [label, anchor, path, line]),
    })),
  };
}

const VARIED: Contents = {
  'docs/a.md': '---\ntitle: Given\ndraft: true\n---\n# Heading',
  'docs/b.mdx': "import Part from './_part.mdx'\n\n# B\n\n<Part />",
  'docs/c.mdx': "import { Part } from '../parts'\n\n<Part />",
  'docs/_part.mdx': 'A part',
  'parts/index.ts': "export { default as Part } from '../docs/_part.mdx';",
  'docs/index.md': 'x',
  'docs/UPPER/Case Name.md': '## Only this',
  'docs/bytes.md': { unreadable: 'binary' },
  'docs/link.md': { mode: '120000' },
  'docs/ja/a.md': '# 設定',
  'docs/api/index.md': '# API',
  'vercel.json': '{ "redirects": [{ "source": "/old", "destination": "/b" }] }',
};
const ROOTS: DocsRoot[] = [
  docsRoot({ locale: 'en', exclude: ['_*'], site: 'https://docs.example.com/base' }),
  docsRoot({ root: 'docs/api', route: '/reference', generated: ['/reference/**'] }),
];

const SITES: [string, Contents, DocsRoot[]][] = [
  ...readdirSync(EXAMPLES).map((name): [string, Contents, DocsRoot[]] => [
    name,
    filesIn(join(EXAMPLES, name, 'site')),
    [],
  ]),
  ['a varied one', VARIED, ROOTS],
  ['an empty one', {}, []],
];

describe.each(SITES)('the listing of %s', (_, contents, declared) => {
  const { tree, blobs } = repository(contents);
  const loaded = loadNeeded(tree, blobs, declared).blobs;
  const built = () => buildSite(tree, loaded, declared);

  test('gives the same site again', () => {
    const listings = keep();
    const first = everythingOf(buildSite(tree, loaded, declared, { listings }));
    expect(listings.kept.size).toBe(1);
    expect(everythingOf(buildSite(tree, loaded, declared, { listings }))).toEqual(everythingOf(built()));
    expect(first).toEqual(everythingOf(built()));
  });

  test('names every file that the site takes', () => {
    const listings = keep();
    buildSite(tree, loaded, declared, { listings });
    const record = listings.get(tree, declared) as ListingRecord;
    const rounds = loadNeeded(tree, blobs, declared).rounds.flat();
    expect([...new Set(filesOf(record))].sort()).toEqual([...new Set(rounds)].sort());
    expect(neededFiles(tree, new Map(), declared, listings)).toEqual([...new Set(rounds)].sort());
    expect(neededFiles(tree, loaded, declared, listings)).toEqual([]);
  });

  test('can be edited as one that was built can: titles, texts, what is hidden', () => {
    const listings = keep();
    buildSite(tree, loaded, declared, { listings });
    const site = buildSite(tree, loaded, declared, { listings });
    for (const { path } of built().pages) {
      const text = built().text(path) as string;
      for (const now of [`${text}\n\n## More\n`, `---\ntitle: Another\ndraft: true\n---\n\n${text}`]) {
        const edit = { tree: new Map(tree).set(path, { blob: now, mode: '100644' }), blobs: new Map(blobs) };
        edit.blobs.set(now, { text: now });
        const edited = site.edited(edit.tree, edit.blobs, [path]);
        if (edited) expect(everythingOf(edited)).toEqual(everythingOf(buildSite(edit.tree, edit.blobs, declared)));
      }
    }
  });
});

test('a page with another title is edited in place, one at another route is not', () => {
  const { tree, blobs } = repository({ 'docs/a.md': '---\ntitle: One\n---\n', 'docs/b.md': 'B' });
  const declared = [docsRoot({ framework: 'docusaurus' })];
  const site = buildSite(tree, loadNeeded(tree, blobs, declared).blobs, declared);
  const edit = (text: string) =>
    site.edited(new Map(tree).set('docs/a.md', { blob: 'now', mode: '100644' }), new Map(blobs).set('now', { text }), [
      'docs/a.md',
    ]);
  expect(edit('---\ntitle: Two\n---\n')?.pageAt('docs/a.md')?.title).toBe('Two');
  expect(edit('---\ntitle: One\nslug: /elsewhere\n---\n')).toBeNull();
  expect(edit("---\ntitle: One\n---\nimport B from './b.md'\n")).toBeNull();
});
