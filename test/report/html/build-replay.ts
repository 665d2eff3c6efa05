import type {
  CoveragePoint,
  Replay,
  ReplayedMerge,
  ReplayedScenario,
  StateCounts,
} from '../../../src/review/replay/replay.ts';
import { BASE, finding, HEAD, replayedMerge } from '../build-review.ts';

const counts = (covered: number, partial: number, missing: number, waived = 0): StateCounts => ({
  ...{ covered, partial, missing, waived },
});

/** Coverage on some days of a year. */
export function points(...of: [date: string, covered: number, partial: number, missing: number][]): CoveragePoint[] {
  return of.map(([date, ...numbers]) => ({
    commit: HEAD,
    date: `${date}T10:00:00Z`,
    counts: counts(...numbers),
    byGravity: { high: counts(...numbers), medium: counts(0, 0, 0), low: counts(0, 0, 0) },
  }));
}

export function merge(over: Partial<ReplayedMerge> = {}): ReplayedMerge {
  return replayedMerge({
    date: '2026-05-04T10:00:00Z',
    title: 'Reword the page on errors',
    reason: 'Nothing to do: the docs explain every known failure as well as before.',
    ...over,
  });
}

export function replayedScenario(over: Partial<ReplayedScenario> = {}): ReplayedScenario {
  return {
    ...{ id: 'blank-tokens', title: 'Tokens are blank after `connect`', gravity: 'high' },
    ...{ findings: 0, blocked: 0, worsened: 0, improved: 0, firstState: 'covered', lastState: 'covered' },
    ...over,
  };
}

/** A replay with one of everything. */
export function fullReplay(say: (text: string) => string = (text) => text): Replay {
  const blocked = merge({
    head: BASE,
    title: say('Take out `old` errors'),
    verdict: 'fail',
    reason: say('1 scenario blocks: blank-tokens.'),
    findings: [
      finding({
        scenario: say('blank-tokens'),
        path: say('docs/troubleshooting.mdx'),
        message: say('it lost its cause'),
      }),
    ],
    changes: [{ id: say('blank-tokens'), change: 'worsened', before: 'covered', after: 'partial' }],
    blocking: 1,
  });
  const told = merge({ pullRequest: null, commented: true, findings: [finding({ blocking: false, path: null })] });
  const unjudged = merge({ verdict: 'not-judged', reason: say('The clone is shallow.') });
  const noisy = replayedScenario({
    ...{ id: say('blank-tokens'), title: say('Tokens are blank after `connect`') },
    ...{ findings: 4, blocked: 2, worsened: 2, improved: 1, lastState: 'partial' },
  });
  return {
    range: { from: BASE, to: HEAD },
    registry: { source: say('.github/signpost.yml'), commit: HEAD },
    gate: { block: 'introduced', from: 'low' },
    merges: [merge({ title: say('Fix a typo') }), told, blocked, unjudged],
    scenarios: [noisy, replayedScenario({ id: 'quiet' })],
    totals: { merges: 4, judged: 3, notJudged: 1, quiet: 1, commented: 1, failed: 1, findings: 2, byKind: {} },
    coverage: points(['2026-01-05', 3, 1, 7], ['2026-03-01', 5, 2, 4], ['2026-05-04', 7, 2, 2]),
  };
}
