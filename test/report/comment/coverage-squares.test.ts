import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/coverage/coverage.ts';
import { renderAuditMarkdown } from '../../../src/report/comment/audit-markdown.ts';
import { renderCheckRun } from '../../../src/report/comment/check-run.ts';
import { renderComment } from '../../../src/report/comment/comment.ts';
import { coverageSquares } from '../../../src/report/comment/coverage-squares.ts';
import { audit, coverage, review, scenarioReview } from '../build-review.ts';

const tally = (covered: number, partial = 0, missing = 0, waived = 0) => ({ covered, partial, missing, waived });

function squares(bar: string): string {
  return /<span aria-hidden="true">(.*?)<\/span>/.exec(bar)?.[1] ?? '';
}

describe('coverageSquares', () => {
  it('has a square for each scenario, and the numbers as text', () => {
    expect(coverageSquares(tally(2, 1, 1, 1), 'now: ')).toBe(
      '<span aria-hidden="true">🟩🟩🟨🟥⬜</span> now: 2 of 4 scenarios covered, 1 partial, 1 missing, 1 waived',
    );
    expect(coverageSquares(tally(1))).toBe('<span aria-hidden="true">🟩</span> 1 of 1 scenario covered');
  });

  it('gives each state its share of twenty squares, and one at the least', () => {
    expect(squares(coverageSquares(tally(1000, 1, 1, 1)))).toBe(`${'🟩'.repeat(17)}🟨🟥⬜`);
    expect(squares(coverageSquares(tally(50, 0, 50)))).toBe('🟩'.repeat(10) + '🟥'.repeat(10));
  });

  it('is never longer, leaves no state out and shows none that has no scenario', () => {
    const n = fc.oneof(fc.constant(0), fc.nat({ max: 9 }), fc.nat({ max: 1_000_000 }));
    fc.assert(
      fc.property(n, n, n, n, (...numbers) => {
        const all = numbers.reduce((a, b) => a + b, 0);
        const shown = [...squares(coverageSquares(tally(...(numbers as [number, number, number, number]))))];
        expect(shown).toHaveLength(Math.min(all, 20));
        const kinds = ['🟩', '🟨', '🟥', '⬜'];
        expect(kinds.map((kind) => shown.includes(kind))).toEqual(numbers.map((number) => number > 0));
      }),
    );
  });
});

describe('where it says something', () => {
  const states = (before: State[], after: State[]) =>
    before.map((state, at) =>
      scenarioReview({
        scenario: { id: `s${at}` },
        change: state === after[at] ? 'unchanged' : 'improved',
        before: { state },
        after: { state: after[at] as State },
      }),
    );
  const improved = review({ scenarios: states(['covered', 'missing', 'partial'], ['covered', 'covered', 'partial']) });
  const options = { files: new Set<string>() };

  it('stands before → now in the comment and the summary of the check run', () => {
    const bars =
      '<span aria-hidden="true">🟩🟨🟥</span> before: 1 of 3 scenarios covered, 1 partial, 1 missing<br>\n' +
      '<span aria-hidden="true">🟩🟩🟨</span> now: 2 of 3 scenarios covered, 1 partial\n\n| |';
    expect(renderComment(improved)).toContain(bars);
    expect(renderCheckRun(improved, options).summary).toContain(bars);
  });

  it('stands nowhere where no number changes, or where there is next to nothing to count', () => {
    const swapped = review({ scenarios: states(['covered', 'missing', 'partial'], ['missing', 'covered', 'partial']) });
    const few = review({ scenarios: states(['missing', 'missing'], ['covered', 'missing']) });
    for (const quiet of [swapped, few, review()]) {
      expect(renderComment(quiet)).not.toContain('🟩');
      expect(renderCheckRun(quiet, options).summary).not.toContain('🟩');
    }
  });

  it('shows what the registry of the pull request would change', () => {
    const scenarios = states(['covered', 'covered', 'missing'], ['covered', 'covered', 'missing']);
    const preview = {
      added: [{ id: 'new', state: 'partial' as const, gaps: [] }],
      removed: ['s0'],
      changed: [{ id: 's2', before: 'missing' as const, after: 'covered' as const, gaps: [] }],
      notes: [],
    };
    expect(renderComment(review({ scenarios, preview }))).toContain(
      '`s2`: missing → covered\n\n<span aria-hidden="true">🟩🟩🟥</span> now: 2 of 3 scenarios covered, 1 missing<br>\n' +
        '<span aria-hidden="true">🟩🟩🟨</span> then: 2 of 3 scenarios covered, 1 partial\n',
    );
    const added = ['a', 'b', 'c'].map((id) => ({ id, state: 'missing' as const, gaps: [] }));
    const first = renderComment(review({ preview: { added, removed: [], changed: [], notes: [] } }));
    expect(first).toContain('<span aria-hidden="true">🟥🟥🟥</span> then: 0 of 3 scenarios covered, 3 missing');
    expect(first).not.toContain('now:');
  });

  it('stands in an audit that has scenarios', () => {
    const counts = { covered: 1, partial: 0, missing: 1, waived: 0, pages: 3, changedPages: 0, parsedPages: 1 };
    const scenarios = [{ coverage: coverage(), nearMisses: [] }];
    expect(renderAuditMarkdown(audit({ counts, scenarios }))).toContain(
      '🟩🟥</span> 1 of 2 scenarios covered, 1 missing',
    );
    expect(renderAuditMarkdown(audit())).not.toContain('🟩');
  });

  it('is dropped whole where there is no room', () => {
    const { length } = renderComment(improved, { bytes: 4_000 });
    expect(length).toBeLessThan(4_000);
  });
});
