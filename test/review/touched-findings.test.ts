import { describe, expect, it } from 'vitest';
import {
  BLANK_TOKENS,
  COVERING,
  edit,
  type Files,
  outline,
  REGISTRY,
  registry,
  review,
  SECURITY,
  scenarioOf,
} from './build-snapshots.ts';

const PAGE = 'docs/troubleshooting.md';

function site(page: string, scenarios = BLANK_TOKENS, more: Files = {}): Files {
  return { [REGISTRY]: registry(scenarios), [PAGE]: page, 'docs/security.md': SECURITY, ...more };
}

const AGAIN = '\n## Empty tokens\n\nRetrieval is disabled. See [Security](/security/).\n';

describe('duplicates and conflicts', () => {
  it('are said where the pull request adds the second section', () => {
    const reviewed = review({ before: site(COVERING), after: site(COVERING + AGAIN) });
    expect(reviewed.verdict).toBe('pass');
    expect(outline(reviewed.findings)).toEqual([`duplicate-section ${PAGE}:13`]);
    expect(reviewed.findings[0]).toMatchObject({
      message: `“Empty tokens” documents the same failure as “Tokens come back blank” (${PAGE}:5).`,
      advice: 'Merge the two sections, so that readers find one answer.',
    });
  });

  it('are said where the pull request adds both', () => {
    const reviewed = review({ before: site('# Troubleshooting\n'), after: site(COVERING + AGAIN) });
    expect(outline(reviewed.findings)).toEqual([`duplicate-section ${PAGE}:13`]);
  });

  it('are not repeated where they stood before, changed or not', () => {
    const after = edit(COVERING, 'Clear its', 'Clear all its');
    expect(review({ before: site(COVERING + AGAIN), after: site(after + AGAIN) }).findings).toEqual([]);
    const reworded = edit(COVERING, 'for the account', 'for that account');
    expect(review({ before: site(COVERING + AGAIN), after: site(reworded + AGAIN) }).findings).toEqual([]);
  });

  it('say which words the registry rules out', () => {
    const never = `${BLANK_TOKENS}    never: ["enable raw tokens"]\n`;
    const page = `${COVERING}\n## Empty tokens\n\nJust enable raw tokens.\n`;
    const reviewed = review({ before: site(COVERING, never), after: site(page, never) });
    expect(outline(reviewed.findings)).toEqual([`conflicting-sections ${PAGE}:15`]);
    expect(review({ before: site(page, never), after: site(`${page}More.\n`, never) }).findings).toEqual([]);
  });
});

describe('files', () => {
  it('that cannot be read are named only where the pull request touches them', () => {
    const broken = {
      'docs/broken.mdx': '# A\n\n<B',
      'docs/old.mdx': '# A\n\n<B',
      'docs/binary.md': { unreadable: 'binary' as const },
    };
    const old = { 'docs/old.mdx': broken['docs/old.mdx'], 'docs/old-binary.md': { unreadable: 'binary' as const } };
    const before = site(COVERING, BLANK_TOKENS, old);
    const reviewed = review({ before, after: site(COVERING, BLANK_TOKENS, { ...old, ...broken }) });
    expect(outline(reviewed.findings)).toEqual([
      'unparsable-page docs/broken.mdx:3',
      'unsupported-file docs/binary.md:1',
    ]);
    const moved = site(COVERING, BLANK_TOKENS, { 'docs/moved.mdx': broken['docs/old.mdx'] });
    expect(review({ before, after: moved }).findings).toEqual([]);
  });

  it('that pages show are changes to these pages', () => {
    const files = (part: string, inner: string): Files => ({
      [REGISTRY]: registry(BLANK_TOKENS.replace('/security/', '/fix/')),
      'docs/troubleshooting.mdx': "import Part from './_part.mdx'\n\n# Troubleshooting\n\n<Part />\n",
      'docs/other.mdx': '# Other\n',
      'docs/fix.md': SECURITY,
      'docs/_part.mdx': `import Inner from './_inner/index.mdx'\n\n${part}\n<Inner />\n`,
      'docs/_inner/index.mdx': inner,
    });
    const part = '## Tokens come back blank\n\nRetrieval is disabled.\n';
    const before = files(part, 'See [the fix](/fix/).\n');
    const reviewed = review({ before, after: files(part, 'See the fix.\n') });
    expect(reviewed.counts.changedPages).toBe(3);
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'introduced' });
    expect(outline(reviewed.findings)).toEqual(['!missing-link docs/_part.mdx:3']);
    expect(scenarioOf(review({ before: files(part, 'x'), after: files(part, 'y') })).scope).toBe('touched');
    const moved = files(part, 'See [the fix](/fix/).\n');
    moved['docs/_moved.mdx'] = moved['docs/_part.mdx'] as string;
    delete moved['docs/_part.mdx'];
    const shown = {
      ...moved,
      'docs/troubleshooting.mdx': edit(moved['docs/troubleshooting.mdx'] as string, '_part', '_moved'),
    };
    expect(review({ before, after: shown })).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('imported through an index module count, and so does what the index passes on', () => {
    const files = (part: string, passed = '_part') =>
      site(COVERING, BLANK_TOKENS, {
        'docs/shows.mdx': "import { Part } from '../parts'\n\n<Part />\n",
        'docs/other.mdx': "import { Other } from '../parts'\n\n<Other />\n",
        'parts/index.ts': `export { default as Part } from './${passed}.mdx'\nexport * as Other from './_same.mdx'\n`,
        'parts/_part.mdx': part,
        'parts/_same.mdx': 'same',
      });
    const changed = (after: ReturnType<typeof files>) => review({ before: files('old'), after }).counts.changedPages;
    expect(changed(files('new'))).toBe(1);
    expect(changed(files('old', '_same'))).toBe(1);
    expect(changed({ ...files('old'), 'parts/unrelated.ts': '' })).toBe(0);
  });

  it('that are pages themselves count along with the pages that show them', () => {
    const files = (part: string) =>
      site(COVERING, BLANK_TOKENS, {
        'docs/part.mdx': part,
        'docs/shows.mdx': "import Part from './part.mdx'\n\n<Part />\n",
        'docs/names.mdx': 'It says "part.mdx" and shows nothing.\n',
      });
    expect(review({ before: files('old'), after: files('new') }).counts.changedPages).toBe(2);
  });
});

describe('waivers', () => {
  const waived = (more: string) => `${BLANK_TOKENS}    waive: { reason: Later, by: "@acme"${more} }\n`;
  const WITHOUT_LINK = edit(COVERING, ' See [Security](/security/).', '');

  it('are no longer needed where the pull request covers the scenario', () => {
    const reviewed = review({ before: site(WITHOUT_LINK, waived('')), after: site(COVERING, waived('')) });
    expect(outline(reviewed.findings)).toEqual([`waiver-unneeded ${REGISTRY}:13`]);
    expect(scenarioOf(reviewed)).toMatchObject({ change: 'improved', scope: null });
    const as = review({ before: site(COVERING, waived('')), after: site(`${COVERING}\nMore.\n`, waived('')) });
    expect(as.findings).toEqual([]);
  });

  it('on the pull request are no longer needed where the scenario is covered', () => {
    const reviewed = review(
      { before: site(COVERING), after: site(`${COVERING}\nMore.\n`) },
      { waive: ['blank-tokens'] },
    );
    expect(outline(reviewed.findings)).toEqual([`waiver-unneeded ${REGISTRY}:6`]);
  });

  it('that ran out are named beside the gap that they held back', () => {
    const old = waived(', until: 2026-05-31');
    const reviewed = review({ before: site(COVERING, old), after: site(WITHOUT_LINK, old) });
    expect(outline(reviewed.findings)).toEqual([`!missing-link ${PAGE}:5`, `waiver-expired ${REGISTRY}:13`]);
    const until = waived(', until: 2026-06-01');
    expect(review({ before: site(COVERING, until), after: site(WITHOUT_LINK, until) }).findings).toEqual([]);
  });
});

it('warns of a link that could not be confirmed once, where the pull request wrote it', () => {
  const scenarios = edit(BLANK_TOKENS, '/security/', '/security/#made-later');
  const page = edit(COVERING, '/security/', '/security/#made-later');
  const fix = { 'docs/security.md': '', 'docs/security.mdx': '# Security\n\n<Generated />\n' };
  const files = (text: string) => {
    const all = site(text, scenarios, fix);
    delete all['docs/security.md'];
    return all;
  };
  const reviewed = review({ before: files('# Troubleshooting\n'), after: files(page) });
  expect(reviewed.verdict).toBe('pass');
  expect(outline(reviewed.findings)).toEqual([`registry-warning ${PAGE}:5`]);
  expect(review({ before: files(page), after: files(`${page}\nMore.\n`) }).findings).toEqual([]);
});

describe('gaps of every kind', () => {
  const CODED = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: [E_BLANK]');
  const full = '## E_BLANK\n\nRetrieval is disabled. See [Security](/security/).\n';
  const gapsOf = (before: string, after: string, scenarios = CODED, more: Files = {}) => {
    const reviewed = review({ before: site(before, scenarios), after: site(after, scenarios, more) });
    return {
      outline: outline(reviewed.findings),
      message: reviewed.findings[0]?.message,
      advice: reviewed.findings[0]?.advice,
    };
  };

  it('are placed and worded', () => {
    expect(gapsOf(full, '# A\n\n```\nE_BLANK\n```\n')).toEqual({
      outline: [`!only-in-sample ${PAGE}:4`],
      message: 'Tokens come back blank: `E_BLANK` stands only in a code sample or on a card of “A”.',
      advice: `Explain it in prose beside the sample (${PAGE}:4): why it happens (retrieval disabled), with a link to /security/.`,
    });
    expect(gapsOf(full, `---\ndraft: true\n---\n\n${full}`)).toEqual({
      outline: [`!hidden-page ${PAGE}:5`],
      message: 'Tokens come back blank: “E_BLANK” speaks of it, but readers cannot find the page.',
      advice: `Publish ${PAGE}, or document the failure on a page that readers can find.`,
    });
    const never = `${CODED}    never: ["enable raw tokens"]\n`;
    expect(gapsOf(full, `${full}So enable raw tokens.\n`, never)).toEqual({
      outline: [`!forbidden-phrase ${PAGE}:4`],
      message: 'Tokens come back blank: “E_BLANK” says “enable raw tokens”, which the registry rules out here.',
      advice: `Take it out of “E_BLANK” (${PAGE}:4).`,
    });
    expect(gapsOf(full, '# Troubleshooting\n', CODED, { 'docs/other.md': full })).toMatchObject({
      outline: [`!documented-elsewhere ${PAGE}:1`],
      advice: 'Name `E_BLANK` on troubleshooting and link to “E_BLANK” (docs/other.md:1).',
    });
    expect(gapsOf(full, '# A\n\nA word about E_BLANK.\n', CODED.replace(/ {4}(causes|links).*\n/g, ''))).toEqual({
      outline: [`!missing-cause ${PAGE}:1`],
      message: 'Tokens come back blank: “A” mentions `E_BLANK` only in passing.',
      advice: `Give it a section of its own near “A” (${PAGE}:1) that names it and says why it happens.`,
    });
  });
});
