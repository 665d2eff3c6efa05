import { describe, expect, test } from 'vitest';
import { RepoFiles } from '../../../src/docs/repo-files.ts';
import { discoverPreview, previewFiles } from '../../../src/docs/site/discover-preview.ts';
import { rootsOf } from '../../../src/docs/site/docs-roots.ts';
import { type Contents, repository } from '../repository.ts';

function preview(contents: Contents) {
  const { tree, blobs } = repository({ 'docs/a.md': '', ...contents });
  return discoverPreview(tree, blobs, rootsOf(new RepoFiles(tree, blobs), []));
}

const lantern = 'https://deploy-preview-{number}--lantern.netlify.app';

describe('Netlify', () => {
  test.each<[string, Contents, string | null, string]>([
    ['a badge', { 'README.md': '[![x](y)](https://app.netlify.com/sites/lantern/deploys)' }, lantern, 'README.md'],
    ['a badge of today', { 'README.md': 'https://app.netlify.com/projects/lantern/deploys' }, lantern, 'README.md'],
    [
      'a redirect of the host name',
      { _redirects: 'https://lantern.netlify.app/* https://docs.example.com/:splat 301!' },
      lantern,
      '_redirects',
    ],
    [
      'the same in netlify.toml',
      {
        'netlify.toml': '[[redirects]]\nfrom = "https://lantern.netlify.app/*"\nto = "https://docs.example.com/:splat"',
      },
      lantern,
      'netlify.toml',
    ],
    [
      "the site's own URL",
      { 'docusaurus.config.js': "module.exports = { url: 'https://lantern.netlify.app', baseUrl: '/' }" },
      lantern,
      'docusaurus.config.js',
    ],
    ['a config without a name', { 'netlify.toml': '[build]\npublish = "dist"' }, null, 'netlify.toml'],
    ['the link that the CLI keeps', { '.netlify/state.json': '{ "siteId": "x" }' }, null, '.netlify/state.json'],
    [
      'two names',
      { 'README.md': 'https://app.netlify.com/sites/one/deploys https://app.netlify.com/sites/two/deploys' },
      null,
      'README.md',
    ],
    ['broken TOML', { 'netlify.toml': '[[redirects' }, null, 'netlify.toml'],
  ])('%s', (_, contents, url, foundIn) => {
    expect(preview(contents)).toMatchObject({ host: 'Netlify', url, foundIn });
  });

  test("a preview's own host name is no site", () => {
    expect(preview({ _redirects: 'https://main--lantern.netlify.app/* https://docs.example.com/:splat' })).toBeNull();
  });
});

describe('hosts whose whole URL no file has', () => {
  test.each<[string, Contents, { host: string; foundIn: string; template: string }]>([
    [
      'Vercel',
      { 'vercel.json': '{}' },
      { host: 'Vercel', foundIn: 'vercel.json', template: 'https://PROJECT-git-{branch}-TEAM.vercel.app' },
    ],
    [
      'Cloudflare Pages by Wrangler',
      { 'wrangler.toml': 'name = "lantern"\npages_build_output_dir = "dist"' },
      { host: 'Cloudflare Pages', foundIn: 'wrangler.toml', template: 'https://{branch}.lantern.pages.dev' },
    ],
    [
      'Cloudflare Pages in JSON with comments',
      { 'wrangler.jsonc': '{ // x\n "name": "lantern", "pages_build_output_dir": "./dist" }' },
      { host: 'Cloudflare Pages', foundIn: 'wrangler.jsonc', template: 'https://{branch}.lantern.pages.dev' },
    ],
    [
      'a redirect of Cloudflare Pages',
      { 'public/_redirects': 'https://lantern.pages.dev/* https://docs.example.com/:splat' },
      { host: 'Cloudflare Pages', foundIn: 'public/_redirects', template: 'https://{branch}.lantern.pages.dev' },
    ],
  ])('%s', (_, contents, expected) => {
    expect(preview(contents)).toEqual({ ...expected, url: null });
  });

  test('a worker is no site', () => {
    expect(preview({ 'wrangler.toml': 'name = "api"\nmain = "src/worker.ts"' })).toBeNull();
    expect(preview({ 'wrangler.toml': 'name = ' })).toBeNull();
  });
});

test('nothing tells of previews in most repositories', () => {
  expect(preview({ 'README.md': 'See https://example.com' })).toBeNull();
});

test('the files that are read for it', () => {
  const names = [
    'README.md',
    'docs/README.md',
    'netlify.toml',
    'apps/docs/wrangler.jsonc',
    '.vercel/project.json',
    'a.md',
  ];
  const { tree } = repository(Object.fromEntries(names.map((name) => [name, ''])));
  expect(previewFiles(tree)).toEqual(['README.md', 'netlify.toml', 'apps/docs/wrangler.jsonc', '.vercel/project.json']);
});
