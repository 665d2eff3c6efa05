import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DocsRoot } from '../../../src/docs/frameworks/framework.ts';
import { RepoFiles } from '../../../src/docs/repo-files.ts';
import { discoverDocs, markdownFolders } from '../../../src/docs/site/discover-docs.ts';
import { rootsOf } from '../../../src/docs/site/docs-roots.ts';
import { type Contents, docsRoot, loadNeeded, repository } from '../repository.ts';

function discovered(contents: Contents, declared: DocsRoot[] = []) {
  const { tree, blobs } = repository(contents);
  return discoverDocs(tree, loadNeeded(tree, blobs, declared).blobs, declared).map(
    ({ root, pages, partials, inferred }) => ({ root: root.root, foundIn: root.foundIn, pages, partials, inferred }),
  );
}

const STARLIGHT = { 'package.json': '{ "dependencies": { "@astrojs/starlight": "1" } }', 'astro.config.mjs': '' };

describe('discovered docs', () => {
  test('are told with the file that shows them, largest first', () => {
    const found = discovered({
      'docusaurus.config.js':
        "module.exports = { plugins: [['content-docs', { id: 'api', path: 'api' }]], presets: [['c', { docs: {} }]] }",
      'docs/a.md': '',
      'docs/b.md': '',
      'api/a.md': '',
    });
    expect(found).toEqual([
      { root: 'docs', foundIn: 'docusaurus.config.js', pages: 2, partials: [], inferred: {} },
      { root: 'api', foundIn: 'docusaurus.config.js', pages: 1, partials: [], inferred: {} },
    ]);
  });

  test('are plain Markdown where nothing shows more', () => {
    expect(discovered({ 'docs/a.md': '' })).toEqual([
      { root: 'docs', foundIn: null, pages: 1, partials: [], inferred: {} },
    ]);
  });

  test('tell the folders outside of them whose Markdown pages show', () => {
    const [root] = discovered({
      ...STARLIGHT,
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["src/*"] } } }',
      'src/content/docs/a.mdx': "import A from '@/parts/a.mdx';\nimport B from './_b.mdx';\n\n<A /> <B />",
      'src/content/docs/_b.mdx': '',
      'src/parts/a.mdx': "import C from './deep/c.mdx';\n\n<C />",
      'src/parts/deep/c.mdx': '',
      'src/unused/d.mdx': '',
    });
    expect(root).toMatchObject({ pages: 1, partials: ['src/parts'], inferred: {} });
  });

  test('name few folders where there are many', () => {
    const names = Array.from({ length: 9 }, (_, i) => `p${i}`);
    const contents = Object.fromEntries(names.map((name) => [`src/parts/${name}/x.mdx`, '']));
    const imports = names.map((name, i) => `import P${i} from '../../parts/${name}/x.mdx';`).join('\n');
    const [root] = discovered({ ...STARLIGHT, ...contents, 'src/content/docs/a.mdx': imports });
    expect(root?.partials).toEqual(['src/parts']);
  });

  test('infer an alias where everything imported by it stands under one folder', () => {
    const [root] = discovered({
      ...STARLIGHT,
      'src/content/docs/a.mdx':
        "import A from '@parts/a.mdx';\nimport B from '@parts/deep/b.mdx';\nimport X from '@lost/x.mdx';",
      'src/shown/parts/a.mdx': '',
      'other/a.mdx': '',
      'src/shown/parts/deep/b.mdx': '',
    });
    expect(root?.inferred).toEqual({ '@parts/': 'src/shown/parts/' });
  });

  test('infer none where two folders would do, or where no file is there', () => {
    const [root] = discovered({
      ...STARLIGHT,
      'src/content/docs/a.mdx': "import A from '@parts/a.mdx';\nimport B from '@gone/b.mdx';",
      'one/a.mdx': '',
      'two/a.mdx': '',
    });
    expect(root?.inferred).toEqual({});
  });

  test('folders of Markdown, largest first', () => {
    const { tree } = repository({
      'README.md': '',
      'b/x/a.md': '',
      'b/b.mdx': '',
      'a/a.md': '',
      'node_modules/x/a.md': '',
      'c/a.ts': '',
    });
    expect(markdownFolders(tree, 5)).toEqual([
      { folder: 'b', pages: 2 },
      { folder: 'a', pages: 1 },
    ]);
    expect(markdownFolders(tree, 1)).toHaveLength(1);
  });
});

const EXAMPLES = new URL('../../examples/frameworks/', import.meta.url).pathname;

describe.each(readdirSync(EXAMPLES).filter((name) => name !== 'plain'))('the example of %s', (framework) => {
  test('is the same docs root with nothing declared but its folder', () => {
    const folder = join(EXAMPLES, framework, 'site');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(folder, name)).isFile());
    const { tree, blobs } = repository(
      Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    );
    const found = rootsOf(new RepoFiles(tree, blobs), []);
    const declared = found.map(({ root }) => docsRoot({ root }));
    expect(rootsOf(new RepoFiles(tree, blobs), declared)).toEqual(found.map((root) => ({ ...root, routeKnown: true })));
  });
});
