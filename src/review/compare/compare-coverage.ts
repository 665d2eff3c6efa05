import type { Gap, ScenarioCoverage, State } from '../../coverage/coverage.ts';

export type Change = 'improved' | 'unchanged' | 'worsened';

const ORDER: Record<Exclude<State, 'waived'>, number> = { covered: 2, partial: 1, missing: 0 };

/**
 * Whether a scenario is better or worse off than before, waivers aside: covered > partial > missing; in the same state
 * a gap that was not there is worse, and one that is gone is better.
 */
export function compareCoverage(before: ScenarioCoverage, after: ScenarioCoverage): Change {
  const step = ORDER[after.unwaived.state] - ORDER[before.unwaived.state];
  if (step !== 0) return step > 0 ? 'improved' : 'worsened';
  const [old, now] = [before.unwaived.gaps, after.unwaived.gaps];
  if (now.some((gap) => !hasGap(old, gap))) return 'worsened';
  return old.some((gap) => !hasGap(now, gap)) ? 'improved' : 'unchanged';
}

/** True if a scenario has the gap, or one that is worse: where it is missing altogether, everything is lacking. */
export function hadGap(coverage: ScenarioCoverage, gap: Gap | null): boolean {
  if (coverage.unwaived.state === 'missing') return true;
  return gap !== null && coverage.unwaived.state === 'partial' && hasGap(coverage.unwaived.gaps, gap);
}

/**
 * Where a failure stood in a sample alone, or on no page that its readers look at, neither its cause nor its link
 * stood there: naming them as what is still lacking is no new gap.
 */
function hasGap(gaps: readonly Gap[], gap: Gap): boolean {
  const nowhereThere = gaps.some(({ kind }) => kind === 'only-in-sample' || kind === 'elsewhere');
  if (nowhereThere && (gap.kind === 'cause' || gap.kind === 'link')) return true;
  return gaps.some((other) => other.kind === gap.kind && (isAboutPlace(gap) || other.detail === gap.detail));
}

/** These name a page or a sample, which may be another one without being a new gap. */
function isAboutPlace(gap: Gap): boolean {
  return gap.kind === 'elsewhere' || gap.kind === 'hidden' || gap.kind === 'only-in-sample';
}
