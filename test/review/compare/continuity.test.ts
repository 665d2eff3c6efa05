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
} from '../build-snapshots.ts';

const PAGE = 'docs/troubleshooting.md';

function site(page: string, scenarios = BLANK_TOKENS, more: Files = {}): Files {
  return { [REGISTRY]: registry(scenarios), [PAGE]: page, 'docs/security.md': SECURITY, ...more };
}

function continued(before: string, after: string, scenarios = BLANK_TOKENS, more: Files = {}): boolean {
  return scenarioOf(review({ before: site(before, scenarios, more), after: site(after, scenarios, more) })).continued;
}

const REWORDED = edit(COVERING, '## Tokens come back blank', '## Nothing in the credential fields');
const RULES = (line: string) => `${BLANK_TOKENS}    ${line}\n`;

describe('a section put into other words', () => {
  it('keeps its state in a table row and in prose', () => {
    const row = (first: string) =>
      `# Troubleshooting\n\n| Seen | Why |\n|---|---|\n| ${first} | Retrieval disabled, see [fix](/security/) |\n`;
    expect(continued(row('Tokens are blank'), row('Nothing comes'))).toBe(true);
    const prose = (first: string) =>
      `# Troubleshooting\n\n## Other\n\n${first}. Retrieval is disabled. See [fix](/security/).\n`;
    expect(continued(prose('Your tokens are blank'), prose('You get nothing at all'))).toBe(true);
  });

  it('keeps its state where it moved with its page or its link’s target moved with its link', () => {
    const before = site(COVERING);
    const after = site('', BLANK_TOKENS, { 'docs/help.md': REWORDED });
    delete after[PAGE];
    expect(scenarioOf(review({ before, after })).continued).toBe(true);
    const moved = site(edit(REWORDED, '/security/', '/safety/'), BLANK_TOKENS, { 'docs/safety.md': SECURITY });
    delete moved['docs/security.md'];
    expect(scenarioOf(review({ before, after: moved })).continued).toBe(true);
  });

  it('keeps its state on a page without any heading, and while it is waived', () => {
    const prose = (first: string) => `${first}. Retrieval is disabled. See [fix](/security/).\n`;
    const reviewed = review({ before: site(prose('Your tokens are blank')), after: site(prose('You get nothing')) });
    expect(scenarioOf(reviewed)).toMatchObject({ continued: true });
    expect(reviewed.findings[0]?.advice).toMatch(/^Add the symptom/);
    const waived = review({ before: site(COVERING), after: site(REWORDED) }, { waive: ['blank-tokens'] });
    expect(scenarioOf(waived)).toMatchObject({
      continued: true,
      after: { state: 'waived', unwaived: { state: 'covered' } },
    });
    const message = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: ["Your tokens are blank"]');
    const coded = review({
      before: site(prose('Your tokens are blank'), message),
      after: site(prose('You get nothing'), message),
    });
    expect(coded.findings[0]?.advice).toMatch(/^Add “.+” to the `codes`/);
  });

  it('keeps being partial with the same gaps, and keeps standing elsewhere', () => {
    const partial = edit(COVERING, ' See [Security](/security/).', '');
    const reviewed = review({
      before: site(partial),
      after: site(edit(partial, '## Tokens come back blank', '## Nothing there')),
    });
    expect(scenarioOf(reviewed)).toMatchObject({
      continued: true,
      change: 'unchanged',
      scope: 'touched',
      after: { state: 'partial' },
    });
    expect(outline(reviewed.findings)).toEqual([`missing-link ${PAGE}:5`, `registry-warning ${PAGE}:5`]);
    const other = (page: string) => site('# Troubleshooting\n', BLANK_TOKENS, { 'docs/other.md': page });
    expect(scenarioOf(review({ before: other(COVERING), after: other(REWORDED) }))).toMatchObject({
      continued: true,
      after: { state: 'partial', gaps: [{ kind: 'elsewhere' }] },
    });
  });

  it('keeps a state that rests on a link to a complete section while it links there', () => {
    const more = {
      'docs/deep.md': `# Deep\n\n## Tokens blank\n\nRetrieval is disabled. See [Security](/security/).\n`,
    };
    const page = (title: string, link: string) => `# Troubleshooting\n\n## ${title}\n\nRead [this](${link}).\n`;
    const covering = page('Tokens are blank', '/deep/#tokens-blank');
    expect(continued(covering, page('Tokens are blank', '/deep/#tokens-blank'), BLANK_TOKENS, more)).toBe(false);
    const anchored = (title: string, link: string) =>
      `# Troubleshooting\n\n<h2 id="x">${title}</h2>\n\nRead [this](${link}).\n`;
    const before = anchored('Tokens are blank', '/deep/#tokens-blank');
    expect(continued(before, anchored('Nothing comes', '/deep/#tokens-blank'), BLANK_TOKENS, more)).toBe(true);
    expect(continued(before, anchored('Nothing comes', '/deep/#other'), BLANK_TOKENS, more)).toBe(false);
    expect(continued(before, anchored('Nothing comes', '/security/'), BLANK_TOKENS, more)).toBe(false);
  });

  it('does not keep it on a hidden page, under an excepted label or with a forbidden phrase', () => {
    expect(continued(COVERING, edit(REWORDED, 'title: T', 'draft: true\ntitle: T'))).toBe(false);
    const excepted = edit(COVERING, '## Tokens come back blank', '## Tokens come back blank (fixed in 2)');
    expect(continued(COVERING, excepted, RULES('except: ["fixed in 2"]'))).toBe(false);
    const forbidden = edit(REWORDED, 'This is', 'Enable raw tokens. This is');
    expect(continued(COVERING, forbidden, RULES('never: ["enable raw tokens"]'))).toBe(false);
    expect(continued(COVERING, REWORDED, RULES('never: ["enable raw tokens"]'))).toBe(true);
  });

  it('may put a message into other words, and is then asked for the new message', () => {
    const scenarios = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: ["Tokens come back blank"]');
    const reviewed = review({ before: site(COVERING, scenarios), after: site(REWORDED, scenarios) });
    expect(scenarioOf(reviewed).continued).toBe(true);
    expect(reviewed.findings[0]?.advice).toBe(
      `Add “Nothing in the credential fields” to the \`codes\` of \`blank-tokens\` (${REGISTRY}:6).`,
    );
  });

  it('must name an identifier outside samples if it did so before', () => {
    const page = (title: string, sample: string) =>
      `# Troubleshooting\n\n## ${title}\n\nRetrieval is disabled. See [fix](/security/).\n\n\`\`\`\n${sample}\n\`\`\`\n`;
    const coded = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: [no_tokens]');
    const before = page('Why you see no_tokens', 'output');
    expect(continued(before, page('Why you see it', 'error: no_tokens'), coded)).toBe(false);
    const both = edit(BLANK_TOKENS, 'symptoms:', 'codes: [no_tokens]\n    symptoms:');
    const sample = (title: string) => page(title, 'error: no_tokens');
    expect(continued(sample('Your tokens are blank'), sample('Nothing comes'), both)).toBe(true);
    expect(continued(sample('Your tokens are blank'), page('Nothing comes', 'error'), both)).toBe(false);
  });

  it('is asked for words of its text where the label has too few', () => {
    const page = edit(COVERING, '## Tokens come back blank', '## Why');
    const reviewed = review({ before: site(COVERING), after: site(page) });
    expect(reviewed.findings[0]?.advice).toMatch(/^Add the symptom “(?:\S+ ){3}\S+” to/);
  });
});

describe('a section of a deleted page', () => {
  const OTHER = '# Help\n\nWhere to turn to.\n';
  const [title, section, rest] = COVERING.split(/(?=^## )/m) as [string, string, string];

  it('keeps its state on the page that it was merged into, and asks for that page', () => {
    const before = site(COVERING, BLANK_TOKENS, { 'docs/help.md': OTHER });
    const after = site('', BLANK_TOKENS, { 'docs/help.md': `${OTHER}\n${section}${rest}` });
    delete after[PAGE];
    const reviewed = review({ before, after });
    expect(scenarioOf(reviewed)).toMatchObject({ continued: true, after: { state: 'covered' } });
    expect(outline(reviewed.findings)).toEqual(['registry-warning docs/help.md:5']);
    expect(reviewed.findings[0]).toMatchObject({
      message:
        'Tokens come back blank: “Tokens come back blank” (docs/help.md:5) stands on no page where the registry looks for it.',
      advice: `Add \`help\` to the \`pages\` of \`blank-tokens\` (${REGISTRY}:6).`,
    });
  });

  it('keeps its state on the page that it was split into, and asks for words as well where they are new', () => {
    const long = 'Whoever meets this should first try another browser. '.repeat(4);
    const before = site(`${COVERING}\n${long}\n`);
    const reworded = edit(section, 'Tokens come back blank', 'Nothing in the credential fields');
    const parts = { 'docs/keys.md': `# Keys\n\n${reworded}`, 'docs/loops.md': `${title}${rest}\n${long}\n` };
    const after = site('', BLANK_TOKENS, parts);
    delete after[PAGE];
    const reviewed = review({ before, after });
    expect(scenarioOf(reviewed)).toMatchObject({ continued: true, after: { state: 'covered' } });
    expect(reviewed.findings.map(({ advice }) => advice.split(' ', 3).join(' '))).toEqual([
      'Add the symptom',
      'Add `keys` to',
    ]);
  });

  it('does not keep its state elsewhere while its page remains', () => {
    const before = site(COVERING, BLANK_TOKENS, { 'docs/help.md': OTHER });
    const after = site(`${title}${rest}`, BLANK_TOKENS, { 'docs/help.md': `${OTHER}\n${section}` });
    expect(outline(review({ before, after }).findings)).toEqual([`!documented-elsewhere ${PAGE}:1`]);
  });
});
