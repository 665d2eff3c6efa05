import { describe, expect, it } from 'vitest';
import { rootsAtHead } from '../../../src/review/compare/moves.ts';
import { docsRoot } from '../../site-of.ts';
import { BLANK_TOKENS, COVERING, edit, REGISTRY, registry, review, SECURITY } from '../build-snapshots.ts';

const before = {
  [REGISTRY]: registry(BLANK_TOKENS),
  'docs/troubleshooting.md': COVERING,
  'docs/security.md': SECURITY,
};
const moved = registry(BLANK_TOKENS).replace('root: docs', 'root: content');

describe('a docs folder that moves as a whole', () => {
  it('is followed where the registry moves with it', () => {
    const after = { [REGISTRY]: moved, 'content/troubleshooting.md': COVERING, 'content/security.md': SECURITY };
    const reviewed = review({ before, after });
    expect(reviewed).toMatchObject({ verdict: 'pass', findings: [] });
    expect(reviewed.scenarios[0]?.after).toMatchObject({
      state: 'covered',
      evidence: [{ path: 'content/troubleshooting.md' }],
    });
  });

  it('is held to what it said before', () => {
    const worse = edit(COVERING, ' See [Security](/security/).', '');
    const after = { [REGISTRY]: moved, 'content/troubleshooting.md': worse, 'content/security.md': SECURITY };
    expect(review({ before, after })).toMatchObject({ verdict: 'fail', findings: [{ kind: 'missing-link' }] });
  });

  it('is not followed to a folder with other files, or while the old one has any', () => {
    const other = { [REGISTRY]: moved, 'content/other.md': '# Other\n' };
    expect(review({ before, after: other }).verdict).toBe('fail');
    const both = { ...before, [REGISTRY]: moved, 'content/troubleshooting.md': COVERING };
    expect(review({ before, after: both }).scenarios[0]?.after.evidence[0]?.path).toBe('docs/troubleshooting.md');
  });
});

it('keeps what the base registry says of the folder', () => {
  const file = { blob: 'x', mode: '100644' };
  const own = { ...docsRoot, root: 'content', exclude: ['**'], aliases: { '@/': 'lib/' } };
  const base = { ...docsRoot, exclude: ['drafts/**'] };
  const roots = rootsAtHead([base], [own], new Map([['docs/a.md', file]]), new Map([['content/a.md', file]]));
  expect(roots).toEqual([{ ...base, root: 'content', aliases: { '@/': 'lib/' } }]);
});
