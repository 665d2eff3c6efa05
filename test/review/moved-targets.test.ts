import { describe, expect, it } from 'vitest';
import { COVERING, edit, type Files, outline, REGISTRY, registry, review, scenarioOf } from './build-snapshots.ts';

const PAGE = 'docs/troubleshooting.md';
const TARGET = 'docs/security.md';

const ANCHORED = `  - id: blank-tokens
    title: Tokens come back blank
    symptoms: ["tokens blank|empty"]
    causes: ["retrieval disabled"]
    links: ["/security/#switch-it-on"]
    pages: [troubleshooting]
`;
const UNANCHORED = edit(ANCHORED, '/security/#switch-it-on', '/security/');

const SECURITY = `# Security

What an account may do.

## Switch it on

An admin opens the settings and switches token retrieval on.

## Who may see it

Only members of the account.
`;

function site(link: string, more: Files, scenarios = ANCHORED): Files {
  return { [REGISTRY]: registry(scenarios), [PAGE]: edit(COVERING, '/security/', link), ...more };
}

const BEFORE = site('/security/#switch-it-on', { [TARGET]: SECURITY });

function stateAfter(after: Files, before = BEFORE) {
  const reviewed = review({ before, after });
  return { state: scenarioOf(reviewed).after.state, findings: outline(reviewed.findings) };
}

const CLEAN = { state: 'covered', findings: [] };

describe('a required anchor whose section the pull request renames or moves', () => {
  it('follows a new heading to which the link was changed', () => {
    const renamed = edit(SECURITY, '## Switch it on', '## Enable retrieval');
    expect(stateAfter(site('/security/#enable-retrieval', { [TARGET]: renamed }))).toEqual(CLEAN);
  });

  it('is broken where the link still says the old heading, or another section', () => {
    const renamed = edit(SECURITY, '## Switch it on', '## Enable retrieval');
    const stale = stateAfter(site('/security/#switch-it-on', { [TARGET]: renamed }));
    expect(stale).toEqual({ state: 'partial', findings: [`!broken-link ${PAGE}:7`] });
    const other = stateAfter(site('/security/#who-may-see-it', { [TARGET]: renamed }));
    expect(other).toEqual({ state: 'partial', findings: [`!missing-link ${PAGE}:5`] });
  });

  it('follows a section to another page', () => {
    const [intro, moved, rest] = SECURITY.split(/(?=^## )/m) as [string, string, string];
    const pages = { [TARGET]: `${intro}${rest}`, 'docs/setup.md': `# Setup\n\n${moved}` };
    expect(stateAfter(site('/setup/#switch-it-on', pages))).toEqual(CLEAN);
    expect(stateAfter(site('/security/#switch-it-on', pages)).findings).toEqual([`!broken-link ${PAGE}:7`]);
  });

  it('follows a heading that became a part without an anchor to its page', () => {
    const [intro, part, rest] = SECURITY.split(/(?=^## )/m) as [string, string, string];
    const text = part.replace('## Switch it on', '');
    const details = `${intro}<details>\n<summary>Switch it on</summary>\n${text}</details>\n\n${rest}`;
    expect(stateAfter(site('/security/', { [TARGET]: details }))).toEqual(CLEAN);
    const stale = stateAfter(site('/security/#switch-it-on', { [TARGET]: details }));
    expect(stale.findings).toEqual([`!broken-link ${PAGE}:7`]);
  });

  it('is broken where its page moved and its section went away', () => {
    const gone = `${SECURITY.split(/(?=^## )/m)[0]}## Who may see it\n\nOnly members of the account.\n`;
    const long = SECURITY + 'A long explanation stays where it was, word for word, in all of its parts. '.repeat(3);
    const before = site('/security/#switch-it-on', { [TARGET]: long });
    const kept = gone + 'A long explanation stays where it was, word for word, in all of its parts. '.repeat(3);
    const after = site('/safety/#switch-it-on', { 'docs/safety.md': kept });
    expect(stateAfter(after, before)).toEqual({ state: 'partial', findings: [`!broken-link ${PAGE}:7`] });
  });

  it('is broken where an anchor of no section goes away', () => {
    const withId = (id: string) => ({ [TARGET]: edit(SECURITY, 'An admin', `${id}An admin`) });
    const scenarios = edit(ANCHORED, '#switch-it-on', '#here');
    const before = site('/security/#here', withId('<a id="here"></a>'), scenarios);
    expect(stateAfter(site('/security/#here', withId(''), scenarios), before)).toEqual({
      state: 'partial',
      findings: [`!broken-link ${PAGE}:7`],
    });
  });
});

describe('a required page that the pull request merges into another', () => {
  const before = site('/security/', { [TARGET]: SECURITY, 'docs/setup.md': '# Setup\n\nFirst steps.\n' }, UNANCHORED);
  const merged = `# Setup\n\nFirst steps.\n\n${SECURITY.replace(/^#/gm, '##')}`;

  it('follows it to the page that holds its sections', () => {
    expect(stateAfter(site('/setup/#security', { 'docs/setup.md': merged }, UNANCHORED), before)).toEqual(CLEAN);
  });

  it('is broken where the link was not changed, or where its sections are gone', () => {
    const stale = stateAfter(site('/security/', { 'docs/setup.md': merged }, UNANCHORED), before);
    expect(stale.findings).toEqual([`!broken-link ${PAGE}:7`]);
    const gone = stateAfter(site('/security/', { 'docs/setup.md': '# Setup\n\nFirst steps.\n' }, UNANCHORED), before);
    expect(gone.findings).toEqual([`!broken-link ${PAGE}:7`]);
  });
});

describe('a required page that the pull request turns into a draft', () => {
  it('leads nowhere, with its anchor and without, and on a page of unknown components', () => {
    const draft = (page: string) => `---\ndraft: true\n---\n\n${page}`;
    const broken = [`!broken-link ${PAGE}:7`];
    const anchored = site('/security/#switch-it-on', { [TARGET]: draft(SECURITY) });
    expect(stateAfter(anchored).findings).toEqual(broken);
    const open = (text: string) => ({ 'docs/security.mdx': `${text}\n<Unknown />\n` });
    const before = site('/security/', open(SECURITY), UNANCHORED);
    expect(stateAfter(site('/security/', open(draft(SECURITY)), UNANCHORED), before).findings).toEqual(broken);
  });
});
