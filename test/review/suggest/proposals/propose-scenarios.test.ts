import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../../src/coverage/judge.ts';
import type { FoundCode } from '../../../../src/registry/authoring/found-code.ts';
import { lintRegistry } from '../../../../src/registry/lint-registry.ts';
import { parseRegistry } from '../../../../src/registry/parse-registry.ts';
import { makeStarter } from '../../../../src/review/suggest/proposals/make-starter.ts';
import { type ProposalOptions, proposeScenarios } from '../../../../src/review/suggest/proposals/propose-scenarios.ts';
import { siteOf } from '../../../site-of.ts';

const SETTINGS = { docs: [{ root: 'docs', framework: 'plain' as const }] };
const OPTIONS: ProposalOptions = {
  settings: SETTINGS,
  limit: 20,
  known: new Set(),
  taken: new Set(),
  today: '2026-06-01',
};
const OTHER = { 'docs/limits.md': '# Limits\n\n## Size of a file {#size}\n\nTen megabytes.\n' };

function proposed(files: Record<string, string>, options: Partial<ProposalOptions> = {}) {
  return proposeScenarios(siteOf({ ...OTHER, ...files }), { ...OPTIONS, ...options }).taken;
}

const drafts = (files: Record<string, string>, options: Partial<ProposalOptions> = {}) =>
  proposed(files, options).map(({ draft: { comments, ...draft } }) => draft);

describe('sections that tell of a failure', () => {
  test('a heading on a page of troubleshooting, with its code, cause and link', () => {
    const text = `# Troubleshooting

## Upload fails with \`upload_rejected\`

The server refuses it because the file exceeds your plan. See [limits](limits.md).
`;
    const [proposal] = proposed({ 'docs/help.md': text });
    expect(proposal).toMatchObject({ path: 'docs/help.md', line: 3, label: 'Upload fails with upload_rejected' });
    expect(drafts({ 'docs/help.md': text })).toEqual([
      {
        id: 'upload-fails-upload-rejected',
        title: 'Upload fails with upload_rejected',
        codes: ['upload_rejected'],
        causes: ['file exceeds plan'],
        links: ['/limits'],
        pages: ['help'],
      },
    ]);
  });

  test('details without a code, wherever they stand', () => {
    const text =
      '# Lamps\n\n<details><summary>The lamp stays dark and cannot be lit</summary>\n\nThe wire is loose.\n\n</details>\n';
    expect(drafts({ 'docs/lamps.md': text })).toMatchObject([
      {
        title: 'The lamp stays dark and cannot be lit',
        symptoms: [expect.stringContaining('cannot')],
        causes: ['wire loose'],
      },
    ]);
  });

  test('rows of an error table: codes, messages, and what the column for causes says', () => {
    const text = `# API

| Error | What to do | Why it happens |
|---|---|---|
| \`card_declined\` | Use another card | The bank refused the payment |
| Connection refused | Start the server | Nothing listens on the port |
| \`ERR_A\` or \`ERR_B\` | Wait | Two workers hold one lock |
`;
    const found = drafts({ 'docs/api.md': text });
    expect(found.map(({ id, codes, causes }) => ({ id, codes, causes }))).toEqual([
      { id: 'connection-refused', codes: ['Connection refused'], causes: ['Nothing listens port'] },
      { id: 'err-err-b', codes: ['ERR_A', 'ERR_B'], causes: ['Two workers hold'] },
      { id: 'card-declined', codes: ['card_declined'], causes: ['bank refused payment'] },
    ]);
    expect(found[2]?.title).toBe('card_declined: The bank refused the payment');
  });

  test('a symptom in a table is a phrase, what it quotes is a message', () => {
    const text = `# Troubleshooting

| Symptom | Cause |
|---|---|
| The page stays blank after login | The session cookie is blocked |
| Users see "session not found" | The store was emptied |
`;
    expect(drafts({ 'docs/help.md': text }).map(({ codes, symptoms }) => ({ codes, symptoms }))).toEqual([
      { codes: ['session not found'], symptoms: undefined },
      { codes: undefined, symptoms: ['page stays blank login'] },
    ]);
  });

  test.each([
    [
      'a how-to',
      '# Troubleshooting\n\n## How to enable errors\n\nSet the flag.\n\n## Check failed jobs\n\nOpen the list.\n',
    ],
    ['the place where failures are gathered', '# Help\n\n## Common errors\n\nSee below.\n'],
    ['a method of an API', '# SDK\n\n## InvalidateToken\n\nIt revokes a token.\n\n## revoke_session\n\nIt ends one.\n'],
    ['a table of parameters', '# Config\n\n| Name | Meaning |\n|---|---|\n| `user_id` | Who it is |\n'],
    ['a change log', '# Changelog\n\n## Errors\n\n### `upload_rejected` is fixed\n\nIt was because of a typo.\n'],
    [
      'a draft',
      '---\ndraft: true\n---\n# Troubleshooting\n\n## Upload fails with `upload_rejected`\n\nIt is too large.\n',
    ],
    ['a setting', '# Troubleshooting\n\n## `callback_url`\n\n## About `callback_url` and more\n\nText.\n'],
  ])('%s is none', (name, text) => {
    const path = name === 'a change log' ? 'docs/changelog.md' : 'docs/x.md';
    const found = drafts({ [path]: text }).filter(
      ({ codes }) => name !== 'a setting' || !codes?.includes('callback_url'),
    );
    expect(found).toEqual([]);
  });

  test('in other languages codes are found, too', () => {
    const text = '# Fehlerbehebung\n\n## Fehler `upload_rejected`\n\nDie Datei ist zu groß für den Tarif.\n';
    expect(drafts({ 'docs/hilfe.md': text })).toMatchObject([{ codes: ['upload_rejected'] }]);
  });
});

describe('proposals', () => {
  const HELP = `# Troubleshooting

## Upload fails with \`upload_rejected\`

The file is larger than your plan allows.

## Login loops

The clock of the device is wrong.
`;

  test('are found covered by the engine, each by its own section', () => {
    const site = siteOf({ ...OTHER, 'docs/help.md': HELP });
    const { taken } = proposeScenarios(site, OPTIONS);
    const starter = makeStarter(site, SETTINGS, taken, [], { today: OPTIONS.today, taken: new Set() });
    expect(starter.states).toEqual({ covered: taken.length, partial: 0, missing: 0 });
    const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text: starter.text }]);
    expect(mistakes).toEqual([]);
    const coverage = judge(site, registry!, { today: OPTIONS.today, waived: new Set() });
    for (const { draft, line } of taken) expect(coverage.get(draft.id)?.evidence[0]?.line).toBe(line);
  });

  test('are at most so many, and the rest is counted', () => {
    const { taken, more } = proposeScenarios(siteOf({ 'docs/help.md': HELP }), { ...OPTIONS, limit: 1 });
    expect(taken).toHaveLength(1);
    expect(more).toBe(1);
    expect(proposeScenarios(siteOf({ 'docs/help.md': HELP }), { ...OPTIONS, limit: 0 })).toEqual({
      taken: [],
      more: 2,
    });
  });

  test('have ids that nothing else has', () => {
    const taken = new Set(['login-loops']);
    expect(drafts({ 'docs/help.md': HELP }, { taken }).map(({ id }) => id)).toContain('login-loops-2');
  });

  test('tell one code of one page once', () => {
    const twice = `${HELP}\n## \`upload_rejected\` again\n\nThe quota is used up.\n`;
    expect(drafts({ 'docs/help.md': twice }).filter(({ codes }) => codes?.includes('upload_rejected'))).toHaveLength(1);
  });

  test('do not fill the list with one long table while another page has some', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `| \`invalid_thing_${i}\` | Thing number ${i} is wrong |`);
    const table = `# Errors\n\n| Error | Cause |\n|---|---|\n${rows.join('\n')}\n`;
    const found = proposed({ 'docs/a.md': table, 'docs/z.md': HELP }, { limit: 8 });
    expect(new Set(found.map(({ path }) => path))).toEqual(new Set(['docs/a.md', 'docs/z.md']));
  });

  test('hold nothing that must not be public', () => {
    const text = `# Troubleshooting

## Sync fails for jo@customer.com

The tenant org_a1b2c3d4e5f6 was suspended, as ticket #12345 says.

## \`sync_failed\` with token ghp_abcdefghijklmnopqrstuvwxyz012345

The token AKIAABCDEFGHIJKLMNOP expired.
`;
    const site = siteOf({ 'docs/help.md': text });
    const { taken } = proposeScenarios(site, OPTIONS);
    const { text: written } = makeStarter(site, SETTINGS, taken, [], { today: OPTIONS.today, taken: new Set() });
    expect(written).not.toMatch(/customer\.com|org_a1b2|12345|ghp_|AKIA/);
    const { registry } = parseRegistry([{ path: '.github/signpost.yml', text: written }]);
    expect(lintRegistry(registry!, OPTIONS.today).filter(({ kind }) => kind === 'unscrubbed-text')).toEqual([]);
  });

  test('write the link of a section where it leads to a page of the site that is there', () => {
    const section = (link: string) => ({
      'docs/help.md': `# Troubleshooting\n\n## \`upload_rejected\`\n\nThe file is too large. See [this](${link}).\n`,
    });
    const linkOf = (link: string) => drafts(section(link))[0]?.links;
    expect(linkOf('limits.md#size')).toEqual(['/limits#size']);
    expect(linkOf('limits.md#gone')).toBeUndefined();
    expect(linkOf('nowhere.md')).toBeUndefined();
    expect(linkOf('#upload_rejected')).toBeUndefined();
    expect(linkOf('https://example.com/limits')).toBeUndefined();
    expect(linkOf('mailto:jo@example.com')).toBeUndefined();
  });
});

describe('codes from outside of the docs', () => {
  const found = (code: string, title: string | null = null): FoundCode => ({
    code,
    title,
    path: 'src/a.go',
    line: 3,
    count: 1,
  });
  const files = {
    'docs/help.md': '# Help\n\n## When `gate_shut` comes back\n\nThe gate is shut at night.\n\nAlso `gate_lost`.\n',
  };

  test('join what the docs say of them, and are missing else', () => {
    const site = siteOf(files);
    const codes = [found('gate_shut'), found('gate_lost'), found('gate_gone', 'The gate is gone'), found('gate_gone')];
    const known = new Set(codes.map(({ code }) => code));
    const { taken } = proposeScenarios(site, { ...OPTIONS, known });
    expect(taken.map(({ draft }) => draft.codes)).toEqual([['gate_shut']]);
    const starter = makeStarter(site, SETTINGS, taken, codes, { today: OPTIONS.today, taken: new Set(['gate-gone']) });
    expect(starter).toMatchObject({ states: { covered: 1, partial: 1, missing: 1 }, fromCodes: 2 });
    const { registry } = parseRegistry([{ path: 'x.yml', text: starter.text }]);
    expect(registry?.scenarios.slice(1)).toMatchObject([
      { id: 'gate-lost', title: 'Gate lost', codes: ['gate_lost'] },
      { id: 'gate-gone-2', title: 'The gate is gone', codes: ['gate_gone'] },
    ]);
  });

  test('that cannot be told from running text, or hold a secret, are left out and counted', () => {
    const codes = [
      found('expired'),
      found('pending'),
      found('gate_lost'),
      found('ghp_abcdefghijklmnopqrstuvwxyz012345'),
    ];
    const starter = makeStarter(siteOf(files), SETTINGS, [], codes, { today: OPTIONS.today, taken: new Set() });
    expect(starter.fromCodes).toBe(1);
    expect([...starter.leftOut]).toEqual([
      ['cannot be told from running text', 2],
      ['hold what must not be public', 1],
    ]);
    expect(starter.text).not.toContain('ghp_');
  });
});

/** Words as docs have them, and characters that mean something in YAML, Markdown or a glob. */
const WORDS = fc.constantFrom(
  ...'upload fails cannot not error `card_declined` "not found" invalid token: #1 {x} | * & - ERR_42 <b> [a](b.md) é 日本 \\ \' % jo@example.org'.split(
    ' ',
  ),
);
const LINE = fc.array(WORDS, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const BLOCK = fc.oneof(
  LINE.map((line) => `## ${line}`),
  LINE.map((line) => `<details><summary>${line}</summary>\n\n${line} because of it\n\n</details>`),
  fc.array(fc.tuple(LINE, LINE), { minLength: 1, maxLength: 4 }).map((rows) => {
    const cell = (text: string) => text.replaceAll('|', '/');
    return `| Error | Cause |\n|---|---|\n${rows.map(([a, b]) => `| ${cell(a)} | ${cell(b)} |`).join('\n')}`;
  }),
  LINE,
  LINE.map((line) => `- **${line}**: ${line}`),
);
const PAGE = fc.tuple(fc.constantFrom('Troubleshooting', 'Errors', 'Guide', 'FAQ'), fc.array(BLOCK, { maxLength: 8 }));

test('whatever a site says, the registry that is proposed is sound, covered and public', () => {
  fc.assert(
    fc.property(fc.array(PAGE, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 5 }), (pages, limit) => {
      const files = pages.map(([title, blocks], i) => [`docs/p${i}.md`, `# ${title}\n\n${blocks.join('\n\n')}\n`]);
      const site = siteOf(Object.fromEntries(files));
      const { taken } = proposeScenarios(site, { ...OPTIONS, limit });
      expect(taken.length).toBeLessThanOrEqual(limit);
      const { text, states } = makeStarter(site, SETTINGS, taken, [], { today: OPTIONS.today, taken: new Set() });
      expect(states).toEqual({ covered: taken.length, partial: 0, missing: 0 });
      const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
      expect(mistakes).toEqual([]);
      expect(lintRegistry(registry!, OPTIONS.today).filter(({ message }) => !message.includes('no "causes"'))).toEqual(
        [],
      );
    }),
    { numRuns: 60 },
  );
});
