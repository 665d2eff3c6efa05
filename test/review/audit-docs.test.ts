import { describe, expect, it } from 'vitest';
import { rememberPages } from '../../src/coverage/memory.ts';
import { type AuditInput, auditDocs } from '../../src/review/audit-docs.ts';
import { checkRegistry } from '../../src/review/check-registry.ts';
import type { Audit } from '../../src/review/review.ts';
import {
  BLANK_TOKENS,
  blobStore,
  COVERING,
  edit,
  type Files,
  outline,
  REGISTRY,
  registry,
  SECURITY,
} from './build-snapshots.ts';

const PAGE = 'docs/troubleshooting.md';

function site(page: string, more: Files = {}): Files {
  return { [REGISTRY]: registry(BLANK_TOKENS), [PAGE]: page, 'docs/security.md': SECURITY, ...more };
}

function audit(files: Files, options: Partial<AuditInput> = {}): Audit {
  const { blobs, snapshot } = blobStore();
  return auditDocs({
    snapshot: snapshot('main', files),
    blobs,
    registry: { files: 'from-base', defaults: null },
    today: '2026-06-01',
    waive: [],
    failOn: null,
    near: 3,
    ...options,
  });
}

const WITHOUT_LINK = edit(COVERING, ' See [Security](/security/).', '');

describe('an audit', () => {
  it('passes where every scenario is covered', () => {
    expect(audit(site(COVERING))).toMatchObject({
      rev: 'main',
      verdict: 'pass',
      reason: 'Nothing to do: every known failure is covered.',
      registry: { source: REGISTRY, commit: 'main' },
      findings: [],
      counts: { covered: 1, pages: 2, changedPages: 0, parsedPages: 1 },
    });
  });

  it('says every gap, and fails only for those as grave as asked', () => {
    const audited = audit(site(WITHOUT_LINK));
    expect(audited).toMatchObject({ verdict: 'pass', reason: '1 of 1 scenario needs work.' });
    expect(outline(audited.findings)).toEqual([`missing-link ${PAGE}:5`]);
    const failing = audit(site(WITHOUT_LINK), { failOn: 'high' });
    expect(failing).toMatchObject({ verdict: 'fail', reason: '1 scenario is as grave as must not be: blank-tokens.' });
    expect(outline(failing.findings)).toEqual([`!missing-link ${PAGE}:5`]);
    const two = { [REGISTRY]: registry(BLANK_TOKENS + edit(BLANK_TOKENS, 'id: blank-tokens', 'id: other')) };
    expect(audit(site(WITHOUT_LINK, two)).reason).toBe('2 of 2 scenarios need work.');
    expect(audit(site(WITHOUT_LINK, two), { failOn: 'low' }).reason).toMatch(/^2 scenarios are as grave/);
    const light = { [REGISTRY]: registry(edit(BLANK_TOKENS, 'customers: 3', 'customers: 1')) };
    expect(audit(site(WITHOUT_LINK, light), { failOn: 'high' }).verdict).toBe('pass');
  });

  it('says of a registry that changed what it says of it alone, whatever is known of the pages', () => {
    const cache = rememberPages();
    const stateBy = (except: string, known?: typeof cache) => {
      const scenario = edit(BLANK_TOKENS, '    causes:', `    except: [${except}]\n    causes:`);
      const files = { ...site(COVERING), [REGISTRY]: registry(scenario) };
      return audit(files, { cache: known }).scenarios[0]?.coverage.state;
    };
    for (const except of ['come back', '', 'come back']) expect(stateBy(except, cache)).toBe(stateBy(except));
    expect(stateBy('come back')).not.toBe(stateBy(''));
  });

  it('shows near misses of what is missing', () => {
    const page = edit(COVERING, '## Tokens come back blank', '## Empty fields');
    const [scenario] = audit(site(page)).scenarios;
    expect(scenario?.coverage.state).toBe('missing');
    expect(scenario?.nearMisses).toMatchObject([{ path: PAGE, line: 5, label: 'Empty fields' }]);
  });

  it('names what cannot be read, of pages that may speak of a failure', () => {
    const more: Files = {
      'docs/aside.mdx': '# A\n\n<B',
      'docs/broken.mdx': '# Tokens come back blank\n\nRetrieval is disabled. <B',
      'docs/binary.md': { unreadable: 'binary' },
    };
    const audited = audit(site(COVERING, more));
    expect(outline(audited.findings)).toEqual([
      'unparsable-page docs/broken.mdx:3',
      'unsupported-file docs/binary.md:1',
    ]);
  });

  it('names a broken partial once, however many pages show it', () => {
    const shows = "import P from './_p.mdx'\n\n<P />\n";
    const more: Files = {
      'docs/a.mdx': shows,
      'docs/b.mdx': shows,
      'docs/_p.mdx': 'Tokens come back blank: retrieval is disabled. <B',
    };
    expect(outline(audit(site(COVERING, more)).findings)).toEqual(['unparsable-page docs/_p.mdx:1']);
  });

  it('says duplicates, conflicts and waivers that are not needed', () => {
    const twice = `${COVERING}\n## Empty tokens\n\nRetrieval is disabled. See [Security](/security/).\n`;
    expect(outline(audit(site(twice)).findings)).toEqual([`duplicate-section ${PAGE}:13`]);
    const never = { [REGISTRY]: registry(`${BLANK_TOKENS}    never: ["enable raw tokens"]\n`) };
    const conflict = `${COVERING}\n## Empty tokens\n\nJust enable raw tokens.\n`;
    const audited = audit(site(conflict, never));
    expect(outline(audited.findings)).toEqual([`conflicting-sections ${PAGE}:15`]);
    expect(audited.findings[0]?.message).toBe(
      `“Empty tokens” says “enable raw tokens”, but “Tokens come back blank” (${PAGE}:5) documents the failure.`,
    );
    expect(outline(audit(site(COVERING), { waive: ['blank-tokens'] }).findings)).toEqual([
      `waiver-unneeded ${REGISTRY}:6`,
    ]);
    const waived = { [REGISTRY]: registry(`${BLANK_TOKENS}    waive: { reason: Later, by: "@acme" }\n`) };
    expect(outline(audit(site(COVERING, waived)).findings)).toEqual([`waiver-unneeded ${REGISTRY}:13`]);
    expect(audit(site(WITHOUT_LINK, waived))).toMatchObject({ findings: [], counts: { waived: 1 } });
  });

  it('fails for an invalid registry, and judges what is sound of it', () => {
    const audited = audit(site(COVERING, { [REGISTRY]: registry(`${BLANK_TOKENS}  - id: x\n`) }));
    expect(audited.verdict).toBe('fail');
    expect(audited.counts.covered).toBe(1);
    expect(audited.findings.every(({ kind }) => kind === 'registry-invalid')).toBe(true);
  });

  it('says how to begin without a registry, and that there are no docs', () => {
    expect(audit({ 'docs/a.md': 'x' }).reason).toContain('.github/signpost.yml');
    expect(audit({ [REGISTRY]: registry(BLANK_TOKENS) }).reason).toBe('There are no docs pages to judge.');
  });
});

describe('checking a registry', () => {
  const check = (files: Files) => {
    const { blobs, snapshot } = blobStore();
    const input = { files: 'from-base' as const, defaults: null };
    return checkRegistry({ snapshot: snapshot('main', files), blobs, registry: input, today: '2026-06-01' });
  };

  it('finds nothing against a sound one', () => {
    expect(check(site(COVERING))).toMatchObject({ registry: { state: 'valid' }, mistakes: [] });
  });

  it('says mistakes, weak entries and what the site has not', () => {
    const weak = BLANK_TOKENS.replace('/security/', '/securty/').replace(/ {4}causes.*\n/, '');
    const { mistakes } = check(site(COVERING, { [REGISTRY]: registry(`${weak}  - id: other\n    title: Other\n`) }));
    expect(mistakes.map(({ kind, scenario, line }) => `${kind} ${scenario} ${line}`)).toEqual([
      'registry-invalid other 12',
      'registry-warning blank-tokens 6',
      'registry-warning blank-tokens 9',
    ]);
  });
});
