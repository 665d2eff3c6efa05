import { describe, expect, it } from 'vitest';
import {
  BLANK_TOKENS,
  buildSnapshots,
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
const FIX = 'docs/security.md';

/** A small site whose troubleshooting page says the given text. */
function site(page: string, more: Files = {}): Files {
  return { [REGISTRY]: registry(BLANK_TOKENS), [PAGE]: page, [FIX]: SECURITY, ...more };
}

const WITHOUT_LINK = edit(COVERING, ' See [Security](/security/).', '');
const WITHOUT_SECTION = edit(
  COVERING,
  COVERING.slice(COVERING.indexOf('## Tokens'), COVERING.indexOf('## Redirect')),
  '',
);
const GATE = (block: string) => registry(BLANK_TOKENS, `gate:\n  block: ${block}\n`);

describe('what a pull request takes away', () => {
  it('passes where nothing changed for the worse', () => {
    const reviewed = review({
      before: site(COVERING),
      after: site(edit(COVERING, 'Clear its cookies', 'Clear the cookies')),
    });
    expect(reviewed.verdict).toBe('pass');
    expect(reviewed.reason).toBe('Nothing to do: the docs explain every known failure as well as before.');
    expect(scenarioOf(reviewed)).toMatchObject({ scope: null, change: 'unchanged', continued: false, snippet: null });
    expect(reviewed.findings).toEqual([]);
    expect(reviewed.counts).toEqual({
      covered: 1,
      partial: 0,
      missing: 0,
      waived: 0,
      pages: 2,
      changedPages: 1,
      parsedPages: 1,
    });
  });

  it('fails where the link to the fix is taken out', () => {
    const reviewed = review({ before: site(COVERING), after: site(WITHOUT_LINK) });
    expect(reviewed.verdict).toBe('fail');
    expect(reviewed.reason).toBe('1 scenario blocks: blank-tokens.');
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'introduced', change: 'worsened' });
    expect(outline(reviewed.findings)).toEqual([`!missing-link ${PAGE}:5`]);
    expect(reviewed.findings[0]).toMatchObject({
      message: 'Tokens come back blank: “Tokens come back blank” does not link to the fix, /security/.',
      advice: `Link to /security/ from “Tokens come back blank” (${PAGE}:5).`,
    });
  });

  it('fails where the section is deleted, and says so at the page', () => {
    const reviewed = review({ before: site(COVERING), after: site(WITHOUT_SECTION) });
    expect(scenarioOf(reviewed)).toMatchObject({
      scope: 'introduced',
      change: 'worsened',
      after: { state: 'missing', gaps: [] },
    });
    expect(outline(reviewed.findings)).toEqual([`!missing-scenario ${PAGE}:1`]);
  });

  it('fails where the page is deleted, and says so at the scenario', () => {
    const after = site(COVERING);
    delete after[PAGE];
    const reviewed = review({ before: site(COVERING), after });
    expect(scenarioOf(reviewed).scope).toBe('introduced');
    expect(outline(reviewed.findings)).toEqual([`!missing-scenario ${REGISTRY}:6`]);
    expect(scenarioOf(reviewed).snippet).toBeNull();
  });

  it('fails where the page that the fix stands on is deleted, although the page with the link is untouched', () => {
    const after = site(COVERING);
    delete after[FIX];
    const reviewed = review({ before: site(COVERING), after });
    expect(scenarioOf(reviewed)).toMatchObject({
      scope: 'introduced',
      after: { gaps: [{ kind: 'broken-link', detail: '/security/' }] },
    });
    expect(outline(reviewed.findings)).toEqual([`!broken-link ${PAGE}:7`]);
  });

  it('fails where the heading that the fix stands under is deleted', () => {
    const scenarios = edit(BLANK_TOKENS, '/security/', '/security/#switch');
    const page = edit(COVERING, '/security/', '/security/#switch');
    const files = (fix: string): Files => ({ [REGISTRY]: registry(scenarios), [PAGE]: page, [FIX]: fix });
    const reviewed = review({
      before: files(`${SECURITY}\n## Switch\n\nAsk support.\n`),
      after: files(`${SECURITY}\n## Ask\n\nAsk support.\n`),
    });
    expect(outline(reviewed.findings)).toEqual([`!broken-link ${PAGE}:7`]);
  });
});

describe('scopes', () => {
  it('calls a gap introduced where a new section on the pages names the failure incompletely', () => {
    const page = `${WITHOUT_SECTION}\n## Tokens are empty\n\nTry again.\n`;
    const reviewed = review({ before: site(WITHOUT_SECTION), after: site(page) });
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'introduced', change: 'improved' });
    expect(reviewed.verdict).toBe('fail');
  });

  it('calls going from missing to partial by editing what is there an improvement, never introduced', () => {
    const page = edit(WITHOUT_SECTION, 'The browser never stops.', 'The browser never stops and tokens are blank.');
    const reviewed = review({ before: site(WITHOUT_SECTION), after: site(page) });
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'touched', change: 'improved' });
    expect(reviewed.verdict).toBe('pass');
    expect(outline(reviewed.findings)).toEqual([`missing-cause ${PAGE}:5`, `missing-link ${PAGE}:5`]);
  });

  it('calls a gap without pages introduced by a new label, and not by a mention in running prose', () => {
    const scenarios = edit(BLANK_TOKENS, '    pages: [troubleshooting]\n', '    codes: [E_BLANK]\n');
    const files = (page: string) => ({ ...site(page), [REGISTRY]: registry(scenarios) });
    const label = review({
      before: files(WITHOUT_SECTION),
      after: files(`${WITHOUT_SECTION}\n## E_BLANK\n\nTry again.\n`),
    });
    expect(scenarioOf(label).scope).toBe('introduced');
    const prose = review({
      before: files(WITHOUT_SECTION),
      after: files(`${WITHOUT_SECTION}\n## News\n\nWe renamed E_BLANK.\n`),
    });
    expect(scenarioOf(prose)).toMatchObject({ scope: 'touched', change: 'improved' });
  });

  it('calls a gap touched where the section that names the failure was changed', () => {
    const reviewed = review({
      before: site(WITHOUT_LINK),
      after: site(edit(WITHOUT_LINK, 'is what you', 'is all that you')),
    });
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'touched', change: 'unchanged' });
    expect(outline(reviewed.findings)).toEqual([`missing-link ${PAGE}:5`]);
    expect(reviewed.reason).toBe('Nothing blocks; 1 scenario near this change needs work: blank-tokens.');
  });

  it('calls a gap nearby where another section of its page was changed', () => {
    const reviewed = review({
      before: site(WITHOUT_LINK),
      after: site(edit(WITHOUT_LINK, 'Clear its', 'Clear all its')),
    });
    expect(scenarioOf(reviewed).scope).toBe('nearby');
  });

  it('calls a gap nearby where a page given by name was changed that does not name the failure', () => {
    const reviewed = review({
      before: site(WITHOUT_SECTION),
      after: site(edit(WITHOUT_SECTION, 'Clear its', 'Clear all its')),
    });
    expect(scenarioOf(reviewed).scope).toBe('nearby');
    expect(outline(reviewed.findings)).toEqual([`missing-scenario ${PAGE}:1`]);
  });

  it('calls a gap elsewhere where only a wide glob holds the changed page, and says nothing of it', () => {
    const wide = registry(edit(BLANK_TOKENS, '[troubleshooting]', '["**"]'));
    const files = (page: string) => ({ ...site(page), [REGISTRY]: wide });
    const reviewed = review({
      before: files(WITHOUT_SECTION),
      after: files(edit(WITHOUT_SECTION, 'Clear its', 'Clear all its')),
    });
    expect(scenarioOf(reviewed).scope).toBe('elsewhere');
    expect(reviewed.findings).toEqual([]);
    expect(reviewed.verdict).toBe('pass');
  });

  it('calls a gap nearby where running prose elsewhere mentions the failure anew, as a changelog does', () => {
    const log = (text: string) => site(WITHOUT_SECTION, { 'docs/changelog.md': `# Changes\n\n${text}\n` });
    const reviewed = review({ before: log('Nothing.'), after: log('We fixed that tokens are blank.') });
    expect(scenarioOf(reviewed).scope).toBe('nearby');
  });

  it('calls a gap elsewhere where another page was changed', () => {
    const reviewed = review({
      before: site(WITHOUT_LINK),
      after: site(WITHOUT_LINK, { [FIX]: `${SECURITY}\nMore.\n` }),
    });
    expect(scenarioOf(reviewed).scope).toBe('elsewhere');
    expect(reviewed.findings).toEqual([]);
  });
});

describe('scopes of a gap that stays', () => {
  it('are nearby where a wide glob holds the changed page and the page names the failure', () => {
    const wide = registry(edit(BLANK_TOKENS, '[troubleshooting]', '["**"]'));
    const files = (page: string) => ({ ...site(page), [REGISTRY]: wide });
    const reviewed = review({
      before: files(WITHOUT_LINK),
      after: files(edit(WITHOUT_LINK, 'Clear its', 'Clear all its')),
    });
    expect(scenarioOf(reviewed).scope).toBe('nearby');
  });

  it('are elsewhere where a changelog that mentioned the failure already is changed', () => {
    const log = (text: string) => site(WITHOUT_SECTION, { 'docs/changelog.md': `# Changes\n\n${text}\n` });
    const before = log('We fixed that tokens are blank.');
    expect(scenarioOf(review({ before, after: log('We have fixed that tokens are blank.') })).scope).toBe('elsewhere');
  });

  it('are nearby where a page given by name is deleted, or becomes hidden', () => {
    const two = registry(edit(BLANK_TOKENS, '[troubleshooting]', '[troubleshooting, help]'));
    const files = (more: Files) => ({ ...site(WITHOUT_LINK, more), [REGISTRY]: two });
    expect(scenarioOf(review({ before: files({ 'docs/help.md': 'x' }), after: files({}) })).scope).toBe('nearby');
    const hidden = files({ 'docs/help.md': '---\ndraft: true\n---\n\nx' });
    expect(scenarioOf(review({ before: files({ 'docs/help.md': 'x' }), after: hidden })).scope).toBe('nearby');
  });

  it('are touched where a list item or a callout of the section that names the failure was changed', () => {
    const page = (step: string) => `# T\n\n## Other\n\nYour tokens are blank.\n\n- **${step}**: wait.\n`;
    const reviewed = review({ before: site(page('First')), after: site(page('Second')) });
    expect(scenarioOf(reviewed).scope).toBe('touched');
  });
});

describe('the gate', () => {
  const elsewhere = (block: string) =>
    review({
      before: { ...site(WITHOUT_LINK), [REGISTRY]: GATE(block) },
      after: { ...site(WITHOUT_LINK, { [FIX]: `${SECURITY}\nMore.\n` }), [REGISTRY]: GATE(block) },
    });

  it('blocks up to the scope that the registry says', () => {
    expect(elsewhere('nearby').verdict).toBe('pass');
    expect(elsewhere('all').verdict).toBe('fail');
    expect(outline(elsewhere('all').findings)).toEqual([`!missing-link ${PAGE}:5`]);
  });

  it('passes whatever was done where it is off, and says so', () => {
    const files = (page: string) => ({ ...site(page), [REGISTRY]: GATE('off') });
    const reviewed = review({ before: files(COVERING), after: files(WITHOUT_LINK) });
    expect(reviewed.verdict).toBe('pass');
    expect(reviewed.reason).toMatch(/^The gate is off; 1 scenario /);
  });

  it('lets gaps of less gravity, watched and waived scenarios pass', () => {
    const with_ =
      (scenarios: string, gate = '') =>
      (page: string) => ({ ...site(page), [REGISTRY]: registry(scenarios, gate) });
    const light = with_(BLANK_TOKENS.replace(/ {4}impact.*\n/, ''), 'gate:\n  from: medium\n');
    expect(review({ before: light(COVERING), after: light(WITHOUT_LINK) }).verdict).toBe('pass');
    const watched = with_(`${BLANK_TOKENS}    gate: watch\n`);
    expect(review({ before: watched(COVERING), after: watched(WITHOUT_LINK) }).verdict).toBe('pass');
    const waived = review({ before: site(COVERING), after: site(WITHOUT_LINK) }, { waive: ['blank-tokens'] });
    expect(waived).toMatchObject({ verdict: 'pass', findings: [], counts: { waived: 1 } });
    expect(scenarioOf(waived)).toMatchObject({ change: 'worsened', snippet: null });
  });

  it('names up to three scenarios that block, and registry mistakes beside them', () => {
    const second = edit(BLANK_TOKENS, 'id: blank-tokens', 'id: no-tokens');
    const files = (page: string, more = '') => ({ ...site(page), [REGISTRY]: registry(BLANK_TOKENS + second + more) });
    const reviewed = review({ before: files(COVERING), after: files(WITHOUT_LINK) });
    expect(reviewed.reason).toBe('2 scenarios block: blank-tokens and no-tokens.');
    const leak = '    quotes: ["write to jo@bigcustomer.io", "or to al@bigcustomer.io"]\n';
    const both = review({ before: files(COVERING), after: files(WITHOUT_LINK, leak) });
    expect(both.reason).toBe('2 scenarios block: blank-tokens and no-tokens; 2 registry mistakes block.');
    const near = review({ before: files(WITHOUT_LINK), after: files(edit(WITHOUT_LINK, 'Clear its', 'Clear all')) });
    expect(near.reason).toBe('Nothing blocks; 2 scenarios near this change need work: blank-tokens and no-tokens.');
  });

  it('never blocks a stale branch for a gap that the base branch has mended and the branch did not introduce', () => {
    const files = (page: string, log = '') => ({ ...site(page, { 'docs/log.md': log }), [REGISTRY]: GATE('all') });
    const before = files(WITHOUT_LINK);
    const after = files(WITHOUT_LINK, 'More.');
    expect(review({ before, after }).verdict).toBe('fail');
    expect(review({ before, after, tip: files(COVERING) }).verdict).toBe('pass');
    expect(review({ before, after, tip: files(WITHOUT_SECTION) }).verdict).toBe('fail');
    expect(review({ before: files(COVERING), after, tip: files(COVERING, 'x') }).verdict).toBe('fail');
  });
});

describe('moves and rewording', () => {
  it('follows a page that moved, with its registry as it was', () => {
    const after = site(COVERING, { 'docs/help/errors.md': COVERING });
    delete after[PAGE];
    const reviewed = review({ before: site(COVERING), after });
    expect(reviewed).toMatchObject({ verdict: 'pass', findings: [] });
    expect(scenarioOf(reviewed)).toMatchObject({ change: 'unchanged', continued: false });
    expect(reviewed.counts.changedPages).toBe(0);
  });

  it('follows the page of the fix where the link follows as well, and says a link that stays behind is broken', () => {
    const moved = (page: string): Files => {
      const files = site(page, { 'docs/safety.md': SECURITY });
      delete files[FIX];
      return files;
    };
    expect(review({ before: site(COVERING), after: moved(edit(COVERING, '/security/', '/safety/')) }).verdict).toBe(
      'pass',
    );
    const stale = review({ before: site(COVERING), after: moved(COVERING) });
    expect(outline(stale.findings)).toEqual([`!broken-link ${PAGE}:7`]);
    const redirected = { ...moved(COVERING), _redirects: '/security /safety 301\n' };
    expect(review({ before: site(COVERING), after: redirected }).verdict).toBe('pass');
  });

  it('does not call a gap touched where its page was reformatted or moved', () => {
    const rewrapped = edit(
      WITHOUT_LINK,
      'This is what you see when retrieval',
      'This *is* what you see\nwhen retrieval',
    );
    expect(scenarioOf(review({ before: site(WITHOUT_LINK), after: site(rewrapped) })).scope).toBe('elsewhere');
    const after = site(WITHOUT_LINK, { 'docs/help.md': WITHOUT_LINK });
    delete after[PAGE];
    expect(scenarioOf(review({ before: site(WITHOUT_LINK), after })).scope).toBe('elsewhere');
  });

  it('keeps the state of a section put into other words that still holds cause and link', () => {
    const page = edit(COVERING, '## Tokens come back blank', '## Nothing in the credential fields');
    const reviewed = review({ before: site(COVERING), after: site(page) });
    expect(reviewed.verdict).toBe('pass');
    expect(scenarioOf(reviewed)).toMatchObject({
      continued: true,
      change: 'unchanged',
      scope: null,
      after: { state: 'covered', gaps: [] },
    });
    expect(scenarioOf(reviewed).after.evidence).toMatchObject([
      { path: PAGE, line: 5, label: 'Nothing in the credential fields' },
    ]);
    expect(outline(reviewed.findings)).toEqual([`registry-warning ${PAGE}:5`]);
    expect(reviewed.findings[0]?.advice).toBe(
      `Add the symptom “Nothing credential fields” to \`blank-tokens\` (${REGISTRY}:6).`,
    );
  });

  it('does not keep the state where the reworded section lost its cause, or went to a page that readers do not look at', () => {
    const page = edit(COVERING, '## Tokens come back blank', '## Nothing in the credential fields');
    const withoutCause = edit(page, 'when retrieval is disabled for the account', 'now and then');
    expect(scenarioOf(review({ before: site(COVERING), after: site(withoutCause) }))).toMatchObject({
      continued: false,
      scope: 'introduced',
    });
    const section = page.slice(page.indexOf('## Nothing'), page.indexOf('## Redirect'));
    const away = review({
      before: site(COVERING),
      after: site(edit(page, section, ''), { 'docs/other.md': `# Other\n\n${section}` }),
    });
    expect(scenarioOf(away)).toMatchObject({ continued: false, scope: 'introduced' });
  });

  it('does not call the dropping of an identifier other words for it', () => {
    const scenarios = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: [E_BLANK]');
    const files = (page: string) => ({ ...site(page), [REGISTRY]: registry(scenarios) });
    const named = edit(COVERING, '## Tokens', '## `E_BLANK`: tokens');
    const dropped = review({ before: files(named), after: files(COVERING) });
    expect(scenarioOf(dropped)).toMatchObject({ continued: false, scope: 'introduced' });
    const other = review({ before: files(named), after: files(edit(named, 'tokens come', 'nothing comes')) });
    expect(scenarioOf(other)).toMatchObject({ continued: false, change: 'unchanged', scope: null });
  });

  it('keeps a scenario without causes only under the same label or anchor', () => {
    const scenarios = BLANK_TOKENS.replace(/ {4}causes.*\n/, '').replace('tokens blank|empty', 'tokens come blank');
    const files = (page: string) => ({ ...site(page), [REGISTRY]: registry(scenarios) });
    const relabelled = files(edit(COVERING, '## Tokens come back blank', '## Nothing there'));
    expect(scenarioOf(review({ before: files(COVERING), after: relabelled }))).toMatchObject({
      continued: false,
      scope: 'introduced',
    });
    const anchored = (label: string) =>
      files(edit(COVERING, '## Tokens come back blank', `## <a id="blank"></a>${label}`));
    const reviewed = review({ before: anchored('Tokens come back blank'), after: anchored('Nothing there') });
    expect(scenarioOf(reviewed).change).toBe('worsened');
  });
});

describe('registries', () => {
  const BROKEN = registry(edit(BLANK_TOKENS, 'symptoms', 'symptom'));
  const with_ = (text: string | null, page = COVERING): Files => {
    const files = site(page);
    if (text === null) delete files[REGISTRY];
    else files[REGISTRY] = text;
    return files;
  };

  it('judges by the registry of the base branch, so that a pull request cannot loosen its own gate', () => {
    const reviewed = review({ before: site(COVERING), after: with_(GATE('off'), WITHOUT_LINK) });
    expect(reviewed.verdict).toBe('fail');
    expect(reviewed.preview).toEqual({
      added: [],
      removed: [],
      changed: [],
      notes: ['gate.block would change from introduced to off.'],
    });
  });

  it('fails where the head leaves the registry invalid', () => {
    const reviewed = review({ before: site(COVERING), after: with_(BROKEN) });
    expect(reviewed.verdict).toBe('fail');
    expect(reviewed.reason).toMatch(
      /^This change leaves the registry invalid: 1 mistake, the first at \.github\/signpost\.yml:\d+\.$/,
    );
    expect(reviewed.findings.filter(({ blocking }) => blocking).map(({ kind }) => kind)).toEqual(['registry-invalid']);
    expect(reviewed.preview).toBeNull();
  });

  it('passes the repair of an invalid base registry with a warning, and fails any other change', () => {
    const repair = review({ before: with_(BROKEN), after: site(COVERING) });
    expect(repair).toMatchObject({ verdict: 'pass', scenarios: [], preview: { added: [{ id: 'blank-tokens' }] } });
    expect(outline(repair.findings)).toEqual([expect.stringMatching(/^registry-warning/)]);
    const other = review({ before: with_(BROKEN), after: with_(BROKEN, WITHOUT_LINK) });
    expect(other).toMatchObject({ verdict: 'fail', preview: null });
    expect(other.reason).toMatch(/^The registry is invalid/);
  });

  it('passes without a registry, and says how to begin', () => {
    const reviewed = review({ before: with_(null), after: with_(null, WITHOUT_LINK) });
    expect(reviewed).toMatchObject({ verdict: 'pass', scenarios: [], preview: null, registry: { source: '' } });
    expect(reviewed.reason).toContain('.github/signpost.yml');
  });

  it('previews a first registry', () => {
    const reviewed = review({ before: with_(null, WITHOUT_LINK), after: with_(registry(BLANK_TOKENS), WITHOUT_LINK) });
    expect(reviewed).toMatchObject({ verdict: 'pass', scenarios: [] });
    expect(reviewed.preview).toEqual({
      added: [{ id: 'blank-tokens', state: 'partial', gaps: [{ kind: 'link', detail: '/security/' }] }],
      removed: [],
      changed: [],
      notes: [],
    });
  });

  it('previews a removal, and other settings', () => {
    const gone = review({ before: site(COVERING), after: with_(null) });
    expect(gone).toMatchObject({
      verdict: 'pass',
      findings: [],
      preview: { removed: ['blank-tokens'], notes: [expect.any(String)] },
    });
    const changed = registry(BLANK_TOKENS, 'gate:\n  from: high\n').replace(
      'root: docs',
      'root: docs\n    exclude: ["x/**"]',
    );
    expect(review({ before: site(COVERING), after: with_(changed) }).preview?.notes).toEqual([
      'gate.from would change from low to high.',
      'The docs roots would change.',
    ]);
    const hidden = with_(registry(BLANK_TOKENS), COVERING.replace('title', 'draft: true\ntitle'));
    const first = review({ before: with_(null), after: hidden });
    expect(first.preview?.added).toMatchObject([{ state: 'partial', gaps: [{ kind: 'hidden' }] }]);
  });

  it('previews what a change of an entry would change, which never gates', () => {
    const more = registry(edit(BLANK_TOKENS, 'links: [/security/]', 'links: [/security/, /other/]'));
    const reviewed = review({ before: site(COVERING), after: with_(more) });
    expect(reviewed.verdict).toBe('pass');
    expect(reviewed.preview?.changed).toMatchObject([{ id: 'blank-tokens', before: 'covered', after: 'partial' }]);
    expect(outline(reviewed.findings)).toEqual([expect.stringMatching(/^registry-warning \.github\/signpost\.yml:/)]);
    const gone = review({ before: site(COVERING), after: with_(registry('  []\n')) });
    expect(gone.preview).toMatchObject({ removed: ['blank-tokens'] });
  });

  it('blocks what must not become public, once', () => {
    const leak = registry(`${BLANK_TOKENS}    quotes: ["write to jo@bigcustomer.io please"]\n`);
    const reviewed = review({ before: site(COVERING), after: with_(leak) });
    expect(reviewed).toMatchObject({ verdict: 'fail', reason: '1 registry mistake blocks.' });
    const later = review({ before: with_(leak), after: with_(`${leak}# a word\n`) });
    expect(later).toMatchObject({ verdict: 'pass', findings: [] });
    const brokenToo = review({ before: site(COVERING), after: with_(`${leak}  - id: x\n`) });
    expect(new Set(brokenToo.findings.map(({ kind }) => kind))).toEqual(
      new Set(['registry-invalid', 'unscrubbed-text']),
    );
  });

  it('leaves the registry alone where the pull request does, however stale it is', () => {
    const reviewed = review({ before: with_(BROKEN), after: with_(BROKEN), tip: site(COVERING) });
    expect(reviewed).toMatchObject({ verdict: 'pass', findings: [], preview: null });
  });

  it('takes given files in place of every other registry', () => {
    const files = [{ path: 'my.yml', text: registry(BLANK_TOKENS) }];
    const reviewed = review(
      { before: with_(BROKEN), after: with_(null) },
      { registry: { files, source: 'my', defaults: null } },
    );
    expect(reviewed).toMatchObject({ verdict: 'pass', registry: { source: 'my', commit: null }, preview: null });
  });

  it('judges by the owner’s defaults where the repository has no registry', () => {
    const defaults = { path: '.github/signpost.yml (acme)', text: registry(BLANK_TOKENS) };
    const reviewed = review(
      { before: with_(null), after: with_(null, WITHOUT_LINK) },
      { registry: { files: 'from-base', defaults } },
    );
    expect(reviewed).toMatchObject({ verdict: 'fail', registry: { source: defaults.path, commit: null } });
  });

  it('counts the files of a registry in its name, and takes an unreadable one for invalid', () => {
    const two = {
      ...site(COVERING),
      '.github/signpost/more.yml': 'scenarios: []\n',
      '.github/signpost/other.yml': 'scenarios: []\n',
    };
    expect(review({ before: two, after: two }).registry).toEqual({
      source: '.github/signpost.yml and 2 more files',
      commit: 'merge-base',
    });
    const one = { ...site(COVERING), '.github/signpost/more.yml': 'scenarios: []\n' };
    expect(review({ before: one, after: one }).registry.source).toBe('.github/signpost.yml and 1 more file');
    const binary = { ...two, '.github/signpost/more.yml': { unreadable: 'binary' as const } };
    const reviewed = review({ before: two, after: binary });
    expect(reviewed.verdict).toBe('fail');
    expect(reviewed.findings[0]?.message).toBe('The registry file .github/signpost/more.yml cannot be read: binary.');
  });
});

describe('what there is to compare', () => {
  it('does not judge without common history', () => {
    const snapshots = { ...snapshotsOf(COVERING, WITHOUT_LINK), mergeBase: null };
    const reviewed = review({ before: {}, after: {} }, { snapshots });
    expect(reviewed).toMatchObject({
      verdict: 'not-judged',
      mergeBase: null,
      scenarios: [],
      findings: [],
      preview: null,
    });
    expect(reviewed.reason).toContain('no common history');
    expect(review({ before: {}, after: {} }, { snapshots, direct: true })).toMatchObject({
      verdict: 'fail',
      mergeBase: 'merge-base',
    });
  });

  it('passes an empty review where the merge base is the head', () => {
    const { blobs, mergeBase } = snapshotsOf(WITHOUT_LINK, WITHOUT_LINK, GATE('all'));
    if (!mergeBase) throw new Error('no merge base');
    const reviewed = review(
      { before: {}, after: {} },
      { snapshots: { blobs, base: mergeBase, mergeBase, head: mergeBase } },
    );
    expect(reviewed).toMatchObject({ verdict: 'pass', findings: [] });
    expect(reviewed.reason).toContain('nothing to review');
    expect(scenarioOf(reviewed)).toMatchObject({ scope: 'elsewhere', change: 'unchanged' });
  });

  it('passes without docs', () => {
    const files = { [REGISTRY]: GATE('all') };
    expect(review({ before: files, after: { ...files, 'readme.txt': 'x' } })).toMatchObject({
      verdict: 'pass',
      reason: 'There are no docs pages to judge.',
    });
  });
});

function snapshotsOf(before: string, after: string, settings?: string) {
  const files = (page: string) => ({ ...site(page), ...(settings ? { [REGISTRY]: settings } : {}) });
  return buildSnapshots({ before: files(before), after: files(after) });
}
