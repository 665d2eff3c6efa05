/** Whole reviews of pages that somebody made to be slow. Each says what must come out; none is held against a clock. */
import { describe, expect, it } from 'vitest';
import { BLANK_TOKENS, COVERING, type Files, REGISTRY, registry, review, SECURITY } from './review/build-snapshots.ts';

const SITE: Files = {
  [REGISTRY]: registry(BLANK_TOKENS),
  'docs/troubleshooting.md': COVERING,
  'docs/security.md': SECURITY,
};
const reviewed = (more: Files, before: Files = {}) =>
  review({ before: { ...SITE, ...before }, after: { ...SITE, ...more } });
const stateOf = (more: Files) => reviewed(more).scenarios[0]?.after.state;

describe('a page', () => {
  it('with 40,000 anchors knows the last of them', () => {
    const anchors = Array.from({ length: 40_000 }, (_, at) => `<a id="a${at}"></a>`).join('\n');
    const wants = (anchor: string): Files => ({
      [REGISTRY]: registry(BLANK_TOKENS.replace('/security/', `"/many/#${anchor}"`)),
      'docs/troubleshooting.md': COVERING.replace('/security/', `/many/#${anchor}`),
      'docs/many.md': `# Many\n\n${anchors}\n`,
    });
    const states = ['a39999', 'a40000'].map((anchor) => reviewed(wants(anchor), wants(anchor)).scenarios[0]?.after);
    expect(states[0]?.state).toBe('covered');
    expect(states[1]?.gaps.map(({ kind }) => kind)).toEqual(['broken-link']);
  });

  it('with 5,000 headings of one name gives each an anchor of its own', () => {
    const page = `# Many\n\n${'## Same\n\nText.\n\n'.repeat(5_000)}`;
    expect(stateOf({ 'docs/many.md': page })).toBe('covered');
  });

  it('with a table of 4,000 rows finds the row that names the failure', () => {
    const rows = Array.from({ length: 4_000 }, (_, at) => `| E-${at} | nothing of weight |`);
    rows[3_900] = '| tokens are blank | retrieval is disabled, see [Security](/security/) |';
    const table = `# Errors\n\n| code | why |\n|---|---|\n${rows.join('\n')}\n`;
    const pages = SITE[REGISTRY]!.toString().replace('pages: [troubleshooting]', 'pages: [errors]');
    const files = { ...SITE, [REGISTRY]: pages, 'docs/errors.md': table };
    expect(review({ before: files, after: files }).scenarios[0]?.after.state).toBe('covered');
  });

  it.each([
    ['five megabytes in one line', 'x'.repeat(5_000_000)],
    ['200,000 links', '[a](b) '.repeat(200_000)],
    ['a million open brackets', '['.repeat(1_000_000)],
    ['a heading of 100,000 characters', `# ${'a '.repeat(50_000)}`],
    ['100,000 footnotes', Array.from({ length: 100_000 }, (_, at) => `[^${at}]: x`).join('\n')],
    ['definitions that nobody uses', Array.from({ length: 50_000 }, (_, at) => `[d${at}]: /x`).join('\n')],
    ['frontmatter that never ends', `---\n${'a: b\n'.repeat(5_000)}`],
    ['entities', '&amp;'.repeat(20_000)],
    ['100,000 lines that continue a quote', `> a\n${'b\n'.repeat(100_000)}`],
    ['100,000 lines that continue a quote within a quote', `> > a\n${'> b\n'.repeat(100_000)}`],
    ['100,000 lines that continue an item', `- a\n${'b\n'.repeat(100_000)}`],
    ['100,000 lines with blanks at their end', 'a  \n'.repeat(100_000)],
    ['20,000 lists that end', '- a\n  - b\n'.repeat(10_000)],
    ['20,000 quotes that end', '> a\n\n> > b\n\n'.repeat(10_000)],
    ['20,000 underlined headings', 'a\n=\n\n'.repeat(20_000)],
    ['emphasis crossed in a quote', '> *a a_\n'.repeat(20_000)],
    ['emphasis crossed in what is no table', '|*a a_\n'.repeat(20_000)],
    ['emphasis crossed in what is no heading', '#*a a_\n'.repeat(20_000)],
    ['emphasis crossed in what is no list', `a\n${'2. *a a_\n'.repeat(20_000)}`],
  ])('of %s changes nothing about another one', (_, text) => {
    expect(stateOf({ 'docs/hostile.md': text })).toBe('covered');
    expect(stateOf({ 'docs/hostile.mdx': text })).toBe('covered');
  });
});

describe('links', () => {
  it('that send readers in a circle are no cause, however long the circle', () => {
    const files: Files = { ...SITE };
    const length = 2_000;
    for (let at = 0; at < length; at += 1) {
      const next = (at + 1) % length;
      files[`docs/c${at}.md`] =
        `# Tokens are blank ${at}\n\n## Tokens are blank\n\n[more](/c${next}/#tokens-are-blank)\n`;
    }
    files['docs/troubleshooting.md'] =
      '# Troubleshooting\n\n## Tokens are blank\n\nSee [here](/c0/#tokens-are-blank).\n';
    expect(review({ before: files, after: files }).scenarios[0]?.after.state).toBe('partial');
  });

  it('redirected in a circle lead nowhere and end', () => {
    const redirects = Array.from({ length: 5_000 }, (_, at) => `/r${at} /r${(at + 1) % 5_000}`).join('\n');
    const page = COVERING.replace('/security/', '/r0');
    const wants = SITE[REGISTRY]!.toString().replace('/security/', '/r0');
    const files = { ...SITE, [REGISTRY]: wants, 'docs/troubleshooting.md': page, 'public/_redirects': redirects };
    expect(['covered', 'partial']).toContain(review({ before: files, after: files }).scenarios[0]?.after.state);
  });

  it('between partials that show each other end', () => {
    const files: Files = {};
    for (let at = 0; at < 200; at += 1)
      files[`docs/_p${at}.mdx`] = `import N from './_p${(at + 1) % 200}.mdx'\n\nText ${at}.\n\n<N />\n\n<N />\n`;
    files['docs/shows.mdx'] = "# Shows\n\nimport A from './_p0.mdx'\n\n<A />\n";
    expect(stateOf(files)).toBe('covered');
  });
});

describe('a registry', () => {
  it.each([
    [
      'whose aliases grow',
      `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}`,
    ],
    ['nested 10,000 deep', `version: ${'['.repeat(10_000)}`],
    ['of one key 100,000 times', 'version: 1\n'.repeat(100_000)],
    ['of a scalar of five megabytes', `version: "${'x'.repeat(5_000_000)}"`],
    ['that is a page', COVERING.repeat(1_000)],
    ['of tags', `version: !!js/function 'process.exit(1)'\n`],
  ])('%s is refused, and says where', (_, text) => {
    const bad = review({ before: { ...SITE, [REGISTRY]: text }, after: { ...SITE, [REGISTRY]: text } });
    expect(bad.findings.some(({ kind, path }) => kind === 'registry-invalid' && path === REGISTRY)).toBe(true);
  });

  it('with symptoms that look like patterns takes them as words', () => {
    const scenarios = BLANK_TOKENS.replace(
      '"tokens blank|empty"',
      '"(a+)+$ b", "tokens blank|empty", "[a-z]*{1,9}? x"',
    );
    const files = { ...SITE, [REGISTRY]: registry(scenarios), 'docs/a.md': `# A\n\n${'a'.repeat(200_000)}!\n` };
    expect(review({ before: files, after: files }).scenarios[0]?.after.state).toBe('covered');
  });
});
