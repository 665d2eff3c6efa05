import { describe, expect, it } from 'vitest';
import type { Gap, GapKind, ScenarioCoverage } from '../../../src/coverage/coverage.ts';
import { compareCoverage, hadGap } from '../../../src/review/compare/compare-coverage.ts';

function coverage(state: 'covered' | 'partial' | 'missing', ...gaps: string[]): ScenarioCoverage {
  const all = gaps.map((gap): Gap => ({ kind: gap.split(' ')[0] as GapKind, detail: gap.split(' ')[1] ?? '' }));
  return {
    state,
    unwaived: { state, gaps: all },
    gaps: all,
    evidence: [],
    candidates: [],
  } as unknown as ScenarioCoverage;
}

describe('a scenario', () => {
  it('is better in the order covered, partial, missing', () => {
    expect(compareCoverage(coverage('missing'), coverage('partial', 'cause a'))).toBe('improved');
    expect(compareCoverage(coverage('covered'), coverage('partial', 'cause a'))).toBe('worsened');
    expect(compareCoverage(coverage('covered'), coverage('covered'))).toBe('unchanged');
  });

  it('is worse with a gap that was not there, and better without one that was', () => {
    expect(compareCoverage(coverage('partial', 'cause a'), coverage('partial', 'cause b'))).toBe('worsened');
    expect(compareCoverage(coverage('partial', 'cause a', 'link b'), coverage('partial', 'cause a'))).toBe('improved');
    expect(compareCoverage(coverage('partial', 'cause a'), coverage('partial', 'cause a'))).toBe('unchanged');
  });

  it('is not worse because another page hides or documents it', () => {
    expect(compareCoverage(coverage('partial', 'elsewhere a'), coverage('partial', 'elsewhere b'))).toBe('unchanged');
    expect(compareCoverage(coverage('partial', 'hidden a'), coverage('partial', 'hidden b'))).toBe('unchanged');
  });

  it('is not worse where prose now names what stood in a sample or elsewhere alone', () => {
    expect(compareCoverage(coverage('partial', 'only-in-sample a'), coverage('partial', 'cause a', 'link b'))).toBe(
      'improved',
    );
    expect(compareCoverage(coverage('partial', 'elsewhere a'), coverage('partial', 'forbidden x'))).toBe('worsened');
    expect(compareCoverage(coverage('partial', 'cause a'), coverage('partial', 'only-in-sample a'))).toBe('worsened');
  });

  it('had a gap if it had that one or was missing', () => {
    const gap: Gap = { kind: 'link', detail: 'b' };
    expect(hadGap(coverage('missing'), null)).toBe(true);
    expect(hadGap(coverage('partial', 'link b'), gap)).toBe(true);
    expect(hadGap(coverage('partial', 'link b'), null)).toBe(false);
    expect(hadGap(coverage('covered'), gap)).toBe(false);
  });
});
