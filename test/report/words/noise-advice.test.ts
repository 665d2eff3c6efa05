import { describe, expect, it } from 'vitest';
import { noiseAdvice } from '../../../src/report/words/noise-advice.ts';
import type { ReplayedScenario } from '../../../src/review/replay/replay.ts';
import { fullReplay, replayedScenario } from '../html/build-replay.ts';

const { totals } = fullReplay();

const adviceOn = (over: Partial<ReplayedScenario>, judged = 10, block: 'introduced' | 'touched' = 'introduced') =>
  noiseAdvice(replayedScenario(over), { totals: { ...totals, judged }, gate: { block, from: 'low' } });

describe('advice on a scenario', () => {
  it.each([
    ['is quiet', {}],
    ['blocked once where it got worse', { blocked: 1, worsened: 1, findings: 1 }],
    ['was told now and then', { findings: 1 }],
  ])('is none where it %s', (_, over) => {
    expect(adviceOn(over)).toEqual([]);
  });

  it('is to watch what stops a fifth of all merges', () => {
    const often = { blocked: 2, worsened: 2, findings: 2 };
    expect(adviceOn(often)).toEqual(['It would have stopped 2 merges: set `gate: watch` on it until it is covered.']);
    expect(adviceOn(often, 11)).toEqual([]);
  });

  it.each([
    ['introduced', 'complete that section first'],
    ['touched', 'block on `introduced` alone'],
  ] as const)('is on old gaps, by the gate %s', (block, words) => {
    const [advice] = adviceOn({ blocked: 1, lastState: 'partial', findings: 1 }, 10, block);
    expect(advice).toContain(words);
  });

  it('is to widen phrases that rewording loses', () => {
    const [advice] = adviceOn({ worsened: 2, improved: 1 });
    expect(advice).toContain('widen its phrases');
  });

  it('is to name the pages of what is told often and never blocks', () => {
    const [advice] = adviceOn({ findings: 3 });
    expect(advice).toContain('name its `pages` more closely');
  });
});
