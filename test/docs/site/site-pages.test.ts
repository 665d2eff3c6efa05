import { describe, expect, test } from 'vitest';
import type { Site } from '../../../src/docs/site/site.ts';
import { describeLink, docsRoot, siteOf } from '../repository.ts';

const routes = (site: Site) => site.pages.map(({ name, route }) => `${name} ${route}`);

describe('pages of a site', () => {
  test('a file that cannot be a page is named with its reason', () => {
    const site = siteOf(
      {
        'docs/a.md': 'x',
        'docs/bytes.md': { unreadable: 'binary' },
        'docs/pointer.md': { unreadable: 'Git LFS pointer' },
        'docs/link.md': { mode: '120000' },
        'docs/link.png': { mode: '120000' },
        'docs/theme': { mode: '160000' },
        'docs/node_modules/link.md': { mode: '120000' },
        'docs/notes.rst': 'x',
        'other/link.md': { mode: '120000' },
      },
      [docsRoot({ include: ['**/*.{md,mdx,rst}'], exclude: ['x.md'] })],
    );
    expect(site.pages.map(({ path }) => path)).toEqual(['docs/a.md']);
    expect(site.unsupported).toEqual([
      { path: 'docs/bytes.md', reason: 'binary' },
      { path: 'docs/link.md', reason: 'a symbolic link' },
      { path: 'docs/notes.rst', reason: 'neither Markdown nor MDX' },
      { path: 'docs/pointer.md', reason: 'Git LFS pointer' },
      { path: 'docs/theme', reason: 'a submodule' },
    ]);
  });

  test('a file belongs to the innermost docs root and to the first of two equal ones', () => {
    const site = siteOf({ 'docs/a.md': 'x', 'docs/api/b.md': 'x' }, [
      docsRoot({ root: 'docs' }),
      docsRoot({ root: 'docs/api', route: '/reference' }),
      docsRoot({ root: 'docs', route: '/again' }),
    ]);
    expect(routes(site)).toEqual(['a /a', 'b /reference/b']);
    expect(site.pages.map(({ root }) => root)).toEqual([0, 1]);
    expect(site.pageAt('docs/api/b.md')?.name).toBe('b');
    expect(site.pageAt('docs/c.md')).toBeUndefined();
  });

  test('titles come from frontmatter, the first heading or the name', () => {
    const site = siteOf(
      {
        'docs/a.md': '---\ntitle: Given\n---\n# Heading',
        'docs/b.md': '\uFEFF# The `first` [one](x.md), _really_ \\* {#id} ##\r\n# Second',
        'docs/c.md': '```\n# comment\n```\n~~~~\n# x\n~~~\n# y\n~~~~\nUnder\n===\n',
        'docs/d.md': '## Only this',
        'docs/e.md': '===\n# ![](x.png)\n# snake_case_name [#custom]',
      },
      [docsRoot()],
    );
    expect(site.pages.map(({ title }) => title)).toEqual([
      'Given',
      'The first one, really *',
      'Under',
      'd',
      'snake_case_name',
    ]);
  });

  test('an index page comes before a README at the same route', () => {
    const both = { 'docs/README.md': 'x', 'docs/index.md': 'x', 'docs/b/index.md': 'x', 'docs/b/readme.md': 'x' };
    const site = siteOf(both, [docsRoot()]);
    expect(site.pageByRoute('/')?.path).toBe('docs/index.md');
    expect(site.pageByRoute('/b/')?.path).toBe('docs/b/index.md');
    expect(site.pageByRoute('/c')).toBeUndefined();
  });

  test('permalinks and slugs of plain sites are whole routes', () => {
    const site = siteOf(
      {
        'docs/a.md': '---\npermalink: /x/y/\n---',
        'docs/b.md': '---\nslug: /z%20z\n---',
        'docs/c.md': '---\nslug: c2\n---',
      },
      [docsRoot({ route: '/docs' })],
    );
    expect(routes(site)).toEqual(['a /x/y', 'b /z z', 'c /docs/c']);
    expect(site.pages[1]?.url).toBe('/z%20z');
  });

  test('partials are no pages: declared folders, folders of that name, underscores', () => {
    const site = siteOf({ 'docs/a.md': 'x', 'docs/partials/b.md': 'x', 'docs/shown/c.md': 'x', 'docs/_d.md': 'x' }, [
      docsRoot({ partials: ['docs/shown'], framework: 'starlight' }),
    ]);
    expect(routes(site)).toEqual(['a /a']);
  });

  test('topics named like build folders are read among pages, but not in a whole repository', () => {
    const pages = { 'docs/build/a.md': 'x', 'docs/node_modules/b.md': 'x', 'docs/.drafts/c.md': 'x' };
    expect(routes(siteOf(pages, [docsRoot()]))).toEqual(['build/a /build/a']);
    expect(routes(siteOf({ 'build/a.md': 'x', 'b.md': 'x' }))).toEqual(['b /b']);
  });

  test('a missing blob is an error of the caller', async () => {
    const { buildSite } = await import('../../../src/docs/site/build-site.ts');
    const tree = new Map([['docs/a.md', { blob: '1', mode: '100644' }]]);
    expect(() => buildSite(tree, new Map(), [docsRoot()])).toThrow('The blob of docs/a.md is not loaded');
  });

  test('a page is parsed once, and equal blobs share their facts', () => {
    const parsed: string[] = [];
    const site = siteOf({ 'docs/a.md': '# A', 'docs/b.mdx': '# B' }, [docsRoot()], {
      parse: (text, syntax) => {
        parsed.push(`${syntax} ${text}`);
        return {
          syntax,
          frontmatter: site.pages[0]!.frontmatter,
          problems: [],
          imports: {},
          named: {},
          sections: [],
          blocks: [],
          ids: [],
          unknownComponents: [],
        };
      },
    });
    expect(parsed).toEqual([]);
    const [a, b] = site.pages as [(typeof site.pages)[0], (typeof site.pages)[0]];
    expect(site.read(a)).toBe(site.read(a));
    site.read(b);
    expect(parsed).toEqual(['md # A', 'mdx # B']);
  });
});

describe('locales', () => {
  test('Starlight: the root locale is judged, others are only served', () => {
    const site = siteOf({
      'astro.config.mjs': "starlight('@astrojs/starlight'); locales = { root: {}, 'pt-br': {} }",
      'src/content/docs/a.md': 'x',
      'src/content/docs/pt-br/a.md': 'x',
    });
    expect(routes(site)).toEqual(['a /a']);
    expect(describeLink(site, 'src/content/docs/a.md', '/pt-br/a/')).toBe('absent /pt-br/a');
    expect(describeLink(site, 'src/content/docs/a.md', '/pt-br/b/')).toBe('absent /pt-br/b expected');
  });

  test('Starlight: a default locale with a folder keeps it in the route, links may leave it out', () => {
    const site = siteOf({
      'astro.config.mjs': "starlight('@astrojs/starlight'); defaultLocale = 'en'; locales = { en: {}, de: {} }",
      'src/content/docs/en/index.md': 'x',
      'src/content/docs/en/a.md': 'x',
      'src/content/docs/de/a.md': 'x',
      'src/content/docs/404.md': 'x',
    });
    expect(routes(site)).toEqual(['404 /404', 'a /en/a', 'index /en']);
    expect(describeLink(site, 'src/content/docs/en/a.md', '/a')).toBe('page src/content/docs/en/a.md');
    expect(describeLink(site, 'src/content/docs/en/a.md', '/')).toBe('page src/content/docs/en/index.md');
  });

  test('a declared locale tells its neighbours, and plain sites serve it without its folder', () => {
    const contents = { 'docs/en/a.md': 'x', 'docs/ja/a.md': 'x', 'docs/guides/b.md': 'x' };
    const site = siteOf(contents, [docsRoot({ locale: 'en' })]);
    expect(routes(site)).toEqual(['a /a', 'guides/b /guides/b']);
    expect(describeLink(site, 'docs/en/a.md', '/ja/a')).toBe('absent /ja/a');
    expect(routes(siteOf(contents, [docsRoot({ locale: 'fr' })]))).toHaveLength(3);
  });

  test('Fumadocs and Nextra keep locales at the end of file names', () => {
    const fumadocs = siteOf({
      'source.config.ts': '',
      'lib/i18n.ts': "i18n = { defaultLanguage: 'en', languages: ['en', 'cn'] }",
      'content/docs/a.mdx': 'x',
      'content/docs/b.en.mdx': 'x',
      'content/docs/b.cn.mdx': 'x',
      'content/docs/v1.2.mdx': 'x',
    });
    expect(routes(fumadocs)).toEqual(['a /docs/a', 'b /docs/b', 'v1.2 /docs/v1.2']);
    expect(describeLink(fumadocs, 'content/docs/a.mdx', '/docs/cn/b')).toBe('absent /docs/cn/b');
    const nextra = siteOf({
      'package.json': '{"dependencies": {"nextra": "3"}}',
      'next.config.mjs': "i18n = { locales: ['en', 'de'], defaultLocale: 'en' }",
      'pages/index.en.mdx': 'x',
      'pages/index.de.mdx': 'x',
    });
    expect(routes(nextra)).toEqual(['index /']);
  });

  test('Mintlify: languages of the navigation that have a folder', () => {
    const site = siteOf({
      'docs.json':
        '{"navigation": {"languages": [{"language": "es"}, {"language": "en", "default": true}, {"language": "fr"}, {}]}}',
      'en/a.mdx': 'x',
      'es/a.mdx': 'x',
      'b.mdx': 'x',
    });
    expect(routes(site)).toEqual(['b /b', 'a /en/a']);
  });

  test('VitePress: locale folders beside the root', () => {
    const config =
      'export default { locales: { root: {}, fr: {} }, cleanUrls: true, rewrites: { x: 1 }, srcExclude: [1] }';
    const site = siteOf({ '.vitepress/config.ts': config, 'a.md': 'x', 'fr/a.md': 'x', '.vitepress/b.md': 'x' });
    expect(site.pages.map(({ url }) => url)).toEqual(['/a']);
  });

  test('settings of another type are as none', () => {
    const odd = {
      'next.config.js': "i18n = { locales: [1, 'en'] }",
      'package.json': '{"dependencies": {"nextra": "4", "fumadocs-core": "1"}}',
      'i18n.ts': 'languages = [1]',
      'source.config.ts': 'dir = 1',
      'content/docs/a.mdx': 'x',
      'content/b.mdx': 'x',
      'docs.json': '{"navigation": {"languages": [1, {"language": "de"}]}}',
    };
    expect(siteOf(odd).pages.map(({ name, route }) => `${name} ${route}`)).toEqual(['b /b', 'a /docs/a']);
  });
});

describe('versions of Docusaurus', () => {
  const contents = {
    'docusaurus.config.js': "docs = { versions: { '1.0': { path: 'old' } } }",
    'versions.json': '["2.0", "1.0"]',
    'docs/a.md': 'x',
    'docs/b.md': 'x',
    'versioned_docs/version-2.0/a.md': 'x',
    'versioned_docs/version-2.0/c.md': 'x',
    'versioned_docs/version-1.0/a.md': 'x',
  };

  test('the current one alone is judged, and links without version mean it', () => {
    const site = siteOf(contents);
    expect(routes(site)).toEqual(['a /docs/next/a', 'b /docs/next/b']);
    expect(describeLink(site, 'docs/a.md', '/docs/b')).toBe('page docs/b.md');
    expect(describeLink(site, 'docs/a.md', '/docs/c')).toBe('absent /docs/c');
    expect(describeLink(site, 'docs/a.md', '/docs/old/a')).toBe('absent /docs/old/a');
    expect(describeLink(site, 'docs/a.md', '/docs/old/b')).toBe('absent /docs/old/b expected');
  });

  test('those listed are judged', () => {
    const site = siteOf(contents, [docsRoot({ versions: ['2.0', 'current'] })]);
    expect(routes(site)).toEqual(['a /docs/next/a', 'b /docs/next/b', 'a /docs/a', 'c /docs/c']);
    expect(routes(siteOf(contents, [docsRoot({ versions: ['1.0'] })]))).toEqual(['a /docs/old/a']);
  });

  test('a last version or none keeps the current docs without version in the route', () => {
    const last = { ...contents, 'docusaurus.config.js': "docs = { id: 'default', lastVersion: 'current' }" };
    expect(routes(siteOf(last))).toEqual(['a /docs/a', 'b /docs/b']);
    const instance = { ...contents, 'docusaurus.config.js': "docs = { id: 'api' }" };
    expect(routes(siteOf(instance))).toEqual(['a /docs/a', 'b /docs/b']);
  });

  test('number prefixes are dropped from names that are neither dates nor versions', () => {
    const pages = {
      'docs/01-a/02.b.md': 'x',
      'docs/2024-01-02-c.md': 'x',
      'docs/7.0-d.md': 'x',
      'docs/3 - e.md': 'x',
      'docs/01-f/01-f.md': 'x',
    };
    const site = siteOf({ 'docusaurus.config.js': '', ...pages });
    expect(site.pages.map(({ route }) => route)).toEqual([
      '/docs/a/b',
      '/docs/f',
      '/docs/2024-01-02-c',
      '/docs/e',
      '/docs/7.0-d',
    ]);
    const kept = siteOf({ 'docusaurus.config.js': 'docs = { numberPrefixParser: false }', 'docs/01-a.md': 'x' });
    expect(routes(kept)).toEqual(['01-a /docs/01-a']);
  });
});

describe('several sites in one repository', () => {
  const contents = {
    'one/mint.json': '{"redirects": [{"source": "/x", "destination": "/only-one"}]}',
    'one/index.mdx': 'x',
    'one/only-one.mdx': 'x',
    'two/mint.json': '{}',
    'two/index.mdx': 'x',
    'two/only-two.mdx': 'x',
    'vercel.json': '{"redirects": [{"source": "/y", "destination": "/index"}]}',
    'mint.json/README.txt': '',
  };

  test('a link leads within its own site first, then to the others', () => {
    const site = siteOf(contents);
    expect(describeLink(site, 'two/only-two.mdx', '/')).toBe('page two/index.mdx');
    expect(describeLink(site, 'one/only-one.mdx', '/')).toBe('page one/index.mdx');
    expect(describeLink(site, 'two/index.mdx', '/only-one')).toBe('page one/only-one.mdx');
    expect(describeLink(site, 'two/index.mdx', '/x')).toBe('page one/only-one.mdx');
    expect(describeLink(site, 'two/index.mdx', '/y')).toBe('page two/index.mdx');
    expect(site.pageByRoute('/only-two')?.path).toBe('two/only-two.mdx');
  });

  test('docs roots of one origin are one site', () => {
    const site = siteOf({ 'a/x.md': 'x', 'b/y.md': 'x', 'c/z.md': 'x' }, [
      docsRoot({ root: 'a', route: '/a', site: 'https://x.example' }),
      docsRoot({ root: 'b', route: '/b', site: 'https://x.example' }),
      docsRoot({ root: 'c', route: '/c' }),
    ]);
    expect(describeLink(site, 'a/x.md', '/b/gone')).toBe('absent /b/gone expected');
    expect(describeLink(site, 'a/x.md', 'https://x.example/c/z')).toBe('page c/z.md');
  });
});
