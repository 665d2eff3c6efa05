import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snippet } from '../../src/review/suggest/page-lines.ts';
import { pasteInto } from '../../src/review/suggest/page-lines.ts';
import { type Files, REGISTRY, review, scenarioOf } from './build-snapshots.ts';

const FRAMEWORKS = ['starlight', 'docusaurus', 'mintlify', 'nextra', 'fumadocs', 'vitepress', 'plain'] as const;

interface Wanted {
  codes: string[];
  causes: string[];
  links: string[];
}

const WANTED: Wanted = {
  codes: ['E_BLANK', 'E_EMPTY'],
  causes: ['token_retrieval not|without enabled', 'raw tokens withheld'],
  links: ['/security/#switch', 'mailto:help@example.com'],
};

function registryFor(framework: string, { codes, causes, links }: Wanted, title = 'Tokens come back blank'): string {
  return JSON.stringify({
    version: 1,
    docs: [{ root: 'docs', framework, route: '/' }],
    gate: { block: 'all' },
    scenarios: [{ id: 'blank-tokens', title, codes, causes, links, pages: ['troubleshooting'] }],
  });
}

interface Tried {
  snippets: Snippet[];
  page: string;
  state: string;
  problems: string[];
}

/** Pastes what is proposed for a page, as often as something is, and judges the page again. */
function pasteAll(page: string, framework: string, syntax: 'mdx' | 'md', wanted = WANTED, title?: string): Tried {
  const path = `docs/troubleshooting.${syntax}`;
  const files = (text: string): Files => ({
    [REGISTRY]: registryFor(framework, wanted, title),
    [path]: text,
    'docs/security.md': '---\ntitle: Security\n---\n\n## Switch\n\nAsk.\n\n## Same\n\nOne.\n\n## Same\n\nTwo.\n',
  });
  const snippets: Snippet[] = [];
  for (let text = page; ; ) {
    const reviewed = review({ before: files(''), after: files(text) });
    const { snippet, after } = scenarioOf(reviewed);
    const problems = reviewed.findings.filter(({ kind }) => kind === 'unparsable-page').map(({ message }) => message);
    if (!snippet || snippets.length === 2) return { snippets, page: text, state: after.state, problems };
    expect(snippet).toMatchObject({ path, syntax });
    snippets.push(snippet);
    text = pasteInto(text, snippet);
  }
}

/** Sections by the label that they get, in the shapes that MDX has, and those that Markdown has. */
const SHAPES: Record<string, [syntaxes: ('mdx' | 'md')[], page: (label: string) => string]> = {
  heading: [['mdx', 'md'], (label) => `# Troubleshooting\n\n## ${label}\n\nSorry about that.\n`],
  details: [
    ['mdx', 'md'],
    (label) => `# Troubleshooting\n\n<details>\n<summary>${label}</summary>\n\nSorry about that.\n\n</details>\n`,
  ],
  'details in a list': [
    ['mdx'],
    (label) =>
      `# Troubleshooting\n\n- See:\n\n  <details>\n  <summary>${label}</summary>\n\n  Sorry.\n\n  </details>\n`,
  ],
  accordion: [
    ['mdx'],
    (label) =>
      `# Troubleshooting\n\n<AccordionGroup>\n  <Accordion title="${label}">\n    Sorry about that.\n  </Accordion>\n</AccordionGroup>\n`,
  ],
  step: [
    ['mdx'],
    (label) =>
      `# Troubleshooting\n\n<Steps>\n  <Step title="${label}">\n    Sorry about that.\n  </Step>\n  <Step title="Next">\n    More.\n  </Step>\n</Steps>\n`,
  ],
  'step with a heading': [
    ['mdx'],
    (label) => `# Troubleshooting\n\n<Steps>\n\n<Step>\n\n### ${label}\n\nSorry about that.\n\n</Step>\n\n</Steps>\n`,
  ],
  'callout component': [['mdx'], (label) => `# Troubleshooting\n\n<Callout title="${label}">\n  Sorry.\n</Callout>\n`],
  'callout directive': [['mdx', 'md'], (label) => `# Troubleshooting\n\n:::warning[${label}]\nSorry.\n:::\n`],
  'callout container': [['md'], (label) => `# Troubleshooting\n\n::: warning ${label}\nSorry.\n:::\n`],
  'callout alert': [['mdx', 'md'], (label) => `# Troubleshooting\n\n> [!WARNING]\n> ${label} is here. Sorry.\n`],
  'bold lead': [
    ['mdx', 'md'],
    (label) => `# Troubleshooting\n\n**${label}**\n\nSorry about that.\n\n**More**\n\nText.\n`,
  ],
  'table row': [
    ['mdx', 'md'],
    (label) => `# Troubleshooting\n\n| Error | Cause | Fix |\n|---|---|---|\n| ${label} | None | None |\n`,
  ],
  'list item': [['mdx', 'md'], (label) => `# Troubleshooting\n\n- **${label}**: sorry.\n- **Another error**: sorry.\n`],
  'whole page': [['mdx', 'md'], (label) => `---\ntitle: "${label}"\n---\n\nSorry about that.\n`],
};

const SHAPE_CASES = Object.entries(SHAPES).flatMap(([shape, [syntaxes, page]]) =>
  syntaxes.map((syntax) => ({ shape, syntax, page })),
);

describe.each(FRAMEWORKS)('what is proposed for %s covers the scenario once it is pasted', (framework) => {
  it.each(SHAPE_CASES)('completing a $shape in $syntax', ({ page, syntax }) => {
    const tried = pasteAll(page('E_BLANK'), framework, syntax);
    expect({ state: tried.state, pasted: tried.snippets.length, problems: tried.problems }, tried.page).toEqual({
      state: 'covered',
      pasted: 1,
      problems: [],
    });
  });

  it.each(SHAPE_CASES)('beside a $shape about another error, in $syntax', ({ page, syntax }) => {
    const tried = pasteAll(page('Invalid state error'), framework, syntax);
    expect({ state: tried.state, pasted: tried.snippets.length, problems: tried.problems }, tried.page).toEqual({
      state: 'covered',
      pasted: 1,
      problems: [],
    });
  });
});

describe('whatever the gap', () => {
  const KNOWN: Wanted = {
    codes: ['E_BLANK', 'E_EMPTY'],
    causes: ['retrieval disabled', 'raw tokens withheld'],
    links: ['/security/#switch', '/security/#same', '/security/#same-1', '/security/', 'https://example.com/x?a=1&b=2'],
  };
  const CODES = [
    'E_BLANK',
    'a|b',
    '{code: 7}',
    '<blank>',
    'No `token` for {user}',
    'x<y && z{1}|w',
    '$E$',
    '[E]: blank',
  ];
  const pages = [
    ...Object.values(SHAPES).map(([, page]) => page),
    () => '',
    () => '\n',
    () => '---\ntitle: Troubleshooting\n---\n',
    () => '---\ntitle: Troubleshooting\n---',
    () => '# Troubleshooting',
  ];
  const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 0 });

  it('one paste covers it: missing, cause, link, several at once, in any page and with any line ends', () => {
    const said = fc.record({ causes: some(KNOWN.causes), links: some(KNOWN.links) });
    fc.assert(
      fc.property(
        fc.constantFrom(...pages),
        fc.constantFrom(...FRAMEWORKS),
        fc.constantFrom('mdx' as const, 'md' as const),
        fc.record({
          codes: fc.subarray(CODES, { minLength: 1 }),
          causes: some(KNOWN.causes),
          links: some(KNOWN.links),
        }),
        said,
        fc.boolean(),
        fc.boolean(),
        (page, framework, syntax, wanted, there, isNamed, isWindows) => {
          const known = `${there.causes.map((cause) => `This is so: ${cause}.`).join(' ')} ${there.links.map((url) => `[see](${url})`).join(' ')}`;
          const text = page(isNamed ? 'E_BLANK' : 'Invalid state')
            .replace('Sorry.', () => known)
            .replace('Sorry about that.', () => known);
          const written = isWindows ? text.replaceAll('\n', '\r\n') : text;
          const tried = pasteAll(written, framework, syntax, wanted);
          expect(tried, tried.page).toMatchObject({ state: 'covered', problems: [] });
          expect(tried.snippets.length, tried.page).toBeLessThanOrEqual(1);
          if (written.includes('\r\n')) expect(tried.page).not.toMatch(/(?<!\r)\n/);
        },
      ),
      { numRuns: 80 },
    );
  });
});
