import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScenarioCoverage } from '../../src/coverage/coverage.ts';
import type { Mistake } from '../../src/registry/registry.ts';
import { auditDocs } from '../../src/review/audit-docs.ts';
import { checkRegistry } from '../../src/review/check-registry.ts';
import { LiveAudit } from '../../src/review/live-audit.ts';
import { randomSite } from '../coverage/random-site.ts';
import {
  BLANK_TOKENS,
  blobStore,
  COVERING,
  edit,
  type Files,
  REGISTRY,
  registry,
  SECURITY,
} from './build-snapshots.ts';

const TODAY = '2026-06-01';
/** Always the same ones; another seed finds others: `SEED=7 RUNS=500 npx vitest …`. */
const RUNS = { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 20) };

const SITE: Files = { 'docs/troubleshooting.md': COVERING, 'docs/security.md': SECURITY };

function liveAt(files: Files) {
  const { blobs, snapshot } = blobStore();
  const live = new LiveAudit(snapshot('WORKTREE', files), blobs);
  const draft = (text: string) => ({ files: [{ path: REGISTRY, text }], defaults: null, today: TODAY });
  return {
    live,
    judge: (text: string) => live.judge(draft(text)),
    needed: (text: string) => live.needed(draft(text)),
    replaceDocs: (others: Files) => live.replaceDocs(snapshot('WORKTREE', others)),
  };
}

const word = fc.constantFrom(
  'token',
  'blank',
  'vault',
  'sealed',
  'not',
  'expired',
  'keys',
  'fails',
  'rotated',
  'résau',
);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const field = fc.oneof(
  phrase.map((text) => `symptoms: ["${text}"]`),
  phrase.map((text) => `symptoms: [${text}]\n    causes: ["vault"]`),
  phrase.map((text) => `codes: [E1001]\n    causes: ["${text}"]`),
  fc.constant('codes: [vault_sealed]\n    links: [/keys/#token, /nowhere/]'),
  fc.constant('symptoms: ["token blank"]\n    pages: [a, nothing]\n    waive: { reason: "No", until: 2026-01-01 }'),
  fc.constant('symptom: ["token blank"]'),
  fc.constant('symptoms: ["write to jo@shop.example.org now"]'),
  fc.constant('symptoms: ["token blank"'),
);
const entry = fc
  .tuple(fc.constantFrom('one', 'two', 'three', 'four'), fc.constantFrom('T', 'Tokens'), field, fc.boolean())
  .map(
    ([id, title, rest, comment]) => `${comment ? '  # why\n' : ''}  - id: ${id}\n    title: ${title}\n    ${rest}\n`,
  );
const draft = fc
  .tuple(fc.constantFrom('', 'private: [vault]\n', 'docs: [{ root: docs }]\n'), fc.array(entry, { maxLength: 4 }))
  .map(([settings, entries]) => `version: 1\n${settings}scenarios:\n${entries.join('')}`);

const said = ({ coverage }: { coverage: ScenarioCoverage }) => {
  const { scenario, state, unwaived, gaps, evidence, candidates, unsureLinks } = coverage;
  return { scenario, state, unwaived, gaps, evidence, unsureLinks, looked: candidates.map(({ level }) => level) };
};
const sorted = (mistakes: readonly Mistake[]) => mistakes.map((mistake) => JSON.stringify(mistake)).sort();

describe('a live audit', () => {
  it('says after every edit what an audit and a check of the same texts say', () => {
    fc.assert(
      fc.property(randomSite, fc.array(draft, { minLength: 1, maxLength: 5 }), (files, drafts) => {
        const edited = liveAt(files);
        for (const text of drafts) {
          const { blobs, snapshot } = blobStore();
          const at = { snapshot: snapshot('x', { ...files, [REGISTRY]: text }), blobs, today: TODAY };
          const given = { registry: { files: 'from-base', defaults: null } } as const;
          edited.judge(text);
          while (edited.live.adviseFurther());
          const live = edited.judge(text);
          const audit = auditDocs({ ...at, ...given, waive: [], failOn: null, near: 3 });
          expect([...live.coverage.values()].map((coverage) => said({ coverage }))).toEqual(audit.scenarios.map(said));
          expect(sorted(live.mistakes)).toEqual(sorted(checkRegistry({ ...at, ...given }).mistakes));
          expect(live.isAdvicePending).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('keeps what it knows of scenarios that an edit leaves alone, at the lines where they stand now', () => {
    const two =
      BLANK_TOKENS + edit(edit(BLANK_TOKENS, 'blank-tokens', 'loops'), 'tokens blank|empty', 'redirect loops');
    const { judge } = liveAt(SITE);
    const before = judge(registry(two));
    const after = judge(registry(`  # a comment\n${edit(two, 'redirect loops', 'redirect loop again')}`));
    const candidates = (id: string) => [before, after].map(({ coverage }) => coverage.get(id)?.candidates);
    expect(candidates('blank-tokens')[1]).toBe(candidates('blank-tokens')[0]);
    expect(candidates('loops')[1]).not.toBe(candidates('loops')[0]);
    expect(after.coverage.get('blank-tokens')?.scenario.place.line).toBe(7);
  });

  it('explains one scenario with what comes near', () => {
    const { live, judge } = liveAt(SITE);
    const at = judge(registry(edit(BLANK_TOKENS, 'tokens blank|empty', 'tokens vanish blank')));
    expect(at.coverage.get('blank-tokens')?.state).toBe('missing');
    const { nearMisses } = live.explain(at, 'blank-tokens', TODAY)!;
    expect(nearMisses[0]).toMatchObject({ label: 'Tokens come back blank', lacks: ['vanish'] });
    expect(live.explain(at, 'nothing', TODAY)).toBeNull();
  });

  it('reads other pages where the settings name others, and the docs anew where they changed', () => {
    const { judge, needed, replaceDocs } = liveAt({ ...SITE, 'other/a.md': '# Tokens come back blank\n' });
    const text = registry(BLANK_TOKENS);
    const stateIn = (draft: string) => judge(draft).coverage.get('blank-tokens')?.state;
    expect(stateIn(text)).toBe('covered');
    expect(needed(text)).toEqual([]);
    expect(stateIn(edit(text, 'root: docs', 'root: other'))).toBe('missing');
    expect(stateIn(text)).toBe('covered');
    replaceDocs({ ...SITE, 'docs/troubleshooting.md': edit(COVERING, 'retrieval is disabled', 'it is off') });
    expect(stateIn(text)).toBe('partial');
  });

  it('names the pages that are not loaded yet', () => {
    const { blobs, snapshot } = blobStore();
    const at = snapshot('WORKTREE', SITE);
    const live = new LiveAudit(at, new Map());
    const files = [{ path: REGISTRY, text: registry(BLANK_TOKENS) }];
    const ids = [...at.tree.values()].map(({ blob }) => blob);
    expect(live.needed({ files, defaults: null, today: TODAY }).sort()).toEqual(ids.sort());
    expect(blobs.size).toBe(2);
  });
});
