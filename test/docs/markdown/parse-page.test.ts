import { describe, expect, it } from 'vitest';
import { blocks, links, md, mdx, prose } from './page-outline.ts';

describe('the text of a block', () => {
  it.each([
    ['joins hard wraps with a space', 'The token\nis\n  blank.', 'The token is blank.'],
    ['joins wrapped Japanese without one', 'トークンが\n空です', 'トークンが空です'],
    ['keeps hard breaks', 'One\\\ntwo  \nthree<br/>four', 'One\ntwo\nthree\nfour'],
    ['drops emphasis within a word', '**Token**s are *blank*, ~~not~~ gone', 'Tokens are blank, not gone'],
    ['keeps inline code within a word', 'pre`fix_`ed `a  b`', 'prefix_ed a b'],
    ['resolves escapes and entities', 'ERR\\_X &amp; &lt;b&gt; &#33;', 'ERR_X & <b> !'],
    ['straightens quotes and dashes', '“Can’t connect” – ever', '"Can\'t connect" - ever'],
    ['drops invisible characters', 'tok\u200bens\u00a0are blank', 'tokens are blank'],
    ['keeps emoji and other scripts', 'Готово 🎉 عربي', 'Готово 🎉 عربي'],
    ['reads the alternative text of images', 'See ![the key icon](k.png) here', 'See the key icon here'],
    ['reads a referenced image', '![shot][s]\n\n[s]: s.png', 'shot'],
    ['drops footnote marks', 'Rotated[^1] daily.\n', 'Rotated daily.', '\n[^1]: Note.'],
    ['keeps a colon between words', 'at 12:30 on host:port', 'at 12:30 on host:port'],
    ['keeps a tag of the task list out', '- [x] Done', 'Done'],
  ])('%s', (_, text, expected, rest = '') => {
    expect(prose(md(text.replace('<br/>', '<br>') + rest))[0]).toBe(expected);
    expect(prose(mdx(text + rest))[0]).toBe(expected);
  });

  it('reads what stands in JSX and nothing that must be run', () => {
    const page = mdx(
      [
        "import X from 'x'",
        '',
        'export const hidden = "never shown"',
        '',
        'You get {\'err_x\'} or {`err_y`}: <b>{/* not this */}user</b> <Badge text="no">new</Badge> {count} {`${a}`}.',
        '',
        '{"on its own"}',
        '',
        '<p>\n  In a paragraph.\n</p>',
      ].join('\n'),
    );
    expect(prose(page)).toEqual(['You get err_x or err_y: user new .', 'on its own', 'In a paragraph.']);
  });

  it('decodes the escapes of string literals', () => {
    expect(prose(mdx(String.raw`{'It\'s \u0041\x42\u{43} a\tb\nc\qd'}`))).toEqual(["It's ABC a b cqd"]);
    expect(prose(mdx('{`a\\\nb`}'))).toEqual(['ab']);
  });

  it('does not take an expression of several literals for one', () => {
    expect(prose(mdx(`a {'x' + 'y'} {"x" ? "y" : "z"} {''}.`))).toEqual(['a .']);
  });

  it('reads scripts, styles and drawings as nothing', () => {
    const text = 'A <svg><title>Icon</title></svg>b\n\n<style>{`p {}`}</style>\n\n<script>{`alert()`}</script>';
    expect(prose(mdx(text))).toEqual(['A b']);
    expect(prose(md('A <svg><title>Icon</title></svg>b\n\n<style>\np {}\n\nq {}\n</style>\n\nC'))).toEqual([
      'A b',
      'C',
    ]);
  });

  it('goes on after a style that is never closed', () => {
    expect(prose(md('A <svg id="s"> b\n\nC\n\n<style/>\n\nD'))).toEqual(['A', 'C', 'D']);
  });

  it('keeps attributes that readers see as blocks of their own', () => {
    const page = mdx('<Hero title="Big words" label={"Small"} description={`More`} alt="" kind="x" summary={a} />');
    expect(blocks(page)).toEqual(['attribute 1 in -: Big words', 'attribute 1 in -: Small', 'attribute 1 in -: More']);
  });

  it('takes nothing from components within a heading or summary', () => {
    const page = mdx(
      '## Setup <Badge label="new" /> 🎉\n\n<details><summary><Icon label="x"/> More</summary>b</details>',
    );
    expect(blocks(page)).toEqual(['label 1 in Setup 🎉: Setup 🎉', 'label 3 in More: More', 'prose 3 in More: b']);
  });

  it('keeps samples as they are, apart from prose', () => {
    const text = 'Run:\n\n```sh title="x"\nnpm  i\n\n  “a” &amp;\n```\n\n~~~\nno end';
    const [, first, second] = md(text).blocks;
    expect(first).toMatchObject({
      kind: 'code',
      text: 'npm  i\n\n  “a” &amp;',
      line: 4,
      endLine: 7,
      breaks: [7, 5, 8, 6],
    });
    expect(second).toMatchObject({ kind: 'code', text: 'no end', line: 10 });
    expect(mdx(text).blocks).toEqual(md(text).blocks);
  });

  it('reads indented samples in Markdown alone', () => {
    expect(blocks(md('a\n\n    code\n    more'))).toEqual(['prose 1 in -: a', 'code 3 in -: code\nmore']);
    expect(blocks(mdx('a\n\n    code\n    more'))).toEqual(['prose 1 in -: a', 'prose 3 in -: code more']);
  });

  it('takes a tab for white space', () => {
    expect(blocks(md('#\tA\tb\n\n-\tc\n\n\td\n\nx\n\n\tcode'))).toEqual([
      'label 1 in A b: A b',
      'prose 3 in A b: c',
      'prose 5 in A b: d',
      'prose 7 in A b: x',
      'code 9 in A b: code',
    ]);
  });

  it('makes no block of an empty sample', () => {
    expect(md('```\n```').blocks).toEqual([]);
  });

  it('reads samples given to components', () => {
    expect(blocks(mdx('<Code code={`a\nb`} title="t" />\n\n<CodeBlock>\n{`c\nd`}\n</CodeBlock>'))).toEqual([
      'attribute 2 in -: t',
      'code 1 in -: a\nb',
      'code 5 in -: c\nd',
    ]);
  });

  it('reads definition lists, captions and figures as prose', () => {
    expect(prose(md('<dl><dt>Term</dt><dd>Meaning</dd></dl>\n<figure><figcaption>Cap</figcaption></figure>'))).toEqual([
      'Term',
      'Meaning',
      'Cap',
    ]);
  });
});

describe('the source lines of a block', () => {
  it('are kept for every stretch of its text', () => {
    const [block] = mdx('\n\nThe **access\ntoken** is <b>\nblank</b>  \nnow.').blocks;
    expect(block).toMatchObject({ text: 'The access token is blank\nnow.', line: 3, endLine: 6 });
    expect(block?.breaks).toEqual([11, 4, 20, 5, 26, 6]);
  });

  it('are those of the file, whatever its line ends and first bytes', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = `\ufeff${['---', 'title: T', '---', '', '# A', '', 'one', 'two', '', '```', 'x', 'y', '```'].join(end)}`;
      for (const page of [md(text), mdx(text)]) {
        expect(page.blocks.map(({ line, endLine }) => [line, endLine])).toEqual([
          [2, 2],
          [5, 5],
          [7, 8],
          [11, 13],
        ]);
        expect(page.blocks[3]?.text).toBe('x\ny');
      }
    }
  });
});

describe('links', () => {
  it('are found in every form', () => {
    const page = mdx(
      [
        '[a](/a "t") <a href="/b">b</a> [c][ref] [Ref] ![i](/image)',
        '',
        'https://x.example/d, www.y.example and help@z.example',
        '',
        "<LinkCard title='E' href={'/e'} />",
        '',
        '<Button to="/f">F</Button> <Video url="/g" /> <Thing link="/h" />',
        '',
        '{/* [no](/no) */}',
        '',
        '[ref]: /c',
        '[REF]: /second',
      ].join('\n'),
    );
    expect(links(page)).toEqual([
      '/a 1',
      '/b 1',
      '/c 1',
      '/c 1',
      'https://x.example/d 3',
      'http://www.y.example 3',
      'mailto:help@z.example 3',
      '/e 5',
      '/f 7',
      '/g 7',
      '/h 7',
    ]);
  });

  it('are found in Markdown with HTML, but not in comments', () => {
    const text =
      '<https://a.example>\n\n<p><a href=" /b ">B</a>\n<a href="/c"></a></p>\n\n<!-- [no](/no) <a href="/no">no</a> -->';
    expect(links(md(text))).toEqual(['https://a.example 1', '/b 3', '/c 4']);
  });

  it('belong to the first text inside an element that holds blocks', () => {
    const page = mdx(
      '<LinkButton href="/a">\n\nGo there.\n\nAnd on.\n\n</LinkButton>\n\n<a href="/b">\n\n## Title\n\n</a>',
    );
    expect(page.blocks.map(({ text, links }) => [text, links.length])).toEqual([
      ['Go there.', 1],
      ['And on.', 0],
      ['Title', 1],
    ]);
  });

  it('stand alone where there is no text', () => {
    expect(blocks(mdx('<Thing href="/a" />\n\n<Other href="/b">\n\n</Other>\n\n[![](i.png)](/c)'))).toEqual([
      'attribute 1 in -: ',
      'attribute 3 in -: ',
      'prose 7 in -: ',
    ]);
  });

  it('keep the line on which they stand', () => {
    expect(links(mdx('one\n[a](/a)\n<Card\n  title="T"\n  href="/b"\n/>'))).toEqual(['/a 2', '/b 5']);
  });
});

describe('frontmatter', () => {
  it('gives the page its label and is no text otherwise', () => {
    const page = mdx('---\ntitle: "“Errors”"\ndescription: err_x\n---\n\n# Top\n\ntext');
    expect(page.frontmatter.title).toBe('“Errors”');
    expect(blocks(page)).toEqual(['label 2 in "Errors": "Errors"', 'label 6 in Top: Top', 'prose 8 in Top: text']);
  });

  it('may be TOML', () => {
    expect(blocks(md('+++\ntitle = "T"\n+++\ntext'))).toEqual(['label 2 in T: T', 'prose 4 in T: text']);
  });

  it('leaves the label to the first title heading where it has none', () => {
    expect(md('## Before\n\n# Top\n\n# Second').sections[0]?.label).toBe('Top');
    expect(md('text').sections[0]?.label).toBe('');
  });
});

describe('partials', () => {
  it('are named where imported Markdown is shown', () => {
    const page = mdx(
      [
        "import Part from './_part.mdx'",
        'import * as All from "../all.md";',
        "import Other, { toc } from '@site/other.mdx'",
        "import { default as Named } from './named.md'",
        "import Box from './Box.astro'",
        "export { x } from './no.mdx'",
        '',
        'Before <Part /> after.',
        '',
        '<All.default />',
        '',
        '<Other>inside</Other>',
        '',
        '| a |',
        '|-|',
        '| <Named/> |',
        '',
        '<Box />',
      ].join('\n'),
    );
    expect(page.imports).toEqual({
      Part: './_part.mdx',
      All: '../all.md',
      Other: '@site/other.mdx',
      Named: './named.md',
    });
    expect(blocks(page)).toEqual([
      'prose 8 in -: Before',
      'partial 8 in -: Part',
      'prose 8 in -: after.',
      'partial 10 in -: All',
      'partial 12 in -: Other',
      'prose 12 in -: inside',
      'head 14 in -: a',
      'partial 16 in -: Named',
      'partial 18 in -: Box',
    ]);
    expect(page.unknownComponents).toEqual(['Box']);
  });

  it('are named by path', () => {
    const text = [
      '<Snippet file="a.mdx" />',
      '<Include src={"./b"} />',
      '<ReadFrom path="c.md#part" />',
      '::include{file=d.md}',
      '<Snippet />',
    ];
    expect(blocks(mdx(text.join('\n\n'))).map((line) => line.split(': ')[1])).toEqual([
      'a.mdx',
      './b',
      'c.md#part',
      'd.md',
    ]);
    expect(blocks(md('a\n\n<!--@include: ./parts/e.md{3,5}-->\n\nb'))).toEqual([
      'prose 1 in -: a',
      'partial 3 in -: ./parts/e.md',
      'prose 5 in -: b',
    ]);
  });

  it('may be called as anything', () => {
    const page = mdx(
      "import constructor from './a.mdx'\nimport __proto__ from './b.mdx'\n\n<__proto__ />\n\n<toString />",
    );
    expect(Object.entries(page.imports)).toEqual([
      ['constructor', './a.mdx'],
      ['__proto__', './b.mdx'],
    ]);
    expect(blocks(page)).toEqual(['partial 4 in -: __proto__']);
    expect(page.unknownComponents).toEqual(['toString']);
  });

  it('in lower case is none: MDX makes an HTML element of it', () => {
    expect(blocks(mdx("import br from './a.mdx'\nimport parts from './b'\n\none<br />two\n\n<parts.one />"))).toEqual([
      'prose 4 in -: one\ntwo',
      'partial 6 in -: parts.one',
    ]);
  });
});

describe('names imported from modules', () => {
  const named = (text: string) =>
    Object.entries(mdx(text).named).map(([local, link]) => [local, ...Object.values(link)]);

  it('are kept with their module, of Markdown files only the whole', () => {
    const text = [
      "import Own, { A, B as C, type T, default as D } from '@parts'",
      "import * as All from './parts/index.js'",
      "import Both, * as Rest from './both'",
      "import { frontmatter } from './a.mdx'",
      "import type { Shape } from './shapes'",
      "import './style.css'",
      "import constructor from './c'",
    ].join('\n');
    expect(named(text)).toEqual([
      ['Own', '@parts', 'default'],
      ['A', '@parts', 'A'],
      ['C', '@parts', 'B'],
      ['D', '@parts', 'default'],
      ['All', './parts/index.js', '*'],
      ['Both', './both', 'default'],
      ['Rest', './both', '*'],
      ['constructor', './c', 'default'],
    ]);
    expect(mdx(text).imports).toEqual({});
  });

  it('mark where a partial may be, and stay unknown where only the site can tell', () => {
    const page = mdx(
      [
        "import { Own, Tip, Icon, Parts } from '@parts'",
        '',
        'Press <Icon /> or <Own /> now.',
        '',
        '<Own>',
        'inside',
        '</Own>',
        '',
        '<Parts.Login />',
        '',
        '<Tip />',
        '',
        '<Tip>Save first.</Tip>',
        '',
        '| a |',
        '|-|',
        '| <Own /> |',
      ].join('\n'),
    );
    expect(blocks(page)).toEqual([
      'prose 3 in -: Press or now.',
      'partial 5 in -: Own',
      'prose 6 in -: inside',
      'partial 9 in -: Parts.Login',
      'partial 11 in -: Tip',
      'prose 13 in -: Save first.',
      'head 15 in -: a',
      'partial 17 in -: Own',
    ]);
    expect(page.unknownComponents).toEqual(['Own', 'Parts.Login']);
  });
});

describe('ids and unknown components', () => {
  it('are listed', () => {
    const page = mdx(
      '<a id="one"/> <a name="two"></a> <span name="no" id="three"/>\n\n<Mystery id="four"/> <Mystery/> <x-y/>',
    );
    expect(page.ids).toEqual(['one', 'two', 'three', 'four']);
    expect(page.unknownComponents).toEqual(['Mystery', 'x-y']);
    const html = md('<a id="one"></a>\n\n<A NAME=two><svg id=three></svg>\n\n<Own/>');
    expect(html.ids).toEqual(['one', 'three']);
    expect(html.unknownComponents).toEqual(['Own']);
  });
});

describe('claims', () => {
  it('belong to the section they stand in', () => {
    const page = mdx(
      [
        '{/* signpost: documents top-one */}',
        '## A',
        '{/* signpost: documents id-a, id-b */}',
        '{/* signpost: other */}',
        '<details><summary>D</summary>{/* SIGNPOST: documents id-d */}x</details>',
        '| h |',
        '|-|',
        '| c {/* signpost: documents id-r */} |',
      ]
        .join('\n\n')
        .replace('h |\n\n|-|\n\n', 'h |\n|-|\n'),
    );
    expect(page.problems).toEqual([]);
    expect(page.sections.map(({ label, claims }) => [label, claims.map(({ id }) => id)])).toEqual([
      ['', ['top-one']],
      ['A', ['id-a', 'id-b']],
      ['D', ['id-d']],
      ['c', ['id-r']],
    ]);
  });

  it('are HTML comments in Markdown', () => {
    const page = md(
      '## A\n\nText <!-- signpost: documents id-a --> more.\n\n## B\n\n<!--\nsignpost: documents\n  id-b\n  id-c\n-->\n',
    );
    expect(page.sections.map(({ claims }) => claims)).toEqual([
      [],
      [{ id: 'id-a', line: 3 }],
      [
        { id: 'id-b', line: 7 },
        { id: 'id-c', line: 7 },
      ],
    ]);
    const inMdx = mdx('## A\n\n<Note>\n\n<!-- signpost: documents */ id-a -->\n\n</Note>\n\n```\n<!-- b -->\n```\n');
    expect(inMdx.problems).toEqual([]);
    expect(inMdx.sections[1]?.claims).toContainEqual({ id: 'id-a', line: 5 });
    expect(inMdx.blocks.at(-1)?.text).toBe('<!-- b -->');
    expect(prose(page)).toEqual(['Text more.']);
  });
});

describe('a page of 10,000 lines', () => {
  it('keeps every section at its line', () => {
    const page = mdx(Array.from({ length: 2500 }, (_, i) => `## Part ${i}\n\nText ${i}.\n`).join('\n'));
    expect(page.problems).toEqual([]);
    expect(page.sections).toHaveLength(2501);
    expect(page.sections.at(-1)).toMatchObject({ label: 'Part 2499', line: 9997, endLine: 9999 });
  });
});
