import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framework } from '../../../src/docs/frameworks/framework.ts';
import type { PageFacts, SectionFacts } from '../../../src/docs/markdown/page-facts.ts';
import type { Content, Section } from '../../../src/docs/site/page.ts';
import { docsRoot, siteOf } from '../repository.ts';

function contentOf(files: Record<string, string>, framework: Framework = 'plain'): Content {
  const site = siteOf(files, [docsRoot({ framework, partials: ['docs/shown'] })]);
  return site.read(site.pageAt('docs/page.mdx')!);
}

/** One line for each section, indented by its parent, with its text and where that stands. */
function outline({ sections }: Content): string[] {
  const depthOf = (section: Section): number => (section.parent ? depthOf(section.parent) + 1 : 0);
  return sections.map((section) => {
    const text = section.blocks.filter(({ kind }) => kind !== 'label').map(({ text }) => text);
    return [`${'  '.repeat(depthOf(section))}${section.label}`, ...text].join(' | ');
  });
}

const PAGE = "import A from './shown/a.mdx'\nimport B from './shown/b.mdx'\n\n";

describe('partials in place', () => {
  test('the text of a partial without headings joins the section that shows it', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}## One\n\nbefore\n\n<A />\n\nafter\n`,
      'docs/shown/a.mdx': '---\ntitle: Not shown\n---\n\ninside\n',
    });
    expect(outline(content)).toEqual(['', '  One | before | inside | after']);
    const [before, inside, after] = content.sections[1]!.blocks.slice(1);
    expect([before?.path, inside?.path, after?.path]).toEqual(['docs/page.mdx', 'docs/shown/a.mdx', 'docs/page.mdx']);
    expect([before?.line, inside?.line, after?.line]).toEqual([6, 5, 10]);
    expect(content.sections[1]?.shownAt).toBeNull();
    expect(content.partials).toEqual([{ path: 'docs/shown/a.mdx', blob: 'docs/shown/a.mdx' }]);
    expect(content.openAnchors).toBe(false);
  });

  test('headings of a partial hang where their depth puts them, and later text goes on under the last', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}# Top\n\n## One\n\n<A />\n\nafter\n\n### Below\n\nx\n\n## Two\n\ny\n`,
      'docs/shown/a.mdx': '### Deeper\n\np\n\n## Beside\n\nq\n',
    });
    expect(outline(content)).toEqual(
      ['', '  Top', '    One', '      Deeper | p', '    Beside | q | after', '      Below | x', '    Two | y'].map(
        (line, at) => (at === 0 ? 'Top' : line),
      ),
    );
    const deeper = content.sections[3]!;
    expect(deeper).toMatchObject({ path: 'docs/shown/a.mdx', line: 1, shownAt: { path: 'docs/page.mdx', line: 8 } });
  });

  test('a partial in a container stays inside it', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}## One\n\n<details>\n<summary>Fold</summary>\n\n<A />\n\nstill inside\n\n</details>\n\noutside\n\n## Two\n`,
      'docs/shown/a.mdx': '## Inner\n\np\n',
    });
    expect(outline(content)).toEqual(['', '  One | outside', '    Fold', '      Inner | p | still inside', '  Two']);
  });

  test('containers of a partial and of the text after it are nested as they are read', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}## One\n\n<A />\n\n<details>\n<summary>After</summary>\n\nx\n\n</details>\n\n**Lead**\n\ny\n`,
      'docs/shown/a.mdx': '<details>\n<summary>Before</summary>\n\nz\n\n</details>\n\n### Last\n\nw\n',
    });
    expect(outline(content).slice(0, 5)).toEqual(['', '  One', '    Before | z', '    Last | w', '      After | x']);
    expect(outline(content).at(-1)?.trim()).toMatch(/^(?:Lead \| y|Last \| w \| Lead \| y)$/);
  });

  test('partials in partials say where the page shows the outermost', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}## One\n\n<A />\n\nend\n`,
      'docs/shown/a.mdx': "import C from './c.md'\n\n### A\n\n<C />\n\nafter c\n",
      'docs/shown/c.md': '#### C\n\np\n',
    });
    expect(outline(content)).toEqual(['', '  One', '    A', '      C | p | after c | end']);
    expect(content.sections[3]).toMatchObject({ path: 'docs/shown/c.md', shownAt: { path: 'docs/page.mdx', line: 6 } });
    expect(content.partials.map(({ path }) => path)).toEqual(['docs/shown/a.mdx', 'docs/shown/c.md']);
  });

  test('a partial shown twice is there twice', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}<A />\n\n<A />\n`,
      'docs/shown/a.mdx': '## Step\n\np\n',
    });
    expect(outline(content)).toEqual(['', '  Step | p', '  Step | p']);
    expect(content.sections.map(({ anchor }) => anchor)).toEqual([null, 'step', 'step-1']);
    expect(content.partials).toHaveLength(1);
  });

  test('a partial that is not there may hold any anchor', () => {
    const content = contentOf({ 'docs/page.mdx': `${PAGE}<A />\n` });
    expect(content).toMatchObject({ openAnchors: true, partials: [] });
  });

  test('cycles end', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}<A />\n`,
      'docs/shown/a.mdx': "import B from './b.mdx'\n\na\n\n<B />\n",
      'docs/shown/b.mdx': "import A from './a.mdx'\nimport P from '../page.mdx'\n\nb\n\n<A />\n\n<P />\n",
    });
    expect(outline(content)).toEqual([' | a | b']);
    expect(content.openAnchors).toBe(true);
  });

  test('depth is bounded', () => {
    const chain = Array.from({ length: 12 }, (_, i) => [
      `docs/shown/${i}.mdx`,
      `import N from './${i + 1}.mdx'\n\nlevel${i}\n\n<N />\n`,
    ]);
    const content = contentOf({
      'docs/page.mdx': "import N from './shown/0.mdx'\n\n<N />\n",
      ...Object.fromEntries(chain),
    });
    expect(content.partials).toHaveLength(8);
    expect(content.openAnchors).toBe(true);
  });

  test.each(['level', ''])('size is bounded where every partial (%j) shows the next one many times', (word) => {
    const chain = Array.from({ length: 8 }, (_, i) => [
      `docs/shown/${i}.mdx`,
      `import N from './${i + 1}.mdx'\n\n${word}\n\n${'<N />\n\n'.repeat(30)}`,
    ]);
    const content = contentOf({
      'docs/page.mdx': "import N from './shown/0.mdx'\n\n<N />\n",
      ...Object.fromEntries(chain),
    });
    expect(content.sections[0]!.blocks.length).toBeLessThanOrEqual(20_000);
    expect(content.sections[0]!.blocks.length > 1_000).toBe(word !== '');
    expect(content.openAnchors).toBe(true);
  });

  test('problems and unknown components of a partial are those of the page', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}<A />\n`,
      'docs/shown/a.mdx': 'x\n\n<Strange\n',
    });
    expect(content.problems[0]).toMatchObject({ path: 'docs/shown/a.mdx' });
    const unknown = contentOf({ 'docs/page.mdx': `${PAGE}<A />\n`, 'docs/shown/a.mdx': '<Strange />\n' });
    expect(unknown.openAnchors).toBe(true);
  });

  test('a partial that is not text is not shown', () => {
    const site = siteOf({ 'docs/page.mdx': `${PAGE}<A />\n`, 'docs/shown/a.mdx': { unreadable: 'binary' } }, [
      docsRoot({ partials: ['docs/shown'] }),
    ]);
    expect(site.read(site.pages[0]!)).toMatchObject({ openAnchors: true, partials: [] });
  });

  test('rows keep where their cells begin', () => {
    const content = contentOf({ 'docs/page.mdx': '| a | b |\n|---|---|\n| c | d |\n' });
    const rows = content.sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'row');
    expect(rows).toMatchObject([{ text: 'c | d', cells: expect.any(Array) }]);
  });

  test('imports named like members of every object are looked up by name alone', () => {
    const content = contentOf({ 'docs/page.mdx': '<Include path="constructor" />\n\nx\n' });
    expect(content.partials).toEqual([]);
  });
});

describe('anchors of a page', () => {
  test('titles are numbered over the page and its partials; ids given by hand count for nothing', () => {
    const content = contentOf({
      'docs/page.mdx': `${PAGE}## Check\n\n<A />\n\n## Check\n\n<a id="By-Hand"></a>\n`,
      'docs/shown/a.mdx': '## Check\n\n<h3 id="Given">Check</h3>\n',
    });
    expect(content.sections.map(({ anchor }) => anchor)).toEqual([null, 'check', 'check-1', 'Given', 'check-2']);
    expect([...content.anchors]).toEqual(expect.arrayContaining(['check', 'check-1', 'check-2', 'given', 'by-hand']));
  });

  test('titles of accordions, steps and tabs are anchors with Mintlify alone', () => {
    const page = '<Accordion title="Two Words">\nx\n</Accordion>\n';
    expect(contentOf({ 'docs/page.mdx': page }, 'mintlify').anchors.has('two-words')).toBe(true);
    expect(contentOf({ 'docs/page.mdx': page }, 'docusaurus').anchors.has('two-words')).toBe(false);
  });

  test('VitePress counts ids given by hand', () => {
    const page = '<h2 id="leak">A</h2>\n\n## Leak\n';
    expect([...contentOf({ 'docs/page.mdx': page }, 'vitepress').anchors].sort()).toEqual(['leak', 'leak-1']);
  });
});

describe('any facts whatever', () => {
  const kinds = fc.constantFrom<SectionFacts['kind']>('heading', 'heading', 'details', 'bold', 'item', 'callout');
  const sections = fc.array(fc.record({ kind: kinds, depth: fc.integer({ min: 1, max: 6 }), up: fc.nat(4) }), {
    maxLength: 12,
  });
  const facts = (
    list: { kind: SectionFacts['kind']; depth: number; up: number }[],
    partial: string | null,
  ): PageFacts => {
    const made: SectionFacts[] = [
      { kind: 'page', label: '', depth: 0, parent: -1, id: null, slugText: null, line: 1, endLine: 99, claims: [] },
    ];
    for (const [at, { kind, depth, up }] of list.entries()) {
      const line = at + 2;
      made.push({
        kind,
        label: `s${at}`,
        depth: kind === 'heading' ? depth : 0,
        parent: Math.max(0, at - up),
        id: null,
        slugText: `s${at}`,
        line,
        endLine: line,
        claims: [],
      });
    }
    const blocks: PageFacts['blocks'] = made.map(({ line }, section) => ({
      kind: partial !== null && section % 3 === 1 ? 'partial' : 'prose',
      section,
      text: partial ?? 'x',
      line,
      endLine: line,
      breaks: [],
      links: [],
    }));
    const frontmatter = {
      title: null,
      slug: null,
      permalink: null,
      id: null,
      draft: false,
      noindex: false,
      unlisted: false,
      hidden: false,
    };
    return {
      syntax: 'mdx',
      frontmatter,
      problems: [],
      imports: {},
      named: {},
      sections: made,
      blocks,
      ids: [],
      unknownComponents: [],
    };
  };

  test('make a tree: parents come first and know their children, headings hang below shallower ones', () => {
    fc.assert(
      fc.property(sections, sections, (page, partial) => {
        const files = { 'docs/page.mdx': 'page "./shown/a.mdx"', 'docs/shown/a.mdx': 'partial' };
        const site = siteOf(files, [docsRoot({ partials: ['docs/shown'] })], {
          parse: (text) => (text === 'partial' ? facts(partial, null) : facts(page, './shown/a.mdx')),
        });
        const content = site.read(site.pages[0]!);
        for (const [index, section] of content.sections.entries()) {
          expect(section.index).toBe(index);
          if (index === 0) expect(section.parent).toBeNull();
          else expect(section.parent!.index).toBeLessThan(index);
          expect(section.parent?.children.includes(section) ?? true).toBe(true);
        }
        const shown = content.sections.filter((one) => one.path !== 'docs/page.mdx' && one.kind === 'heading');
        for (const { parent, depth } of shown) if (parent?.kind === 'heading') expect(parent.depth).toBeLessThan(depth);
      }),
    );
  });
});
