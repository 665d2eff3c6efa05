import { describe, expect, it } from 'vitest';
import { blocks, links, md, mdx, outline, prose } from './page-outline.ts';

const lines = (...all: string[]) => all.join('\n');

describe('headings', () => {
  it('nest by depth and reach to the end of what they hold', () => {
    const page = md('# A\n\na\n\n### B\n\nb\n\n## C\n\nc\nc\n\n# D\n\nd\n');
    expect(outline(page)).toEqual([
      'page 1-16 A',
      '  heading1 1-12 A',
      '    heading3 5-7 B',
      '    heading2 9-12 C',
      '  heading1 14-16 D',
    ]);
  });

  it('may be underlined', () => {
    expect(outline(md('A `b`\nc\n===\n\nB\n---\n'))).toEqual([
      'page 1-6 A b c',
      '  heading1 1-6 A b c',
      '    heading2 5-6 B',
    ]);
  });

  it('keep their raw text for the anchor', () => {
    const page = mdx('## “Can’t” use `a_b` *now* 🎉 <Badge text="new" />\n\n## “Can’t” use `a_b` *now* 🎉\n');
    expect(page.sections.slice(1).map(({ label, slugText }) => [label, slugText])).toEqual([
      ['"Can\'t" use a_b now 🎉', '“Can’t” use a_b now 🎉 '],
      ['"Can\'t" use a_b now 🎉', '“Can’t” use a_b now 🎉'],
    ]);
  });

  it.each([
    ['## Setup {#own-id}', 'own-id'],
    ['## Setup \\{#own-id\\}', 'own-id'],
    ['## Setup {: #own-id}', 'own-id'],
    ['## Setup {#own-id .wide}', 'own-id'],
    ['## Setup {/* #own-id */}', 'own-id'],
    ['## Setup [#own-id]', 'own-id'],
    ['## Setup {#own-id} ##', 'own-id'],
    ['- ## Setup {#own-id}', 'own-id'],
    ['> ## Setup {#own-id}', 'own-id'],
    ['Setup {#own-id}\n---', 'own-id'],
    ['## Setup', null],
  ])('have the id given by hand in %j', (text, id) => {
    for (const page of [md(text), mdx(text)]) {
      expect(page.problems).toEqual([]);
      expect(page.sections[1]).toMatchObject({ kind: 'heading', label: 'Setup', id, slugText: 'Setup' });
    }
  });

  it('keep what only looks like an id', () => {
    expect(md('## Fixes [#12]').sections[1]).toMatchObject({ label: 'Fixes [#12]', id: null });
    expect(blocks(md('```md\n## A {#b}\n```'))).toEqual(['code 2 in -: ## A {#b}']);
    expect(prose(md('Text {#b}\n\nmore [#c]'))).toEqual(['Text {#b}', 'more [#c]']);
  });

  it('may be HTML', () => {
    const text = '<h2 id="own">Set <em>up</em></h2>\n\nText.\n\n<h3>More</h3>\n\nb';
    for (const page of [md(text), mdx(text)]) {
      expect(outline(page)).toEqual(['page 1-7', '  heading2 1-7 Set up', '    heading3 5-7 More']);
      expect(page.sections[1]).toMatchObject({ id: 'own', slugText: null });
      expect(page.ids).toEqual(['own']);
    }
  });

  it('without words stay sections without a label', () => {
    expect(blocks(md('##\n\ntext'))).toEqual(['prose 3 in -: text']);
    expect(outline(md('##\n\ntext'))).toEqual(['page 1-3', '  heading2 1-3']);
  });

  it('end with the list item or quote they stand in', () => {
    expect(outline(md('## A\n\n1. ### B\n\n   b\n\nAfter.\n\n> ### C\n>\n> c\n\nAfter.'))).toEqual([
      'page 1-13',
      '  heading2 1-13 A',
      '    heading3 3-5 B',
      '    heading3 9-11 C',
    ]);
  });
});

describe('details', () => {
  const text = lines(
    '## Errors',
    '',
    '<details id="one">',
    '<summary>Tokens are `blank`</summary>',
    '',
    'Off by default.',
    '',
    '<details>',
    '<summary>Inner</summary>',
    '',
    '### Deep',
    '',
    'x',
    '',
    '</details>',
    '',
    'Still outer.',
    '',
    '</details>',
    '',
    'Back.',
  );
  const expected = [
    'page 1-21',
    '  heading2 1-21 Errors',
    '    details 3-19 Tokens are blank',
    '      details 8-15 Inner',
    '        heading3 11-13 Deep',
  ];

  it('are sections with their summary as label, nested where they stand', () => {
    const page = mdx(text);
    expect(outline(page)).toEqual(expected);
    expect(page.sections[2]).toMatchObject({ id: 'one', slugText: null });
    expect(blocks(page)).toEqual([
      'label 1 in Errors: Errors',
      'label 4 in Tokens are blank: Tokens are blank',
      'prose 6 in Tokens are blank: Off by default.',
      'label 9 in Inner: Inner',
      'label 11 in Deep: Deep',
      'prose 13 in Deep: x',
      'prose 17 in Tokens are blank: Still outer.',
      'prose 21 in Errors: Back.',
    ]);
  });

  it('are read alike in Markdown, where tags are HTML', () => {
    expect(outline(md(text.replaceAll('`', '')))).toEqual(expected);
  });

  it.each([
    '<details><summary>T</summary>Body.</details>',
    '<details>\n<summary>T</summary>\nBody.\n</details>',
    '<details><summary>\nT\n</summary>\n\nBody.\n</details>',
    '<details open>\n\n<summary>T</summary>\n\nBody.\n\n</details>',
  ])('may be written as %j', (written) => {
    for (const page of [md(written), mdx(written)]) {
      expect(page.sections[1]).toMatchObject({
        kind: 'details',
        label: 'T',
        line: 1,
        endLine: written.split('\n').length,
      });
      expect(page.blocks.map(({ kind, section, text: words }) => [kind, section, words])).toEqual([
        ['label', 1, 'T'],
        ['prose', 1, 'Body.'],
      ]);
    }
  });

  it('may have a heading as summary', () => {
    const page = md(
      '<details>\n<summary><h3>T</h3></summary>\n\nBody.\n\n</details>\n\n<details>\n<summary>\n\n### U\n\n</summary>\n\nx\n</details>',
    );
    expect(outline(page)).toEqual(['page 1-16', '  details 1-6 T', '  details 8-16 U']);
  });

  it('without a summary are sections without a label', () => {
    expect(outline(mdx('<details>\nBody.\n</details>'))).toEqual(['page 1-3', '  details 1-3']);
  });

  it('that are never closed end with the page, and a title with the next list or heading', () => {
    const page = md('<details>\n<summary>T\n\n- item\n\n## B\n\nb');
    expect(outline(page)).toEqual(['page 1-8', '  details 1-8 T', '    heading2 6-8 B']);
  });

  it('may be closed from within a list', () => {
    expect(outline(md('<details>\n<summary>T</summary>\n\n- item\n  </details>\n\nAfter.'))).toEqual([
      'page 1-7',
      '  details 1-5 T',
    ]);
  });

  it('bear end tags that nothing opened', () => {
    expect(blocks(md('a</b></details>\n\n</details></p>\n\nb'))).toEqual(['prose 1 in -: a', 'prose 5 in -: b']);
  });

  it('in old capitals are HTML too', () => {
    expect(outline(md('<DETAILS><SUMMARY>T</SUMMARY>x</DETAILS>'))).toEqual(['page 1-1', '  details 1-1 T']);
  });

  it('may be a component or a container', () => {
    expect(outline(mdx('<Details summary="T">x</Details>'))[1]).toBe('  details 1-1 T');
    expect(outline(md('::: details Click *me* {open}\nx\n:::'))[1]).toBe('  details 1-3 Click me');
  });

  it('have one title', () => {
    expect(prose(mdx('<Details summary="T"><summary>U</summary>x</Details>'))).toEqual(['U', 'x']);
    expect(prose(mdx('<summary>U</summary>\n\nx'))).toEqual(['U', 'x']);
  });
});

describe('titled components', () => {
  it.each([
    ['<Accordion title="T">x</Accordion>', 'accordion', 'T'],
    ['<AccordionItem label="T">x</AccordionItem>', 'accordion', 'T'],
    ['<FAQ question={"T"}>x</FAQ>', 'accordion', 'T'],
    ['<Expandable title={`T`}>x</Expandable>', 'accordion', 'T'],
    ['<Step title="T">x</Step>', 'step', 'T'],
    ['<TabItem label="T">x</TabItem>', 'tab', 'T'],
    ['<TabItem value="v" label="T">x</TabItem>', 'tab', 'T'],
    ['<Tab title="T">x</Tab>', 'tab', 'T'],
    ['<Tabs.Tab value="T">x</Tabs.Tab>', 'tab', 'T'],
    ['<Aside title="T">x</Aside>', 'callout', null],
    ['<Warning title={<>The <code>T</code> of it</>}>x</Warning>', 'callout', null],
    [':::note[T]\nx\n:::', 'callout', null],
    [':::note{title="T"}\nx\n:::', 'callout', null],
    [':::note T\nx\n:::', 'callout', null],
    ['::: warning T\nx\n:::', 'callout', null],
    ['> [!NOTE] T\n> x', 'callout', null],
  ])('%j is a section', (text, kind, slugText) => {
    const page = mdx(text);
    expect(page.problems).toEqual([]);
    expect(page.sections[1]).toMatchObject({
      kind,
      slugText,
      label: expect.stringContaining('T'),
      endLine: text.split('\n').length,
    });
    expect(page.blocks.map((block) => [block.kind, block.section])).toEqual([
      ['label', 1],
      ['prose', 1],
    ]);
  });

  it.each([
    '<Step>x</Step>',
    '<Accordion>x</Accordion>',
    '<Aside>x</Aside>',
    '<Aside title="">x</Aside>',
    '<Aside title={title}>x</Aside>',
    '<Aside {...props}>x</Aside>',
    '<Tab>x</Tab>',
    ':::note\nx\n:::',
    ':::unknown\nx\n:::',
    '> [!NOTE]\n> x',
    '> x',
    '<>x</>',
  ])('%j is none', (text) => {
    expect(outline(mdx(text))).toHaveLength(1);
    expect(prose(mdx(text))).toEqual(['x']);
  });

  it('keep their id and the label of a container its marks', () => {
    expect(mdx('<Accordion id="own" title="T">x</Accordion>')).toMatchObject({
      ids: ['own'],
      sections: [{}, { id: 'own' }],
    });
    expect(mdx(':::tip[A **b** [c](/d)]{#own}\nx\n:::')).toMatchObject({
      ids: ['own'],
      sections: [{}, { label: 'A b c', id: 'own' }],
    });
    expect(links(mdx(':::tip[A **b** [c](/d)]{#own}\nx\n:::'))).toEqual(['/d 1']);
  });

  it('may have their title as an element inside', () => {
    const page = mdx(
      lines(
        '<Accordion type="single">',
        '<AccordionItem value="a">',
        '<AccordionTrigger>First</AccordionTrigger>',
        '<AccordionContent>',
        'One.',
        '</AccordionContent>',
        '</AccordionItem>',
        '</Accordion>',
      ),
    );
    expect(outline(page)).toEqual(['page 1-8', '  accordion 2-7 First']);
    expect(page.unknownComponents).toEqual([]);
  });

  it('take the titles of tabs from the element around them', () => {
    const nextra =
      '<Tabs items={[\'npm\', "yarn"]}>\n<Tabs.Tab>a</Tabs.Tab>\n<Tabs.Tab>b</Tabs.Tab>\n<Tabs.Tab>c</Tabs.Tab>\n</Tabs>';
    expect(outline(mdx(nextra))).toEqual(['page 1-5', '  tab 2-2 npm', '  tab 3-3 yarn']);
    const docusaurus =
      "<Tabs values={[{label: 'Use npm', value: 'npm'}, {value: 'x'}]}>\n<TabItem value=\"npm\">a</TabItem>\n<TabItem value=\"x\">b</TabItem>\n</Tabs>";
    expect(outline(mdx(docusaurus))).toEqual(['page 1-4', '  tab 2-2 Use npm', '  tab 3-3 x']);
    expect(outline(mdx('<Tabs items={list.map(f)}>\n<Tab>a</Tab>\n</Tabs>'))).toHaveLength(1);
    expect(outline(mdx('<Tabs items={[{a: "b"}]}>\n<Tab>a</Tab>\n</Tabs>'))).toHaveLength(1);
  });

  it('let what follows go on where it was', () => {
    const page = mdx(
      '## A\n\n<Tabs>\n<Tab title="T">\n\n## Inside\n\nx\n\n</Tab>\n</Tabs>\n\nback\n\n### B\n\n<Steps>\n\n### C\n\n</Steps>\n\nc',
    );
    expect(outline(page)).toEqual([
      'page 1-23',
      '  heading2 1-23 A',
      '    tab 4-10 T',
      '      heading2 6-8 Inside',
      '    heading3 15-15 B',
      '    heading3 19-23 C',
    ]);
    expect(blocks(page)).toContain('prose 13 in A: back');
    expect(blocks(page)).toContain('prose 23 in C: c');
  });

  it('stand inside steps and list items too', () => {
    const page = md('1. One\n\n   :::tip[T]\n   x\n   :::\n\n2. Two');
    expect(outline(page)).toEqual(['page 1-7', '  callout 3-5 T']);
  });

  it('read the rest of an alert as its body', () => {
    expect(blocks(md('> [!TIP]\n> one\n>\n> two'))).toEqual(['prose 2 in -: one', 'prose 4 in -: two']);
    expect(blocks(md('> [!TIP]- A *b*\n> one\n>\n> two'))).toEqual([
      'label 1 in A b: A b',
      'prose 2 in A b: one',
      'prose 4 in A b: two',
    ]);
    expect(blocks(md('> [!TIP] A *b*  \n> one'))).toEqual(['label 1 in A b: A b', 'prose 2 in A b: one']);
    expect(blocks(md('> [!TIP] A *b*'))).toEqual(['label 1 in A b: A b']);
    expect(blocks(md('> **[!TIP]** x'))).toEqual(['prose 1 in -: [!TIP] x']);
    expect(blocks(md('> # x'))).toEqual(['label 1 in x: x']);
  });
});

describe('cards', () => {
  it('with a body are sections whose title only mentions', () => {
    const page = mdx('<Card title="Errors" href="/e" description="All of them">\nBody.\n</Card>');
    expect(outline(page)).toEqual(['page 1-3 '.trim(), '  card 1-3 Errors']);
    expect(blocks(page)).toEqual([
      'attribute 1 in Errors: Errors',
      'attribute 1 in Errors: All of them',
      'prose 2 in Errors: Body.',
    ]);
    expect(page.blocks[0]?.links).toEqual([{ url: '/e', line: 1 }]);
  });

  it('without a body are attributes of the section around them', () => {
    const page = mdx(
      '## Next\n\n<CardGrid>\n<LinkCard title="Errors" description="All" href="/e" />\n<Card href="/f" />\n</CardGrid>',
    );
    expect(blocks(page).slice(1)).toEqual([
      'attribute 4 in Next: Errors',
      'attribute 4 in Next: All',
      'attribute 5 in Next: ',
    ]);
    expect(page.blocks.map((block) => block.links.length)).toEqual([0, 1, 0, 1]);
  });
});

describe('bold paragraphs', () => {
  it('are titles until the next one, the next heading or the end around them', () => {
    const page = md(
      '## A\n\n**First**\n\none\n\n**Second:**\n\ntwo\n\n### B\n\n**Third**.\n\nthree\n\n> **Fourth**\n>\n> four\n\nfive',
    );
    expect(outline(page)).toEqual([
      'page 1-21',
      '  heading2 1-21 A',
      '    bold 3-5 First',
      '    bold 7-9 Second',
      '    heading3 11-21 B',
      '      bold 13-21 Third',
      '        bold 17-19 Fourth',
    ]);
    expect(blocks(page)).toContain('label 7 in Second: Second:');
    expect(blocks(page)).toContain('prose 21 in Third: five');
  });

  it.each([
    '**Error: tokens are blank**',
    '**Error 401 on sign-in**',
    '**Why are my tokens blank?**',
    '**`invalid_client`**',
    '**1. Create the app**',
    '<p><strong>Tokens are blank</strong></p>',
    '<b>Tokens are blank</b>',
  ])('%j is a title', (text) => {
    expect(md(`${text}\n\nx`).sections[1]?.kind).toBe('bold');
  });

  it.each([
    '**Cause**',
    '**Fix:**',
    '**How to fix it**',
    '**Why does this happen?**',
    '**Error:**',
    '**Prerequisites**',
    '**Step 2**',
    '**Tokens** are blank',
    'The **tokens**',
    '**Tokens** **blank**',
    '**Tokens are blank**: see below',
    '*Tokens are blank*',
    '****',
    '**Do not share this token with anybody at all, not even when they ask for it twice a day.**',
    '- **Tokens are blank**\n\n  x',
    '- > **Tokens are blank**',
  ])('%j is none', (text) => {
    expect(md(`${text}\n\nx`).sections.map(({ kind }) => kind)).not.toContain('bold');
  });
});

describe('list items', () => {
  it('with a bold or code lead are sections', () => {
    const page = md(
      lines(
        '## A',
        '',
        '- **Tokens are blank** – call again.',
        '  - nested',
        '',
        '  More.',
        '- **Logs:** off.',
        '- `err_x`: why',
        '- `err_y` — why',
        '- [**Linked**](/l) text',
        '1. **`err_z`**',
        '',
        'After.',
      ),
    );
    expect(outline(page)).toEqual([
      'page 1-13',
      '  heading2 1-13 A',
      '    item 3-6 Tokens are blank',
      '    item 7-7 Logs',
      '    item 8-8 err_x',
      '    item 9-9 err_y',
      '    item 10-10 Linked',
      '    item 11-11 err_z',
    ]);
    expect(blocks(page)).toEqual([
      'label 1 in A: A',
      'prose 3 in Tokens are blank: Tokens are blank - call again.',
      'prose 4 in Tokens are blank: nested',
      'prose 6 in Tokens are blank: More.',
      'prose 7 in Logs: Logs: off.',
      'prose 8 in err_x: err_x: why',
      'prose 9 in err_y: err_y - why',
      'prose 10 in Linked: Linked text',
      'prose 11 in err_z: err_z',
      'prose 13 in A: After.',
    ]);
  });

  it.each([
    '- **Cause**: x',
    '- **Fix the URL**: x',
    '- **Note** x',
    '- `code` is x',
    '- `code`',
    '- the **lead**',
    '- **Tok**ens',
    '- ****',
    '- a\n\n  **b**',
  ])('%j is no section', (text) => {
    expect(outline(md(text))).toHaveLength(1);
  });

  it('in HTML are read alike', () => {
    const text =
      '<ul>\n<li><b>One</b>: a\n<li><code>err_x</code>: b</li>\n<li><p><strong>Two</strong></p><p>c</p></li>\n</ul>\n\n<li>stray</li>';
    expect(outline(md(text))).toEqual(['page 1-7', '  item 2-3 One', '  item 3-3 err_x', '  item 4-4 Two']);
  });
});

describe('tables', () => {
  it('have a section for each row of the body', () => {
    const page = md(
      lines(
        '## A',
        '',
        '| Error | Cause | |',
        '|--|--|--|',
        '| `err_x` | off, [see](/x) | y<br>z |',
        '| | | |',
        '| b | `a \\| c` |',
        '',
        'After.',
      ),
    );
    expect(outline(page)).toEqual(['page 1-9', '  heading2 1-9 A', '    row 5-5 err_x', '    row 7-7 b']);
    expect(page.blocks.slice(1)).toEqual([
      { kind: 'head', section: 1, text: 'Error | Cause | ', line: 3, endLine: 3, breaks: [], links: [] },
      {
        kind: 'row',
        section: 2,
        text: 'err_x | off, see | y\nz',
        line: 5,
        endLine: 5,
        breaks: [],
        links: [{ url: '/x', line: 5 }],
        cells: [8, 19],
      },
      { kind: 'row', section: 3, text: 'b | a | c', line: 7, endLine: 7, breaks: [], links: [], cells: [4] },
      { kind: 'prose', section: 1, text: 'After.', line: 9, endLine: 9, breaks: [], links: [] },
    ]);
  });

  it('may have samples in their cells', () => {
    const text = '| Error | Cause |\n|--|--|\n| <pre>err_x</pre> | off |';
    for (const page of [md(text), mdx(text)])
      expect(page.blocks[1]).toMatchObject({ kind: 'row', text: 'err_x | off' });
  });

  const html = lines(
    '<table>',
    '<caption>Codes</caption>',
    '<thead><tr><th>Error</th><th>Cause</th></tr></thead>',
    '<tbody>',
    '<tr id="x"><td><pre>err_x',
    'err_y</pre></td><td>',
    '<p>One</p><ul><li>two</li></ul><h3>three</h3>',
    '<table><tr><td>four</td><td>five</td></tr></table>',
    '</td></tr>',
    '<tr><th>b</th><td></td></tr>',
    '</tbody>',
    '</table>',
  );

  it('may be HTML', () => {
    const page = md(html);
    expect(outline(page)).toEqual(['page 1-12', '  row 5-9 err_x err_y', '  row 10-10 b']);
    expect(page.ids).toEqual(['x']);
    expect(page.blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['prose', 'Codes'],
      ['head', 'Error | Cause'],
      ['row', 'err_x err_y | One\ntwo\nthree\nfour\nfive'],
      ['row', 'b | '],
    ]);
    expect(page.blocks[2]).toMatchObject({ line: 5, endLine: 9, breaks: [6, 6, 14, 7, 28, 8], cells: [14] });
  });

  it('may be JSX', () => {
    const page = mdx(
      '<table>\n<tr><th>Error</th><th>Cause</th></tr>\n<tr><td>`err_x`</td><td>off <Icon label="i" /></td></tr>\n</table>',
    );
    expect(blocks(page)).toEqual([
      'head 2 in -: Error | Cause',
      'row 3 in err_x: err_x | off',
      'attribute 3 in err_x: i',
    ]);
  });

  it('may leave out end tags', () => {
    const page = md('<table>\n<thead>\n<tr><th>A<th>B\n<tbody>\n<tr><td>a<td>b\n<tr><td>c<td>d\n</table>\n\nAfter.');
    expect(page.blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['head', 'A | B'],
      ['row', 'a | b'],
      ['row', 'c | d'],
      ['prose', 'After.'],
    ]);
  });

  it('keep blocks of Markdown and titled elements in their cell', () => {
    const page = mdx(
      '<table>\n<tr>\n<td>\n\n- a\n\n> b\n\n```\nc\n```\n\n<details><summary>d</summary>e</details>\n\n| f | g |\n|--|--|\n\n# h\n\n<Aside title="i">j</Aside>\n\n</td>\n</tr>\n</table>',
    );
    expect(outline(page)).toEqual(['page 1-24', '  row 2-23 a b c d e f g h j']);
    expect(blocks(page)[1]).toBe('attribute 20 in a b c d e f g h j: i');
  });

  it('bear rows and cells outside a table', () => {
    expect(blocks(md('<tr><td>a</td></tr><thead><li>b'))).toEqual(['prose 1 in -: a', 'prose 1 in -: b']);
  });
});
