import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snippet } from '../../../src/review/suggest/page-lines.ts';
import {
  BLANK_TOKENS,
  edit,
  type Files,
  REGISTRY,
  registry,
  review,
  SECURITY,
  scenarioOf,
} from '../build-snapshots.ts';

const FIX = 'docs/security.md';
const GATE = 'gate:\n  block: all\n';

const CODED = `  - id: blank-tokens
    title: Tokens come back blank because of E_BLANK
    codes: [E_BLANK, E_EMPTY]
    causes: ["token_retrieval not|without enabled", "raw tokens withheld"]
    links: ["/security/#switch", "mailto:help@example.com"]
    pages: [troubleshooting]
`;

const FIX_PAGE = `${SECURITY}\n## Switch\n\nAsk support.\n`;

interface Tried {
  snippet: Snippet | null;
  /** The page with the snippet in it. */
  pasted: string;
  after: string;
  problems: string[];
}

/** Reviews a page that has a gap, pastes what is proposed and reviews the page again. */
function tryOn(page: string, scenarios = CODED, path = 'docs/troubleshooting.mdx'): Tried {
  const files = (text: string): Files => ({ [REGISTRY]: registry(scenarios, GATE), [path]: text, [FIX]: FIX_PAGE });
  const before = files(page);
  const { snippet } = scenarioOf(review({ before, after: { ...before, 'x.txt': '' } }));
  const lines = page.split('\n');
  if (snippet) lines.splice(snippet.afterLine, 0, ...snippet.text.split('\n'));
  const pasted = lines.join('\n');
  const again = review({ before: files(''), after: files(pasted) });
  const problems = again.findings.filter(({ kind }) => kind === 'unparsable-page').map(({ message }) => message);
  return { snippet, pasted, after: scenarioOf(again).after.state, problems };
}

function expectCovered(tried: Tried, shape: Snippet['shape']): void {
  expect({ shape: tried.snippet?.shape, after: tried.after, problems: tried.problems }, tried.pasted).toEqual({
    shape,
    after: 'covered',
    problems: [],
  });
}

const DETAILS = `---
title: Troubleshooting
---

## Sign-in errors

<details>
<summary>Redirect mismatch</summary>

Compare the two addresses.

</details>

<details>
<summary>\`E_STATE\`: invalid state</summary>

Clear the cookies.

</details>

## Getting help

Write to us.
`;

describe('a section of its own, in the shape that the page has', () => {
  it('goes after the last details element about a failure', () => {
    const tried = tryOn(DETAILS);
    expectCovered(tried, 'details');
    expect(tried.snippet).toEqual({
      path: 'docs/troubleshooting.mdx',
      afterLine: 19,
      shape: 'details',
      purpose: 'adds a section',
      syntax: 'mdx',
      text: `
<details>
<summary>Tokens come back blank because of \`E_BLANK\`</summary>

Also reported as \`E_EMPTY\`.

This happens when: **\`token_retrieval\` not enabled**; **raw tokens withheld**.

To fix it, see [Switch](/security/#switch) and [help@example.com](mailto:help@example.com).

</details>`,
    });
  });

  it('writes a summary as HTML in a Markdown file', () => {
    const tried = tryOn(DETAILS, edit(CODED, 'of E_BLANK', 'of <E_BLANK> & more'), 'docs/troubleshooting.md');
    expectCovered(tried, 'details');
    expect(tried.snippet?.text).toContain(
      '<summary>Tokens come back blank because of &lt;<code>E_BLANK</code>&gt; &amp; more</summary>',
    );
  });

  it('uses the accordion component of the page, indented as it is', () => {
    const page = `# Troubleshooting

<AccordionGroup>
  <Accordion title="Redirect mismatch error">
    Compare the two addresses.
  </Accordion>
</AccordionGroup>
`;
    const tried = tryOn(page, edit(CODED, 'of E_BLANK', 'of \\"E_BLANK\\"').replace(/title: (.*)/, 'title: "$1"'));
    expectCovered(tried, 'accordion');
    expect(tried.snippet?.text).toContain(
      '\n  <Accordion title="Tokens come back blank because of &quot;E_BLANK&quot;">\n',
    );
    expect(tried.snippet?.text).toContain('\n  </Accordion>');
    const long = edit(page, '<Accordion title="', '<Accordion\n    title="');
    expectCovered(tryOn(long), 'accordion');
  });

  it('uses a heading of the depth that failures have', () => {
    const page =
      '# Troubleshooting\n\n## Sign-in\n\n### Redirect mismatch\n\nCompare.\n\n### Invalid state\n\nClear.\n\n## Help\n\nAsk.\n';
    const tried = tryOn(page);
    expectCovered(tried, 'heading');
    expect(tried.snippet).toMatchObject({ afterLine: expect.any(Number), text: expect.stringContaining('### Tokens') });
    expect(tried.pasted.indexOf('### Tokens')).toBeLessThan(tried.pasted.indexOf('## Help'));
  });

  it('adds a row with the columns of the table', () => {
    const page =
      '# Troubleshooting\n\n| Error | Count | Cause | What to do |\n|---|---|---|---|\n| `E_STATE` | 1 | Old cookie | Clear it |\n| `E_OFF` | 2 | Off | On |\n\nMore.\n';
    const tried = tryOn(page, edit(CODED, 'of E_BLANK', 'of E_BLANK|other'));
    expectCovered(tried, 'row');
    expect(tried.snippet).toMatchObject({ afterLine: 6, purpose: 'adds a table row' });
    expect(tried.snippet?.text).toBe(
      '| Tokens come back blank because of `E_BLANK`\\|other | – | Happens when: **`token_retrieval` not enabled**; **raw tokens withheld**. | See [Switch](/security/#switch) and [help@example.com](mailto:help@example.com). |',
    );
  });

  it('names the failure in the first cell and puts the rest in the only other column', () => {
    const page = '# Troubleshooting\n\n| Symptom | Notes |\n|---|---|\n| Login fails | Try again |\n';
    const tried = tryOn(page, edit(BLANK_TOKENS, 'Tokens come back blank', 'Nothing arrives'));
    expectCovered(tried, 'row');
    expect(tried.snippet?.text).toBe(
      '| Tokens blank | Happens when: **retrieval disabled**. See [Security](/security/). |',
    );
  });

  it('adds a list item with a bold lead, numbered where the list is', () => {
    const page =
      '# Troubleshooting\n\n1. **Redirect mismatch**: compare the two.\n2. **Invalid state**: clear the cookies.\n';
    const tried = tryOn(page);
    expectCovered(tried, 'item');
    expect(tried.snippet?.text).toMatch(/^3\. \*\*Tokens come back blank because of `E_BLANK`\*\*: /);
    expect(tried.snippet?.purpose).toBe('adds a list item');
    expectCovered(tryOn(page.replace(/^\d\./gm, '-')), 'item');
  });

  it('goes under a heading at the end of a page that has nothing like it', () => {
    const tried = tryOn('---\ntitle: Troubleshooting\n---\n\n### Hello\n\nWelcome.');
    expectCovered(tried, 'heading');
    expect(tried.snippet).toMatchObject({ afterLine: 7, text: expect.stringMatching(/^\n### Tokens/) });
    expectCovered(tryOn(''), 'heading');
    expectCovered(tryOn('# Troubleshooting\n'), 'heading');
  });

  it('says a symptom in a sentence under a title that does not', () => {
    const tried = tryOn(DETAILS, edit(BLANK_TOKENS, 'Tokens come back blank', 'Nothing is there. Why?'));
    expectCovered(tried, 'details');
    expect(tried.snippet?.text).toContain(
      '<summary>Nothing is there, Why</summary>\n\nWhat you see: **tokens blank**.',
    );
  });

  it('titles the section with the symptom where the title is excepted or there is no cause', () => {
    const excepted = edit(
      `${BLANK_TOKENS}    except: ["fixed in"]\n`,
      'Tokens come back blank',
      'Tokens were blank, fixed in 2',
    );
    expect(tryOn(DETAILS, excepted).snippet?.text).toContain('<summary>Tokens blank</summary>');
    const causeless = edit(BLANK_TOKENS.replace(/ {4}causes.*\n/, ''), 'Tokens come back blank', 'Nothing is there');
    const tried = tryOn(DETAILS, causeless);
    expectCovered(tried, 'details');
    expect(tried.snippet?.text).toContain('<summary>Tokens blank</summary>\n\nNothing is there.\n\nTo fix it');
  });

  it('puts a message in the title as it stands, and the title below it', () => {
    const tried = tryOn(DETAILS, edit(CODED, '[E_BLANK, E_EMPTY]', '["No `token` for {user}, sorry"]'));
    expectCovered(tried, 'details');
    expect(tried.snippet?.text).toContain(
      '<summary>``No `token` for {user}, sorry``</summary>\n\nTokens come back blank because of E_BLANK.',
    );
  });
});

describe('lines for a section that names the failure already', () => {
  const cases: [string, string][] = [
    [
      'under a heading, after its first paragraph',
      '# Troubleshooting\n\n## E_BLANK\n\nSorry\nabout that.\n\n### More\n\nText.\n',
    ],
    ['under a heading that is underlined', 'Troubleshooting\n===============\n\nE_BLANK\n-------\n\n- Try again.\n'],
    ['under a heading with nothing below it', '# Troubleshooting\n\n## E_BLANK\n\n## Next\n\nText.\n'],
    [
      'in a details element, before its end',
      '# Troubleshooting\n\n<details>\n<summary>E_BLANK</summary>\n\n1. Try again.\n\n</details>\n',
    ],
    [
      'in an accordion, indented as its text',
      '# Troubleshooting\n\n<Accordion title="E_BLANK">\n    Sorry.\n</Accordion>\n',
    ],
    ['in an empty accordion', '# Troubleshooting\n\n<Accordion title="E_BLANK">\n</Accordion>\n'],
    ['in a directive', '# Troubleshooting\n\n:::note[E_BLANK]\nSorry.\n:::\n\nMore.\n'],
    [
      'below a table for its row',
      '# Troubleshooting\n\n| Error | Fix |\n|---|---|\n| E_BLANK | None |\n| E_OTHER | None |\n\nMore.\n',
    ],
    [
      'in a list item with a bold lead',
      '# Troubleshooting\n\n- **E_BLANK**: sorry about\n  that.\n- **E_OTHER**: more.\n',
    ],
    [
      'in a list item that names it',
      '# Troubleshooting\n\n## Other\n\n- A word about E_BLANK and\n  its kin.\n- More.\n',
    ],
    ['after a paragraph that names it', '# Troubleshooting\n\n## Other\n\nA word about E_BLANK.\n\nMore.\n'],
    ['in a quote that names it', '# Troubleshooting\n\n## Other\n\n> A word about E_BLANK.\n\nMore.\n'],
    ['under a bold title', '# Troubleshooting\n\n**E_BLANK**\n\nSorry.\n\n**More**\n\nText.\n'],
    ['under the title of the page', '---\ntitle: E_BLANK\n---\n\nimport X from "./x.js"\n\n<X />\n\n## Why\n\nText.\n'],
  ];
  it.each(cases)('%s', (_, page) => {
    const tried = tryOn(page);
    expectCovered(tried, 'lines');
    expect(tried.snippet?.purpose).toMatch(/^completes “.*”$/);
  });

  it.each([
    [
      'in a callout that names it',
      '# Troubleshooting\n\n## Other\n\nSorry.\n\n<Aside title="Note">\n  A word about E_BLANK.\n</Aside>\n\nMore.\n',
    ],
    [
      'in an accordion with lines of several depths',
      '# Troubleshooting\n\n<Accordion title="E_BLANK">\n  - a\n    - b\n\n  c\n</Accordion>\n',
    ],
    ['under a heading that ends the file', '# Troubleshooting\n\n## E_BLANK'],
    ['in a title without frontmatter', 'import X from "./x.js"\n\n# E_BLANK\n'],
  ])('%s', (_, page) => expectCovered(tryOn(page), 'lines'));

  it.each([
    [
      'in a details element on one line',
      '# Troubleshooting\n\n<details><summary>E_BLANK</summary>Sorry.</details>\n',
      'mdx',
      'details',
    ],
    [
      'in a table in HTML',
      '# Troubleshooting\n\n<table>\n<tr><td>E_BLANK</td><td>Sorry</td></tr>\n</table>\n',
      'md',
      'heading',
    ],
    ['in a list in HTML', '# Troubleshooting\n\n<ul>\n<li><b>E_BLANK</b>: sorry.</li>\n</ul>\n', 'md', 'heading'],
  ])('where no line can be followed, %s, a section of its own is proposed', (_, page, syntax, shape) => {
    expectCovered(tryOn(page, CODED, `docs/troubleshooting.${syntax}`), shape as 'heading');
  });

  it('names a row by its symptom below the table, and writes only what the row lacks', () => {
    const page = '# Troubleshooting\n\n| Symptom | Why |\n|---|---|\n| Tokens are blank | Retrieval is disabled |\n';
    const tried = tryOn(page, BLANK_TOKENS);
    expectCovered(tried, 'lines');
    expect(tried.snippet?.text).toBe('\nTo fix tokens blank, see [Security](/security/).');
    const linked = tryOn(edit(page, 'Retrieval is disabled', '[Fix](/security/)'), BLANK_TOKENS);
    expectCovered(linked, 'lines');
    expect(linked.snippet?.text).toBe('\nFor tokens blank, this happens when: **retrieval disabled**.');
  });

  it('writes a link to where its target has moved', () => {
    const before: Files = {
      [REGISTRY]: registry(BLANK_TOKENS.replace('/security/', '/security/#switch'), GATE),
      'docs/troubleshooting.mdx': '# Troubleshooting\n',
      [FIX]: FIX_PAGE,
    };
    const after: Files = { ...before, 'docs/safety.md': FIX_PAGE };
    delete after[FIX];
    expect(scenarioOf(review({ before, after })).snippet?.text).toContain('[Switch](/safety#switch)');
  });

  it('lists many codes and links', () => {
    const many = CODED.replace('E_EMPTY]', 'E_EMPTY, E_NONE]').replace('"mailto', '"https://example.com/x", "mailto');
    const { snippet } = tryOn(DETAILS, many);
    expect(snippet?.text).toContain('Also reported as `E_EMPTY`, `E_NONE`.');
    expect(snippet?.text).toContain('[Switch](/security/#switch), [example.com/x](https://example.com/x) and [help@');
  });

  it('holds only what is lacking', () => {
    const page = '# Troubleshooting\n\n## E_BLANK\n\nRaw tokens are withheld. See [security](/security/#switch).\n';
    const tried = tryOn(page);
    expectCovered(tried, 'lines');
    expect(tried.snippet?.text).toBe(
      '\nThis happens when: **`token_retrieval` not enabled**.\n\nTo fix it, see [help@example.com](mailto:help@example.com).',
    );
  });

  it('stands in the partial that names the failure', () => {
    const files = (partial: string): Files => ({
      [REGISTRY]: registry(CODED, GATE),
      'docs/troubleshooting.mdx': "import Part from './_part.mdx'\n\n# Troubleshooting\n\n<Part />\n",
      'docs/_part.mdx': partial,
      [FIX]: FIX_PAGE,
    });
    const before = files('## E_BLANK\n\nSorry.\n');
    const { snippet } = scenarioOf(review({ before, after: { ...before, 'x.txt': '' } }));
    expect(snippet).toMatchObject({ path: 'docs/_part.mdx', afterLine: 3, shape: 'lines' });
  });
});

describe('where no text helps', () => {
  it('proposes nothing for a hidden page, a forbidden phrase or a link that leads nowhere', () => {
    const full = tryOn('# Troubleshooting\n').pasted;
    expect(tryOn(`---\ndraft: true\n---\n\n${full}`).snippet).toBeNull();
    const never = `${CODED}    never: ["enable raw tokens"]\n`;
    expect(tryOn(`${full}\nSo enable the raw tokens.\n`, never).snippet).toBeNull();
    expect(
      tryOn(full.replaceAll('/security/#switch', '/gone/'), CODED.replaceAll('/security/#switch', '/gone/')).snippet,
    ).toBeNull();
  });

  it('proposes nothing where readers look at no page', () => {
    expect(tryOn('# Hello\n', edit(CODED, '[troubleshooting]', '[gone]')).snippet).toBeNull();
    expect(tryOn('# Hello\n', CODED.replace(/ {4}pages.*\n/, ''), 'docs/hello.mdx').snippet).toBeNull();
  });

  it('takes the page about failures where the scenario has no pages', () => {
    expectCovered(tryOn('# Hello\n', CODED.replace(/ {4}pages.*\n/, '')), 'heading');
  });
});

describe('a section of its own for what is named in passing or in a sample', () => {
  it('is proposed beside a sample', () => {
    expectCovered(tryOn('# Troubleshooting\n\n## Sample\n\n```\nE_BLANK\n```\n'), 'heading');
  });

  it('is proposed where a scenario without causes is only mentioned', () => {
    expectCovered(
      tryOn('# Troubleshooting\n\n## Other\n\nA word about E_BLANK.\n', CODED.replace(/ {4}causes.*\n/, '')),
      'heading',
    );
  });
});

it('keeps hostile text of the registry data, whatever the shape', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(...'ab1 {}<>/\\`*_[]()|"\'#:!&~$@-=\u202e\u200b'.split('')),
    minLength: 1,
    maxLength: 24,
  });
  const pages = [DETAILS, '# Troubleshooting\n', '# Troubleshooting\n\n| Error | Fix |\n|---|---|\n| E_1 | None |\n'];
  fc.assert(
    fc.property(
      hostile,
      hostile,
      fc.constantFrom(...pages),
      fc.constantFrom('mdx', 'md'),
      (title, cause, page, syntax) => {
        const scenarios = `  - id: blank-tokens
    title: ${JSON.stringify(`T ${title}`)}
    codes: [E_BLANK]
    causes: [${JSON.stringify(`retrieval ${cause}`)}]
    pages: [troubleshooting]
`;
        const tried = tryOn(page, scenarios, `docs/troubleshooting.${syntax}`);
        expect(tried.problems, tried.pasted).toEqual([]);
        expect(tried.after, tried.pasted).toBe('covered');
      },
    ),
    { numRuns: 60 },
  );
});
