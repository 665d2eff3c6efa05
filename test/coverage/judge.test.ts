import { describe, expect, it } from 'vitest';
import { type JudgeOptions, judge } from '../../src/coverage/judge.ts';
import type { DocsRoot } from '../../src/docs/frameworks/framework.ts';
import type { Scenario } from '../../src/registry/registry.ts';
import { registryOf, scenarioOf, siteOf } from '../site-of.ts';

const locked = scenarioOf({
  id: 'vault-locked',
  codes: ['vault_locked'],
  symptoms: ['vault stays locked'],
  causes: ['master key rotated'],
  links: ['/keys/#rotate'],
});
const keys = '---\ntitle: Keys\n---\n\n## Rotate\n\nText.\n';
const complete = '`vault_locked`: the master key was rotated. See [keys](/keys/#rotate).';

function judged(
  scenario: Scenario,
  files: Record<string, string>,
  options: Partial<JudgeOptions> = {},
  root: Partial<DocsRoot> = {},
) {
  const site = siteOf({ 'docs/keys.mdx': keys, ...files }, { framework: 'starlight', ...root });
  const coverage = judge(site, registryOf(scenario), { today: '2026-01-01', waived: new Set(), ...options });
  return coverage.get(scenario.id)!;
}

const summary = (scenario: Scenario, files: Record<string, string>, options?: Partial<JudgeOptions>) => {
  const { state, gaps } = judged(scenario, files, options);
  return [state, ...gaps.map((gap) => `${gap.kind}:${gap.detail}`)];
};

describe('a covered scenario', () => {
  it('has evidence at its exact lines, with the words that matched', () => {
    const text = `# Help\n\n## The vault stays locked\n\nYou get ${complete}\n\n## Next\n\nText.\n`;
    expect(judged(locked, { 'docs/help.mdx': text }).evidence).toEqual([
      {
        path: 'docs/help.mdx',
        line: 3,
        endLine: 5,
        anchor: 'the-vault-stays-locked',
        route: '/help',
        label: 'The vault stays locked',
        matched: ['vault', 'stays', 'locked', 'vault_locked', 'master', 'key', 'rotated', '/keys/#rotate'],
      },
    ]);
  });

  it('counts a callout in a section as a part of it', () => {
    const text = `## Help\n\n${complete}\n\n<Aside title="Mind">\nA vault_locked vault.\n</Aside>\n`;
    expect(judged(locked, { 'docs/a.mdx': text }).evidence.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 7],
    ]);
    const titled = `## Help\n\nText.\n\n<Aside title="vault_locked">\n${complete}\n</Aside>\n`;
    expect(judged(locked, { 'docs/a.mdx': titled }).evidence.map(({ line }) => line)).toEqual([5, 1]);
  });

  it('is covered by a claim that still needs cause and link', () => {
    const claim = '{/* signpost: documents vault-locked */}';
    expect(summary(locked, { 'docs/a.mdx': `## A\n\n${claim}\n\n\`vault_locked\`: key.` })).toEqual([
      'partial',
      'cause:master key rotated',
      'link:/keys/#rotate',
    ]);
    const theme = { ...locked, codes: [] };
    expect(summary(theme, { 'docs/a.mdx': `## A\n\n${claim}\n\n${complete}` })).toEqual(['covered']);
  });

  it('is covered through a link by anchor to a complete section', () => {
    const files = {
      'docs/a.mdx': 'See `vault_locked` in [the reference](/b/#locked-vault).',
      'docs/b.mdx': `## Locked vault\n\n${complete}\n\n## Other\n\nText.`,
    };
    const scenario = { ...locked, pages: ['a'] };
    expect(summary(scenario, files)).toEqual(['covered']);
    const elsewhere = { ...files, 'docs/a.mdx': 'See `vault_locked` in [the reference](/b/#other).' };
    expect(summary(scenario, elsewhere)).toEqual(['partial', 'cause:master key rotated', 'link:/keys/#rotate']);
    const noAnchor = { ...files, 'docs/a.mdx': 'See `vault_locked` in [the reference](/b/).' };
    expect(summary(scenario, noAnchor)[0]).toBe('partial');
    expect(
      summary(scenario, { ...files, 'docs/a.mdx': 'See `vault_locked` and [us](mailto:us@example.com).' })[0],
    ).toBe('partial');
  });

  it('is covered through a link to a complete page whose title names it', () => {
    const files = {
      'docs/a.mdx': 'See `vault_locked` in [its page](/b/).',
      'docs/b.mdx': `---\ntitle: vault_locked\n---\n\n${complete}`,
    };
    expect(summary({ ...locked, pages: ['a'] }, files)).toEqual(['covered']);
  });

  it('needs its label to name it where no cause is declared', () => {
    const scenario = scenarioOf({ codes: ['vault_locked'], symptoms: ['vault stays locked'] });
    expect(summary(scenario, { 'docs/a.mdx': '## `vault_locked`\n\nText.' })).toEqual(['covered']);
    expect(summary(scenario, { 'docs/a.mdx': '| Code | What |\n|--|--|\n| `vault_locked` | x |' })).toEqual([
      'covered',
    ]);
    expect(summary(scenario, { 'docs/a.mdx': '| What | Code |\n|--|--|\n| x | `vault_locked` |' })).toEqual([
      'partial',
      'cause:',
    ]);
    expect(summary(scenario, { 'docs/a.mdx': 'You may see `vault_locked`.' })).toEqual(['partial', 'cause:']);
    const theme = scenarioOf({ symptoms: ['vault stays locked'] });
    expect(summary(theme, { 'docs/a.mdx': '| What | Then |\n|--|--|\n| Vault stays locked | x |' })).toEqual([
      'covered',
    ]);
    expect(summary(theme, { 'docs/a.mdx': 'The vault stays locked.' })).toEqual(['missing']);
  });
});

describe('a partial scenario', () => {
  it('lacks what its best section lacks', () => {
    const files = {
      'docs/a.mdx': '`vault_locked` happens.',
      'docs/b.mdx': '`vault_locked`: the master key was rotated.',
    };
    expect(summary(locked, files)).toEqual(['partial', 'link:/keys/#rotate']);
    expect(judged(locked, files).evidence.map(({ path }) => path)).toEqual(['docs/b.mdx', 'docs/a.mdx']);
  });

  it('is only in a sample', () => {
    const text = 'The master key was rotated.\n\n```\nvault_locked\n```';
    expect(summary(locked, { 'docs/a.mdx': text })).toEqual(['partial', 'only-in-sample:vault_locked']);
  });

  it('is hidden on a page that readers do not find', () => {
    const text = `---\ntitle: A\ndraft: true\n---\n\n${complete}`;
    expect(summary(locked, { 'docs/a.mdx': text })).toEqual(['partial', 'hidden:']);
  });

  it('says what must not be said', () => {
    const scenario = { ...locked, never: ['disable the vault'] };
    const said = `${complete} To be quick, disable the vault.`;
    expect(summary(scenario, { 'docs/a.mdx': said })).toEqual(['partial', 'forbidden:disable the vault']);
    expect(summary(scenario, { 'docs/a.mdx': `${complete} Do not disable the vault.` })).toEqual(['covered']);
    const conflict = judged(scenario, { 'docs/a.mdx': `## A\n\n${complete}\n\n## B\n\n${said}` });
    expect(conflict.state).toBe('covered');
    expect(conflict.conflicts.map(([a, b]) => [a.section.label, b.section.label])).toEqual([['A', 'B']]);
  });

  it('stands elsewhere than its readers look', () => {
    const files = { 'docs/a.mdx': 'Text.', 'docs/b.mdx': complete };
    expect(summary({ ...locked, pages: ['a'] }, files)).toEqual(['partial', 'elsewhere:docs/b.mdx']);
  });

  it('links to a target that does not exist', () => {
    const gone = { ...locked, links: ['/gone/'] };
    expect(summary(gone, { 'docs/a.mdx': '`vault_locked`: master key rotated [x](/gone/).' })).toEqual([
      'partial',
      'broken-link:/gone/',
    ]);
    const anchor = { ...locked, links: ['/keys/#gone'] };
    expect(summary(anchor, { 'docs/a.mdx': '`vault_locked`: master key rotated [x](/keys/#gone).' })).toEqual([
      'partial',
      'broken-link:/keys/#gone',
    ]);
  });

  it('is not blamed for an anchor that an unknown component may hold', () => {
    const scenario = { ...locked, links: ['/keys/#gone'] };
    const files = {
      'docs/keys.mdx': '---\ntitle: Keys\n---\n\n<Mystery />\n',
      'docs/a.mdx': '`vault_locked`: master key rotated [x](/keys/#gone).',
    };
    expect(summary(scenario, files)).toEqual(['covered']);
    expect(judged(scenario, files).unsureLinks.map(({ url }) => url)).toEqual(['/keys/#gone']);
  });

  it('has a symptom in a sentence only where readers look', () => {
    const theme = { ...locked, codes: [] };
    expect(summary(theme, { 'docs/a.mdx': 'The vault stays locked.' })).toEqual(['missing']);
    expect(summary({ ...theme, pages: ['a'] }, { 'docs/a.mdx': 'The vault stays locked.' })[0]).toBe('partial');
    expect(summary(theme, { 'docs/a.mdx': '## The vault stays locked\n\nText.' })[0]).toBe('partial');
  });

  it('with codes is not named by a symptom alone', () => {
    expect(summary(locked, { 'docs/a.mdx': '## The vault stays locked\n\nThe master key was rotated.' })).toEqual([
      'missing',
    ]);
  });
});

describe('a waiver', () => {
  const waive = { reason: 'Known', by: null, until: '2026-06-30', pages: [] };
  it('holds until its last day', () => {
    const scenario = { ...locked, waive };
    expect(judged(scenario, {}, { today: '2026-06-30' }).state).toBe('waived');
    expect(judged(scenario, {}, { today: '2026-07-01' }).state).toBe('missing');
    expect(judged({ ...locked, waive: { ...waive, until: null } }, {}).state).toBe('waived');
  });

  it('keeps the gaps and says what the state would be', () => {
    const coverage = judged({ ...locked, waive }, { 'docs/a.mdx': '`vault_locked`: master key rotated.' });
    expect(coverage.state).toBe('waived');
    expect(coverage.unwaived).toEqual({ state: 'partial', gaps: [{ kind: 'link', detail: '/keys/#rotate' }] });
    expect(coverage.evidence).toHaveLength(1);
  });

  it('for some pages waives what is judged on them', () => {
    const scenario = { ...locked, waive: { ...waive, pages: ['a'] } };
    expect(judged(scenario, { 'docs/a.mdx': '`vault_locked`' }).state).toBe('waived');
    expect(judged(scenario, { 'docs/b.mdx': '`vault_locked`' }).state).toBe('partial');
    expect(judged(scenario, { 'docs/a.mdx': 'x' }).state).toBe('missing');
    expect(judged({ ...scenario, pages: ['a'] }, { 'docs/a.mdx': 'x' }).state).toBe('waived');
    expect(judged({ ...scenario, pages: ['a', 'b'] }, { 'docs/a.mdx': 'x', 'docs/b.mdx': 'x' }).state).toBe('missing');
  });

  it('may be given on the pull request', () => {
    expect(judged(locked, {}, { waived: new Set(['vault-locked']) }).state).toBe('waived');
  });
});

describe('duplicates', () => {
  const pairs = (text: string) =>
    judged(locked, { 'docs/a.mdx': text }).duplicates.map((pair) => pair.map(({ section }) => section.label));

  it('are two sections of a page that document it by their own labels', () => {
    expect(pairs(`## \`vault_locked\` one\n\n${complete}\n\n## \`vault_locked\` two\n\n${complete}`)).toEqual([
      ['vault_locked one', 'vault_locked two'],
    ]);
  });

  it('are not sections within each other, rows, or sibling tabs', () => {
    expect(pairs(`## \`vault_locked\` one\n\n${complete}\n\n### \`vault_locked\` two\n\n${complete}`)).toEqual([]);
    const tab = (name: string) => `<TabItem label="${name}">\n\n### vault_locked\n\n${complete}\n\n</TabItem>\n`;
    expect(pairs(`## A\n\n<Tabs>\n${tab('Node')}${tab('Go')}</Tabs>`)).toEqual([]);
    const row = '| `vault_locked` | master key rotated [x](/keys/#rotate) |';
    expect(pairs(`| A | B |\n|--|--|\n${row}\n${row}`)).toEqual([]);
  });
});

describe('moves', () => {
  it('carry pages and links of the registry along', () => {
    const before = siteOf({ 'docs/keys.mdx': keys, 'docs/help.mdx': complete }, { framework: 'starlight' });
    const moves = new Map([
      ['docs/keys.mdx', 'docs/secrets.mdx'],
      ['docs/help.mdx', 'docs/trouble.mdx'],
    ]);
    const site = (link: string) =>
      siteOf(
        { 'docs/secrets.mdx': keys, 'docs/trouble.mdx': `\`vault_locked\`: master key rotated. [x](${link})` },
        { framework: 'starlight' },
      );
    const scenario = { ...locked, pages: ['help'] };
    const at = (link: string) => {
      const options = { today: '2026-01-01', waived: new Set<string>(), before: { site: before, moves } };
      const { state, gaps } = judge(site(link), registryOf(scenario), options).get('vault-locked')!;
      return [state, ...gaps.map((gap) => gap.kind)];
    };
    expect(at('/secrets/#rotate')).toEqual(['covered']);
    expect(at('/keys/#rotate')).toEqual(['partial', 'broken-link']);
  });
});

it('judges a site without pages', () => {
  const site = siteOf({});
  const coverage = judge(site, registryOf(locked), { today: '2026-01-01', waived: new Set() });
  expect(coverage.get('vault-locked')?.state).toBe('missing');
});
