import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../src/docs/markdown/page-facts.ts';
import { parsePage } from '../../../src/docs/markdown/parse-page.ts';
import { blocks, links, md, mdx, outline, prose } from './page-outline.ts';

describe('MDX that does not parse', () => {
  const text = [
    '---',
    'title: T',
    '---',
    "import Part from './_part.mdx'",
    "import { Tabs } from '@components'",
    '',
    'export const list = [',
    '',
    "  'never shown',",
    ']',
    '',
    '# A {#own}',
    '',
    '{/* a comment',
    '',
    'never shown */}',
    '{/* signpost: documents id-a */}',
    '',
    '<Accordion title={"Tokens are blank"} defaultOpen={a > b ? {c: "}"} : \'>\'}>',
    '    Indented **text** and [a link](/x).',
    '',
    '    <!-- @include: ./y.md -->',
    '',
    '  <Part />',
    '</Accordion>',
    '',
    'A stray { brace.',
    '',
    '```mdx',
    '<Accordion title={"kept"}>',
    "import x from 'y'",
    '{/* kept */}',
    '```',
  ].join('\n');
  const page = mdx(text);

  it('is a problem at its line and column', () => {
    expect(page.problems).toEqual([
      { line: 22, column: 6, message: expect.stringContaining('Unexpected character `!`') },
    ]);
    expect(mdx('a\n\n<Open>\n\nb').problems).toMatchObject([{ line: 3, column: 1 }]);
    expect(mdx('a\n\nb {').problems).toMatchObject([{ line: 3, column: 4 }]);
  });

  it('is read as Markdown with tags', () => {
    expect(outline(page)).toEqual(['page 1-33 T', '  heading1 12-33 A', '    accordion 19-25 Tokens are blank']);
    expect(page.sections[1]).toMatchObject({ id: 'own', claims: [{ id: 'id-a' }] });
    expect(page.imports).toEqual({ Part: './_part.mdx' });
    expect(blocks(page)).toEqual([
      'label 2 in T: T',
      'label 12 in A: A',
      'label 19 in Tokens are blank: Tokens are blank',
      'prose 20 in Tokens are blank: Indented text and a link.',
      'partial 22 in Tokens are blank: ./y.md',
      'partial 24 in Tokens are blank: Part',
      'prose 27 in A: A stray { brace.',
      'code 30 in A: <Accordion title={"kept"}>\nimport x from \'y\'\n{/* kept */}',
    ]);
    expect(links(page)).toEqual(['/x 20']);
  });

  it('keeps its page when a statement never ends', () => {
    expect(prose(mdx('import { a from "b"\n\nText.\n\nMore.'))).toEqual(['Text.', 'More.']);
    expect(prose(mdx('export const a = {\n\nText.'))).toEqual(['Text.']);
    expect(prose(mdx('export const a = {'))).toEqual([]);
    expect(prose(mdx(`export const a = {${'\n\n'.repeat(300)}}\n\nText. {`))).toEqual(['}', 'Text. {']);
    expect(prose(mdx("import A\n  from './a.mdx'\nimport {\n  b,\n} from 'b'\nexport const c =\n  1\nText."))).toEqual([
      'Text.',
    ]);
    expect(prose(mdx('Words\nimport nothing. {'))).toEqual(['Words import nothing. {']);
  });

  it('keeps what follows a comment that never ends', () => {
    expect(prose(mdx('a {/* b\n\nc'))).toEqual(['a {/* b', 'c']);
    expect(prose(mdx('a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf'))).toEqual(['a c', 'f']);
  });

  it.each([
    ["<Step title={'It\\'s \"T\"'} x={{a: '}'}}>\nx\n</Step>", 'It\'s "T"'],
    ['<Step\n  title={`T`}\n  x={[\n    1,\n  ]}\n>\nx\n</Step>', 'T'],
    ['<Step title="a > b" x={() => 1}>\nx\n</Step>', 'a > b'],
  ])('finds the title in %j', (tag, label) => {
    const broken = mdx(`${tag}\n\n{`);
    expect(broken.sections[1]).toMatchObject({ kind: 'step', label });
    expect(broken.blocks[1]).toMatchObject({ text: 'x', line: tag.split('\n').length - 1 });
  });

  it.each(['<Step title={"T" x\n\ny {', '<Step title="T x\n\ny {', "<Step a={'b}>\n\ny {", '<Step a={b\n\ny'])(
    'keeps the words around the broken tag in %j',
    (tag) => {
      expect(mdx(tag).problems).toHaveLength(1);
      expect(prose(mdx(tag)).join(' ')).toContain('y');
    },
  );

  it('may be no more than Markdown with HTML', () => {
    expect(outline(mdx('<details>\n<summary>T</summary>\nLine<br>\n</details>'))).toEqual([
      'page 1-4',
      '  details 1-4 T',
    ]);
    expect(links(mdx('See <https://a.example>.'))).toEqual(['https://a.example 1']);
    expect(prose(mdx('<pre>\na\n  b\n\n# c\n\nd'))).toEqual(['d']);
  });
});

describe('a page beyond all bounds', () => {
  const body = '\n\n# Title\n\nSee [a](/a)\nand more.\n\n```\ncode\n```\nLast.';

  it.each([
    ['5 MB in one line', 'x'.repeat(5_000_000)],
    ['10,000 quotes', `${'>'.repeat(10_000)} x`],
    ['10,000 lists', `${'- '.repeat(10_000)}x`],
    ['quotes and lists in turn', `${'> 1. '.repeat(5_000)}x`],
    ['300 containers', ':::note\n'.repeat(300)],
    ['marks of emphasis', '_a*b '.repeat(20_000)],
    ['brackets', '['.repeat(50_000)],
    ['comments', 'a <!--'.repeat(20_000)],
    ['cells', `${'|a'.repeat(50_000)}\n${'|-'.repeat(50_000)}`],
  ])('is refused and read line by line: %s', (_, start) => {
    for (const page of [md(start + body), mdx(start + body)]) {
      expect(page.problems).toHaveLength(1);
      expect(blocks(page).slice(-4)).toEqual([
        expect.stringMatching(/^label \d+ in Title: Title$/),
        expect.stringMatching(/^prose \d+ in Title: See \[a\]\(\/a\) and more\.$/),
        expect.stringMatching(/^code \d+ in Title: code$/),
        expect.stringMatching(/^prose \d+ in Title: Last\.$/),
      ]);
      expect(links(page)).toEqual([expect.stringMatching(/^\/a \d+$/)]);
      expect(page.sections[1]).toMatchObject({ kind: 'heading', slugText: 'Title' });
    }
  });

  it.each([
    ['<div>'.repeat(10_000) + '</div>'.repeat(10_000), 'nested more than 200 levels deep'],
    [`${'<div>\n\n'.repeat(300)}x\n\n${'</div>\n\n'.repeat(300)}`, 'nested more than 200 levels deep'],
    [`{"${'}'.repeat(50_000)}`, 'braces or imports too long to parse'],
    [`export const a = \`${'\n\n'.repeat(20_000)}`, 'braces or imports too long to parse'],
  ])('is given up while it is parsed: %#', (start, message) => {
    const page = mdx(`${start}${body}`);
    expect(page.problems).toMatchObject([{ message: expect.stringContaining(message) }]);
    expect(blocks(page)).toContainEqual(expect.stringMatching(/^label \d+ in Title: Title$/));
  });

  it('is refused in Markdown where tags nest too deeply', () => {
    const page = md(`${'<details>\n\n'.repeat(300)}x\n\n## Title`);
    expect(page.problems).toMatchObject([{ line: 1, message: 'nested more than 200 levels deep' }]);
    expect(outline(page).at(-1)).toMatch(/Title$/);
  });

  it('keeps its frontmatter', () => {
    expect(outline(md(`---\ntitle: T\n---\n\n${'['.repeat(50_000)}`))).toEqual(['page 1-5 T']);
  });

  it('is none that people write', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `| \`err_${i}\` | **cause** ${i} | [fix](/f#${i}) |`);
    const page = md(`# T\n\n| a | b | c |\n|--|--|--|\n${rows.join('\n')}\n`);
    expect(page.problems).toEqual([]);
    expect(page.sections).toHaveLength(10_002);
    expect(page.blocks.at(-1)).toMatchObject({ line: 10_004, text: 'err_9999 | cause 9999 | fix' });
    const nested = Array.from({ length: 40 }, (_, i) => `${'  '.repeat(i)}- level ${i}`);
    expect(md(nested.join('\n')).problems).toEqual([]);
  });
});

describe('any text at all', () => {
  const pieces = fc.constantFrom(
    ...'# |## |\n|\n\n|- |> |1. |<details>|<summary>|</summary>|</details>|<A title="x">|</A>|<b>|</b>|**|`|```\n|$| |a'.split(
      '|',
    ),
    ...[
      ':::note\n',
      ':::\n',
      '|a|b|\n|-|-|\n|c|d|\n',
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</table>',
      '<pre>',
      '</pre>',
    ],
    ...[
      '{/* x */}',
      '<!-- x -->',
      '{',
      '}',
      '{"x"}',
      '[a](/b)',
      '[a]',
      '[a]: /c\n',
      '![i](j)',
      '&amp;',
      '\\',
      '\u200b',
      '<svg>',
      '<li>',
    ],
    ...[
      'import A from "./a.mdx"\n',
      '<A/>',
      '---\n',
      'title: x\n',
      '> [!NOTE] t\n',
      '<h2>',
      '</h2>',
      '\t',
      '\r',
      '<br>',
      '{#id}',
      'トークン',
    ],
  );
  const source = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
  );

  it('gives facts that hold together', () => {
    fc.assert(
      fc.property(source, fc.constantFrom('mdx' as const, 'md' as const), (text, syntax) => {
        checkFacts(parsePage(text, syntax), text.split(/\r\n|\n|\r/).length);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same facts twice, as plain JSON', () => {
    fc.assert(
      fc.property(source, (text) => {
        const facts = parsePage(text, 'mdx');
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
        expect(parsePage(text, 'mdx')).toEqual(facts);
      }),
      { numRuns: 100 },
    );
  });
});

function checkFacts({ sections, blocks: all, problems }: PageFacts, lines: number): void {
  expect(sections[0]).toMatchObject({ kind: 'page', parent: -1 });
  for (const [i, { parent, line, endLine }] of sections.entries()) {
    expect(parent).toBeLessThan(i);
    expect(line).toBeLessThanOrEqual(endLine);
    expect(endLine).toBeLessThanOrEqual(sections[parent]?.endLine ?? lines);
  }
  for (const { section, line, endLine, breaks, text, cells } of all) {
    expect(sections[section]?.endLine).toBeGreaterThanOrEqual(endLine);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(endLine);
    const offsets = breaks.filter((_, i) => i % 2 === 0);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    expect(Math.max(0, ...offsets, ...(cells ?? []))).toBeLessThanOrEqual(text.length);
  }
  for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
}
