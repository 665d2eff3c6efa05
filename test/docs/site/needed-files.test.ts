import { describe, expect, test } from 'vitest';
import { namedFiles } from '../../../src/docs/site/partial-files.ts';
import { type Contents, docsRoot, loadNeeded, repository } from '../repository.ts';

function rounds(contents: Contents, ...declared: ReturnType<typeof docsRoot>[]): string[][] {
  const { tree, blobs } = repository(contents);
  return loadNeeded(tree, blobs, declared).rounds;
}

describe('needed files', () => {
  test('config files come first, then pages, then partials and what these show', () => {
    const contents = {
      'astro.config.mjs': "x('@astrojs/starlight')",
      'package.json': '{}',
      'tsconfig.json': '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}',
      'public/_redirects': '/a /b',
      'src/content/docs/a.mdx':
        "import One from '~/shown/one.mdx'\nimport T from './table.mdx?raw'\nimport x from './x.ts'\n",
      'src/content/docs/b.md': '[link](other.md) <a href="https://x.example/y.md">y</a> "gone.md"',
      'src/content/docs/_other.md': 'never shown',
      'src/content/docs/_table.mdx': 'never shown',
      'src/content/docs/picture.png': { unreadable: 'binary' } as const,
      'src/shown/one.mdx': 'import Two from \'./two\'\nimport Three from "./three.md"\n',
      'src/shown/two.mdx': 'no extension, so not named',
      'src/shown/three.md': "import One from './one.mdx'",
      'src/other.ts': 'x',
    };
    expect(rounds(contents)).toEqual([
      ['astro.config.mjs', 'package.json', 'public/_redirects', 'tsconfig.json'],
      ['src/content/docs/a.mdx', 'src/content/docs/b.md'],
      ['src/shown/one.mdx'],
      ['src/shown/three.md'],
    ]);
  });

  test('partials are found by folder, by snippets folder, from the root and by include comments', () => {
    const contents = {
      'docs/a.mdx': '<Snippet file="s.mdx" /> <Include path="p.md" /> <X src="/q.md" /> <Y src="r.md" />',
      'docs/b.md': "<!--@include: ./partials/t.md{1,3}-->\n<!-- @include: ./gone.md -->\n'../../../up.md'",
      'docs/snippets/s.mdx': 'x',
      'shown/p.md': 'x',
      'docs/partials/q.md': 'x',
      'docs/partials/t.md': 'x',
      'docs/q.md': 'x',
      'r.md': 'x',
    };
    const declared = docsRoot({ framework: 'mintlify', partials: ['shown'] });
    expect(rounds(contents, declared)).toEqual([
      ['docs/a.mdx', 'docs/b.md', 'docs/q.md'],
      ['docs/partials/t.md', 'docs/snippets/s.mdx', 'r.md', 'shown/p.md'],
    ]);
  });

  test('an alias stands for a folder, the longest one first, and never for the start of a name', () => {
    const contents = {
      'docs/a.md': '"@x/p.md" "@x/deep/p.md" "@xy/p.md" "#own"  "~one.md"',
      'one/p.md': 'x',
      'two/p.md': 'x',
      'docs/@xy/p.md': 'x',
    };
    const declared = docsRoot({ aliases: { '@x': 'one', '@x/deep/*': 'two/*', '': 'nowhere', '~one.md': 'one/p.md' } });
    expect(rounds(contents, declared)[1]).toEqual(['one/p.md', 'two/p.md']);
  });

  test('links, submodules and unreadable files end the search', () => {
    const contents: Contents = {
      'docs/a.mdx': '"./link.md" "./sub.md" "./bytes.mdx"',
      'docs/link.md': { mode: '120000' },
      'docs/sub.md': { mode: '160000' },
      'docs/bytes.mdx': { unreadable: 'not UTF-8' },
    };
    expect(rounds(contents, docsRoot())).toEqual([['docs/a.mdx', 'docs/bytes.mdx']]);
  });

  test('names stand between quotes of one kind and are no longer than a path', () => {
    const named = (text: string) => namedFiles(text);
    expect(named(`'it"s.md" "c.md" d.md'`)).toEqual(['s.md', 'c.md', 'it"s.md" "c.md" d.md']);
    expect(named(`${'x'.repeat(400)}.md"`)).toEqual([]);
    expect(named('a.md b.mdx .md')).toEqual([]);
    expect(named('"a.md?raw" "b.md?x y"')).toEqual(['a.md']);
  });

  test('hostile text is read at once', () => {
    const text = `${'".md'.repeat(100_000)}${'@include:'.repeat(10_000)}`;
    expect(namedFiles(text).length).toBeLessThan(10);
  });

  test('of very many config files those nearest to the top are read', () => {
    const contents = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p/${i}/package.json`, '{}']));
    expect(rounds({ ...contents, 'mint.json': '{}', 'a.mdx': 'x' })[0]).toHaveLength(400);
    expect(rounds({ ...contents, 'mint.json': '{}', 'a.mdx': 'x' })[0]).toContain('mint.json');
  });

  test('index modules are asked for, and behind them only what is imported', () => {
    const contents = {
      'docs/a.mdx': "text from 'nowhere'\n\nimport {\n  A, // from './parts'\n} from '../parts'\n\nimport no\n",
      'docs/b.mdx': "import x from './gone'; import * as Parts from '../all'\n",
      'parts/index.ts': "export { default as A } from './_a.mdx'\nexport { default as Z } from './_z.mdx'\n",
      'parts/_a.mdx': "import { C } from './more'\n",
      'parts/_z.mdx': 'not imported',
      'parts/more.js': "export { default as C } from './c.mdx'\nexport { default as Z } from './_z.mdx'\n",
      'parts/c.mdx': 'x',
      'all.mjs': "export { default as D } from './d.mdx'\nexport * from './rest.tsx'\nexport { d } from './gone'\n",
      'rest.tsx': "export { default as E } from './e.mdx'\nexport { D } from './all'\n",
      'd.mdx': 'x',
      'e.mdx': 'x',
    };
    expect(rounds(contents, docsRoot())).toEqual([
      ['docs/a.mdx', 'docs/b.mdx'],
      ['all.mjs', 'parts/index.ts'],
      ['d.mdx', 'parts/_a.mdx', 'rest.tsx'],
      ['e.mdx', 'parts/more.js'],
      ['parts/c.mdx'],
    ]);
  });

  test('pages full of statements that never end are searched without quadratic work', () => {
    const text = 'import { '.repeat(20_000) + '\nimport {'.repeat(50_000) + ';export {'.repeat(50_000);
    expect(rounds({ 'docs/a.mdx': text }, docsRoot())).toEqual([['docs/a.mdx']]);
  });
});
