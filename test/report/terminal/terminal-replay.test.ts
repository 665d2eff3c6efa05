import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { coverageCurve, renderReplayTerminal } from '../../../src/report/terminal/terminal-replay.ts';
import type { CoveragePoint } from '../../../src/review/replay/replay.ts';
import { finding, replay, replayedMerge } from '../build-review.ts';

const PLAIN = { color: false, width: 80 };

function point(day: number, covered: number): CoveragePoint {
  const counts = { covered, partial: 0, missing: 10 - covered, waived: 3 };
  const date = new Date(Date.UTC(2026, 0, day)).toISOString();
  return { commit: `${day}`, date, counts, byGravity: { high: counts, medium: counts, low: counts } };
}

test('is one sentence where nothing would have been said', () => {
  expect(renderReplayTerminal(replay(), PLAIN)).toBe(
    '✔ 1 change: 1 would have passed in silence\n' +
      '  Merged on 2026-03-01 (ba5e001..c0ffee1), judged by .github/signpost.yml at\n  c0ffee1, gate introduced.\n',
  );
});

test('keeps within its columns and its lines, whatever titles say', () => {
  const title = `A \u001b[31mlong\u001b[0m title\nwith 日本語 ${'and more '.repeat(20)}`;
  const merges = Array.from({ length: 40 }, (_, at) =>
    replayedMerge({ title, pullRequest: at, verdict: 'fail', findings: [finding()], blocking: 1 }),
  );
  const text = renderReplayTerminal(replay(merges), PLAIN);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('and 25 more changes, all in --format json.');
  expect(text).toMatch(/^ +failed +findings +worse +better +now\n +40 +40 +0 +0 +covered +blank-tokens\n/m);
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
});

test('draws what was covered over time, waived scenarios aside', () => {
  expect(coverageCurve([point(1, 2)], 10)).toBeNull();
  expect(coverageCurve([point(1, 2), point(6, 4), point(11, 9)], 10)).toEqual({
    ...{ bars: '▁▁▁▁▃▃▃▃▃█', first: 20, last: 90, least: 20, most: 90 },
  });
  expect(coverageCurve([point(1, 5), point(1, 5)], 3)).toMatchObject({ bars: '▄▄▄', least: 50, most: 50 });
});
