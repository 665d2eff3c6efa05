import { describe, expect, test } from 'vitest';
import { moduleStatements } from '../../../src/docs/markdown/module-statements.ts';
import type { Content } from '../../../src/docs/site/page.ts';
import { type Contents, docsRoot, siteOf } from '../repository.ts';

function contentOf(contents: Contents): Content {
  const aliases = { '@parts': 'parts', '@exact': 'parts/index.ts' };
  const site = siteOf(contents, [docsRoot({ aliases })]);
  return site.read(site.pageAt('docs/page.mdx')!);
}

/** What the page shows, read through an index module `parts/index.ts`. */
function shown(page: string, index: string, others: Contents = {}): string[] {
  const content = contentOf({ 'docs/page.mdx': page, 'parts/index.ts': index, 'parts/a.mdx': 'alpha', ...others });
  const texts = content.sections.flatMap(({ blocks }) => blocks.map(({ text }) => text));
  return content.openAnchors ? [...texts, '…'] : texts;
}

const PAGE = "import { A } from '@parts'\n\n<A />\n";

describe('partials imported through an index module', () => {
  test.each([
    ['a default passed on by name', "export { default as A } from './a.mdx'"],
    ['a namespace', "export * as A from './a.mdx'"],
    ['an import exported later', "import X from './a.mdx'\nexport { B, X as A }"],
    ['an import exported before', "export { A }\nimport * as A from './a.mdx?x'"],
    [
      'another module',
      "export { B as A } from './more'",
      { 'parts/more.ts': "export { default as B } from './a.mdx'" },
    ],
    ['all of other modules', "export * from './code'\nexport * from './more/'"],
    ['JavaScript that is TypeScript', "export { C as A } from './more/index.js'"],
    [
      'a default export',
      "export { default as A } from './default'",
      { 'parts/default.jsx': "import X from './a.mdx'\nexport default X;" },
    ],
    ['types beside it', "export type { A } from './t'\nexport { type B, default as A } from './a.mdx'"],
  ])('are shown: %s', (_, index, others: Contents = {}) => {
    const more = "export { default as A, default as C } from '../a.mdx'";
    const code = 'export const Z = 1';
    expect(shown(PAGE, index, { 'parts/more/index.ts': more, 'parts/code.tsx': code, ...others })).toEqual(['alpha']);
  });

  test.each([
    ['by file', "import { A } from '@parts/index'\n\n<A />"],
    ['by file with extension', "import { A } from '../parts/index.ts?x'\n\n<A />"],
    ['by an alias of the file', "import { A } from '@exact'\n\n<A />"],
    ['under another name', "import Own, { A as Mine } from '../parts'\n\n<Mine />"],
    ['as a member', "import * as Parts from '@parts'\n\n<Parts.A />"],
    ['under the name of a known component', "import { A as Tip } from '@parts'\n\n<Tip />"],
  ])('are found %s', (_, page) => {
    expect(shown(page, "export { default as A } from './a.mdx'")).toEqual(['alpha']);
  });

  test('members of a namespace that is passed on are found', () => {
    const more = { 'parts/more.ts': "export { default as B } from './a.mdx'" };
    const page = "import { N } from '@parts'\n\n<N.B />\n";
    expect(shown(page, "export * as N from './more'", more)).toEqual(['alpha']);
    expect(shown(page, "import * as N from './more'\nexport { N }", more)).toEqual(['alpha']);
  });

  test.each([
    ['code', "export { default as A } from './a.astro'"],
    ['a function', 'export function A() {}'],
    ['another name', "export { default as B } from './a.mdx'"],
    ['a commented line', "// export { default as A } from './a.mdx'\n/*\nexport * as A from './a.mdx'\n*/"],
    ['words in a string', "const x = `\nexport { default as A } from './a.mdx'\n`"],
    ['what a Markdown file exports beside itself', "export { A } from './a.mdx'\nexport * from './a.mdx'"],
    ['a file that is not there', "export { default as A } from './gone.mdx'"],
    ['a module out of the repository', "export * from '../../../up'"],
    ['a default among all of a module', "export { default as A } from './stars'"],
    ['a namespace without a member', "export * as A from './stars'"],
    ['a circle', "export * from './circle'\nexport { A } from './circle'"],
    ['statements without end', 'export { default as A'],
    ['statements without a module', "export * as A\nexport *\nexport { A = 1 } from './a.mdx'\nexport { { A } }"],
    ['a module too long', `export { default as A } from './a.mdx'${' '.repeat(1_000_001)}`],
  ])('stay unknown behind %s', (_, index) => {
    const others = {
      'parts/a.astro': '<p />',
      'parts/stars.ts': "export * from './default'",
      'parts/default.ts': "export { default, default as Z } from './a.mdx'",
      'parts/circle.ts': "export { A } from './index'\nexport * from '.'",
    };
    expect(shown(PAGE, index, others)).toEqual(['…']);
  });

  test('depth is bounded', () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `parts/${i}.ts`,
          i === length - 1 ? "export { default as A } from './a.mdx'" : `export * from './${i + 1}'`,
        ]),
      );
    expect(shown(PAGE, "export * from './0'", chain(7))).toEqual(['alpha']);
    expect(shown(PAGE, "export * from './0'", chain(8))).toEqual(['…']);
  });

  test('modules that all pass each other on end', () => {
    const names = Array.from({ length: 60 }, (_, i) => `m${i}`);
    const all = names.map((name) => `export * from './${name}'`).join('\n');
    const others = Object.fromEntries(names.map((name) => [`parts/${name}.ts`, all]));
    expect(shown(PAGE, all, others)).toEqual(['…']);
  });

  test('a module that is not text passes nothing on', () => {
    const content = contentOf({ 'docs/page.mdx': PAGE, 'parts/index.ts': { unreadable: 'binary' } });
    expect(content).toMatchObject({ openAnchors: true, partials: [] });
  });

  test('the page depends on the partial, and code beside it stays unknown', () => {
    const index = "export { default as A } from './a.mdx'\nexport { B } from './b.tsx'";
    const page = 'import { A, B } from \'@parts\'\n\n<A />\n\n<B title="Bee">inside</B>\n';
    const content = contentOf({ 'docs/page.mdx': page, 'parts/index.ts': index, 'parts/a.mdx': '## Alpha' });
    expect(content.partials).toEqual([{ path: 'parts/a.mdx', blob: 'parts/a.mdx' }]);
    expect(content.openAnchors).toBe(true);
    expect([...content.anchors]).toEqual(['alpha']);
    expect(content.sections[1]!.blocks.map(({ text }) => text)).toEqual(['Alpha', 'Bee', 'inside']);
  });

  test('the files behind a page are known without reading it', () => {
    const contents = {
      'docs/page.mdx': PAGE,
      'parts/index.ts': "export { default as A } from './a.mdx'",
      'parts/a.mdx': '',
    };
    const site = siteOf(contents, [docsRoot({ aliases: { '@parts': 'parts' } })]);
    expect([...site.filesBehind(site.pages[0]!)].sort()).toEqual(['docs/page.mdx', 'parts/a.mdx', 'parts/index.ts']);
  });

  test('an index at the top of the repository is found', () => {
    const contents = {
      'docs/page.mdx': "import { A } from '..'\n\n<A />",
      'index.js': "export * as A from './a.md'",
      'a.md': 'x',
    };
    const site = siteOf(contents, [docsRoot({ exclude: ['a.md'] })]);
    expect(site.read(site.pageAt('docs/page.mdx')!).partials).toEqual([{ path: 'a.md', blob: 'a.md' }]);
  });
});

test('statements are read in linear time', () => {
  moduleStatements('export { a, '.repeat(80_000));
  moduleStatements(`${'export { a '.repeat(40_000)}${'}'.repeat(40_000)}`);
  moduleStatements('import a, { '.repeat(80_000));
});
