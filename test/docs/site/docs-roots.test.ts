import { describe, expect, test } from 'vitest';
import type { DocsRoot } from '../../../src/docs/frameworks/framework.ts';
import { RepoFiles } from '../../../src/docs/repo-files.ts';
import { basePath, rootsOf } from '../../../src/docs/site/docs-roots.ts';
import { type Contents, docsRoot, repository } from '../repository.ts';

function roots(contents: Contents, declared: DocsRoot[] = []) {
  const { tree, blobs } = repository(contents);
  return rootsOf(new RepoFiles(tree, blobs), declared);
}

const brief = (contents: Contents, declared: DocsRoot[] = []) =>
  roots(contents, declared).map(({ root, route, framework }) => `${framework} ${root} ${route}`);

describe('docs roots found from config files', () => {
  test.each<[string, Contents, string[]]>([
    ['nothing at all', {}, ['plain  /']],
    ['loose pages', { 'a.md': '' }, ['plain  /']],
    ['a docs folder', { 'docs/a.md': '', 'README.md': '' }, ['plain docs /']],
    ['a docs folder without pages', { 'docs/a.txt': '', 'README.md': '' }, ['plain  /']],
    [
      'Starlight in a sub-folder with its own source folder',
      {
        'apps/docs/astro.config.ts': "export default { srcDir: './source' }",
        'apps/docs/package.json': '{"dependencies": {"@astrojs/starlight": "1"}}',
        'apps/docs/source/content/docs/a.mdx': '',
      },
      ['starlight apps/docs/source/content/docs /'],
    ],
    [
      'plain Astro with a collection and routed pages',
      {
        'astro.config.mjs': '',
        'src/content/docs/a.md': '',
        'src/pages/b.md': '',
        'src/pages/manual/[...slug].astro': '',
      },
      ['starlight src/content/docs /manual', 'plain src/pages /'],
    ],
    [
      'plain Astro with a collection alone',
      { 'astro.config.mjs': '', 'src/content/docs/a.md': '' },
      ['starlight src/content/docs /docs'],
    ],
    [
      'Docusaurus by its defaults',
      { 'docusaurus.config.js': 'module.exports = {}', 'docs/a.md': '' },
      ['docusaurus docs /docs'],
    ],
    [
      'Docusaurus with several docs plugins',
      {
        'docusaurus.config.js': `module.exports = {
          presets: [['classic', { docs: { path: 'guides', routeBasePath: '/' } }]],
          plugins: ['x', ['@docusaurus/plugin-content-docs', { id: 'api', path: 'api', routeBasePath: 'reference' }], ['content-docs']],
        }`,
        'guides/a.md': '',
        'api/a.md': '',
        'docs/a.md': '',
      },
      ['docusaurus guides /', 'docusaurus api /reference', 'docusaurus docs /docs'],
    ],
    [
      'Docusaurus without docs',
      { 'docusaurus.config.js': "presets = [['classic', { docs: false }]]", 'docs/a.md': '' },
      ['plain docs /'],
    ],
    [
      'old and new Mintlify beside another docs.json',
      {
        'a/mint.json': '{}',
        'a/x.mdx': '',
        'b/docs.json': '{"navigation": {}}',
        'b/x.mdx': '',
        'c/docs.json': '{}',
        'c/x.mdx': '',
      },
      ['mintlify a /', 'mintlify b /'],
    ],
    [
      'Nextra with the pages router',
      { 'package.json': '{"dependencies": {"nextra": "2"}}', 'src/pages/a.mdx': '' },
      ['nextra src/pages /'],
    ],
    [
      'Nextra with the app router',
      { 'package.json': '{"dependencies": {"nextra": "4"}}', 'app/a/page.mdx': '', 'app/a/other.mdx': '' },
      ['nextra app /'],
    ],
    [
      'Nextra content behind a parameter and a group',
      {
        'package.json': '{"dependencies": {"nextra": "4"}}',
        'src/content/a.mdx': '',
        'src/app/[lang]/(x)/help/[[...mdxPath]]/page.tsx': '',
      },
      ['nextra src/content /help'],
    ],
    [
      'Fumadocs by its dependency',
      { 'package.json': '{"dependencies": {"fumadocs-core": "15"}}', 'content/docs/a.mdx': '' },
      ['fumadocs content/docs /docs'],
    ],
    [
      'Fumadocs with two collections and an app inside',
      {
        'source.config.ts': "a = defineDocs({ dir: 'content/a' }); b = defineDocs({ dir: 'content/b' })",
        'lib/source.ts': "loader({ baseUrl: '/' }); loader({ baseUrl: '/b' })",
        'content/a/x.mdx': '',
        'content/b/x.mdx': '',
        'inner/source.config.ts': '',
        'inner/lib/source.ts': "loader({ baseUrl: '/inner' })",
        'inner/content/docs/x.mdx': '',
      },
      ['fumadocs content/a /', 'fumadocs content/b /b', 'fumadocs inner/content/docs /inner'],
    ],
    [
      'VitePress at the top and below',
      {
        '.vitepress/config/index.ts': "srcDir = './pages'",
        'pages/a.md': '',
        'x/.vitepress/config.js': '',
        'x/a.md': '',
      },
      ['vitepress pages /', 'vitepress x /'],
    ],
    [
      'a monorepo of several sites',
      {
        'website/docusaurus.config.ts': '',
        'website/docs/a.md': '',
        'handbook/mint.json': '{}',
        'handbook/a.mdx': '',
        'node_modules/x/docusaurus.config.js': '',
        'node_modules/x/docs/a.md': '',
      },
      ['docusaurus website/docs /docs', 'mintlify handbook /'],
    ],
    ['a config file without pages', { 'docusaurus.config.js': '', 'manual/a.md': '' }, ['plain  /']],
    [
      'paths that leave the repository',
      {
        'docusaurus.config.js': "docs = { path: '../docs' }",
        'astro.config.js': "srcDir = '../../src'; x('@astrojs/starlight')",
        '.vitepress/config.ts': "srcDir = '../pages'",
        'source.config.ts': "defineDocs({ dir: '../content' })",
        'docs/a.md': '',
      },
      ['docusaurus docs /docs', 'vitepress  /'],
    ],
    ['folders that are installed or built', { 'dist/docs/a.md': '', '.git/a.md': '' }, ['plain  /']],
  ])('%s', (_name, contents, expected) => {
    expect(brief(contents)).toEqual(expected);
  });

  test('what a file that is not loaded would say is left open', () => {
    const { tree } = repository({ 'docusaurus.config.js': "docs = { path: 'x' }", 'docs/a.md': '' });
    expect(rootsOf(new RepoFiles(tree, new Map()), [])).toMatchObject([{ root: 'docs', route: '/docs' }]);
  });

  test('origin, base path, aliases and generated routes come from the config', () => {
    const [astro] = roots({
      'astro.config.mjs': `import starlight from '@astrojs/starlight';
        import openapi, { schema } from 'starlight-openapi';
        export default { site: 'https://a.example/', base: 'manual', plugins: [openapi([{ base: 'api/v1' }]), blog()] };`,
      'package.json': '{"dependencies": {"starlight-blog": "1"}}',
      'jsconfig.json': '{"compilerOptions": {"paths": {"~/*": ["./src/*"], "@/*": [], "#x": ["../../x"]}}}',
      'src/content/docs/a.md': '',
    });
    expect(astro).toMatchObject({ site: 'https://a.example/manual', aliases: { '~/': 'src' } });
    expect(astro?.generated).toEqual(['/api/v1/**']);
    const plugged = roots({
      'astro.config.mjs':
        "x('@astrojs/starlight', { plugins: [openapi('starlight-openapi', { base: 'api' })] }); site = 'https://b.example'",
      'src/content/docs/a.md': '',
    });
    expect(plugged[0]).toMatchObject({ site: 'https://b.example', generated: ['/api/**'] });
    const blog = roots({
      'astro.config.mjs': "x = ['@astrojs/starlight', 'starlight-blog']; site = 'ftp://x'",
      'src/content/docs/a.md': '',
    });
    expect(blog[0]).toMatchObject({ generated: ['/blog/**'], site: null });
    const api = roots({ 'docs.json': '{"navigation": {"openapi": "x.json"}}', 'a.mdx': '' });
    expect(api[0]?.generated).toEqual(['/api-reference/**']);
  });

  test('base paths', () => {
    expect(basePath('https://x.example/a/b/')).toBe('/a/b');
    expect(basePath('https://x.example')).toBe('');
    expect(basePath('nonsense')).toBe('');
    expect(basePath(null)).toBe('');
  });
});

describe('declared docs roots', () => {
  const weir: Contents = {
    'web/docusaurus.config.js': "url = 'https://weir.example'; baseUrl = '/m/'; docs = { routeBasePath: 'guide' }",
    'web/versions.json': '["2.0"]',
    'web/docs/a.md': '',
    'web/versioned_docs/version-2.0/a.md': '',
    'web/other/a.md': '',
    'loose/package.json': '{}',
    'loose/pages/a.md': '',
  };

  test('are completed from the config file of their folder', () => {
    const [root] = roots(weir, [docsRoot({ root: './web/docs/', aliases: { '~/': 'web/x' }, generated: ['/z'] })]);
    expect(root).toMatchObject({ root: 'web/docs', route: '/guide', framework: 'docusaurus', project: 'web' });
    expect(root).toMatchObject({ site: 'https://weir.example/m', aliases: { '~/': 'web/x', '@site/': 'web/' } });
    expect(root?.generated).toContain('/z');
    expect(root?.folders.map(({ route }) => route)).toEqual(['/guide/next', '/guide']);
  });

  test('keep what they declare', () => {
    const declared = docsRoot({
      root: 'web/docs',
      route: '/handbook/',
      include: ['*.md'],
      exclude: ['b.md'],
      site: 'https://else.example',
      locale: 'fr',
      versions: ['2.0'],
      partials: ['./web/shown/'],
      generated: ['/x/**'],
    });
    const [root] = roots(weir, [declared]);
    expect(root).toMatchObject({
      ...declared,
      route: '/handbook',
      partials: ['web/shown'],
      framework: 'docusaurus',
      aliases: { '@site/': 'web/' },
      generated: ['/guide/category/**', '/guide/tags/**', '/x/**'],
    });
    expect(root?.folders.map(({ route }) => route)).toEqual(['/handbook/next', '/handbook']);
  });

  test('of another folder of the project share its site but not its route', () => {
    const [root] = roots(weir, [docsRoot({ root: 'web/other' })]);
    expect(root).toMatchObject({ route: '/', framework: 'docusaurus', site: 'https://weir.example/m', project: 'web' });
    expect(root?.folders).toEqual([{ path: 'web/other', route: '/', version: null }]);
  });

  test('outside any project are plain or what they say', () => {
    expect(roots(weir, [docsRoot({ root: 'loose/pages' })])[0]).toMatchObject({ framework: 'plain', project: 'loose' });
    expect(roots(weir, [docsRoot({ root: 'web/docs', framework: 'nextra' })])[0]).toMatchObject({
      framework: 'nextra',
      route: '/',
      project: '',
    });
    expect(roots({}, [docsRoot({ root: '../up' })])[0]?.root).toBe('../up');
  });

  test('a route that repeats the base path of the site is taken without it', () => {
    const [root] = roots({ 'docs/a.md': '' }, [docsRoot({ route: '/base/docs', site: 'https://x.example/base' })]);
    expect(root?.route).toBe('/docs');
  });

  test('a route at the root of the site moves found folders below it', () => {
    const contents = { ...weir, 'web/docusaurus.config.js': "docs = { routeBasePath: '/' }" };
    const [root] = roots(contents, [docsRoot({ root: 'web/docs', route: '/x' })]);
    expect(root?.folders.map(({ route }) => route)).toEqual(['/x/next', '/x']);
  });
});
