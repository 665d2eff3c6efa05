import { describe, expect, test } from 'vitest';
import { RepoFiles } from '../../../src/docs/repo-files.ts';
import { pathAliases } from '../../../src/docs/site/aliases.ts';
import { type Contents, repository, siteOf } from '../repository.ts';

function aliasesOf(contents: Contents, project = ''): Record<string, string> {
  const { tree, blobs } = repository(contents);
  return pathAliases(new RepoFiles(tree, blobs), project);
}

describe('path aliases', () => {
  test.each<[string, Contents, Record<string, string>]>([
    ['nothing', {}, {}],
    [
      "tsconfig's paths, from its base URL",
      {
        'tsconfig.json':
          '{ "compilerOptions": { "baseUrl": "./src", "paths": { "@shown/*": ["shown/*", "other/*"] } } }',
      },
      { '@shown/': 'src/shown' },
    ],
    [
      'the paths of a config that is extended',
      {
        'tsconfig.json': '{ "extends": "./config/base" }',
        'config/base.json': '{ "extends": "../deep.json", "compilerOptions": {} }',
        'deep.json': '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
      },
      { '~/': 'src' },
    ],
    ['a package that is extended', { 'tsconfig.json': '{ "extends": "astro/tsconfigs/strict" }' }, {}],
    ['configs that extend each other', { 'tsconfig.json': '{ "extends": "./tsconfig.json" }' }, {}],
    [
      'Vite, in the config of Astro',
      {
        'astro.config.mjs': `export default defineConfig({
          vite: { resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)), '~/': '/src/' } } } })`,
      },
      { '@': 'src', '~/': 'src' },
    ],
    [
      'a list of aliases, those by pattern aside',
      {
        'vite.config.ts': `export default { resolve: { alias: [
          { find: '@parts', replacement: path.resolve(__dirname, 'src/parts') }, { find: /^x/, replacement: 'y' }] } }`,
      },
      { '@parts': 'src/parts' },
    ],
    [
      'VitePress',
      {
        '.vitepress/config.mts': `export default { vite: { resolve: { alias: {
          '@shared': fileURLToPath(new URL('../shared', import.meta.url)), '@top': '/top' } } } }`,
      },
      { '@shared': 'shared', '@top': 'top' },
    ],
    [
      'webpack in Docusaurus, under the compiler’s own',
      {
        'docusaurus.config.js': `module.exports = { plugins: [() => ({
          configureWebpack() { return { resolve: { alias: { '@a': path.join(__dirname, 'a'), '@b/': './b/' } } } } })] }`,
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@b/*": ["./typed/*"] } } }',
      },
      { '@a': 'a', '@b/': 'typed' },
    ],
    [
      'only the config of its own project',
      { 'other/vite.config.ts': "export default { resolve: { alias: { '@': './x' } } }" },
      {},
    ],
  ])('%s', (_, contents, expected) => {
    expect(aliasesOf(contents)).toEqual(expected);
  });

  test('count from the folder of the project', () => {
    const config = "export default { vite: { resolve: { alias: { '@shown': './src/shown', '@up': '../../..' } } } }";
    expect(aliasesOf({ 'apps/docs/astro.config.mjs': config }, 'apps/docs')).toEqual({
      '@shown': 'apps/docs/src/shown',
    });
  });

  test('lead to what a page shows', () => {
    const site = siteOf({
      'package.json': '{ "dependencies": { "@astrojs/starlight": "1" } }',
      'astro.config.mjs': "export default { vite: { resolve: { alias: { '@shown': path.resolve('./src/shown') } } } }",
      'src/content/docs/lamp.mdx': "---\ntitle: Lamp\n---\nimport Wire from '@shown/wire.mdx';\n\n<Wire />\n",
      'src/shown/wire.mdx': '## The wire is loose\n\nTie it.\n',
    });
    expect(site.read(site.pages[0]!).sections.map(({ label }) => label)).toContain('The wire is loose');
  });
});
