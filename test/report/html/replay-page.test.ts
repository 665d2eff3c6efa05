import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noiseAdvice, renderReplayHtml } from '../../../src/report/html/replay-page.ts';
import type { ReplayedScenario } from '../../../src/review/replay/replay.ts';
import { BASE, HEAD } from '../build-review.ts';
import { OCCASION } from './build-audit.ts';
import { fullReplay, replayedScenario } from './build-replay.ts';
import { hostile, type Shape, shapeOf } from './hostile-text.ts';

const all = (shapes: readonly Shape[]): Shape[] => shapes.flatMap((each) => [each, ...all(each.children)]);

const elements = all(shapeOf(renderReplayHtml(fullReplay(), OCCASION)));
const texts = (name: string) => elements.filter((each) => each.name === name).map(({ text }) => text);

describe('the page of a replay', () => {
  it('says what would have been blocked, and by what', () => {
    expect(texts('h1')).toEqual(['1 of 3 merges would have been blocked']);
    expect(texts('header')[0]).toContain(
      `Judged on 2026-06-01 from ${BASE.slice(0, 7)} to ${HEAD.slice(0, 7)} by the registry .github/signpost.yml at ${HEAD.slice(0, 7)}, with gate.block introduced from low gravity.`,
    );
    expect(
      texts('dd')
        .slice(0, 4)
        .map((text) => Number.parseInt(text, 10)),
    ).toEqual([1, 1, 1, 1]);
  });

  it('lists the merges by what they would have been told, the quiet ones in short', () => {
    expect(texts('h2')).toEqual([
      'Over time',
      'Scenarios by noise',
      'Blocked 1',
      'Told, not blocked 1',
      'Not judged 1',
      'Quiet 1',
    ]);
    const [blocked] = elements.filter(({ name }) => name === 'details').filter(({ text }) => text.includes('Take out'));
    for (const words of [
      'Take out old errors',
      'worsened: covered → partial',
      'blocks blank-tokens',
      'It lost its cause.',
    ])
      expect(blocked?.text.replace(/\s+/g, ' ')).toContain(words);
    expect(texts('tbody').at(-1)).toContain('Fix a typo');
  });

  it('says what to do about noise, and of how many nothing was said', () => {
    const noise = elements.find(({ attributes }) => attributes.class === 'noise')?.text ?? '';
    expect(noise).toContain('set gate: watch on it');
    expect(texts('p').join(' ')).toContain('Nothing would have been said of 1 other scenario.');
  });

  it('leads to pull requests, commits and lines', () => {
    const addresses = elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href);
    for (const address of [
      'https://github.com/acme/docs/pull/12',
      `https://github.com/acme/docs/commit/${HEAD}`,
      `https://github.com/acme/docs/blob/${BASE}/docs/troubleshooting.mdx?plain=1#L12-L20`,
    ])
      expect(addresses).toContain(address);
  });

  it.each([
    [{ failed: 0, judged: 12 }, 'No merge of 12 would have been blocked'],
    [{ failed: 0, judged: 0 }, 'No merge could be judged'],
    [{ failed: 1, judged: 1 }, '1 of 1 merge would have been blocked'],
  ])('with %j says %s', (over, headline) => {
    const replay = fullReplay();
    const page = renderReplayHtml({ ...replay, totals: { ...replay.totals, ...over } }, OCCASION);
    expect(page).toContain(`<h1>${headline}</h1>`);
  });

  it('takes every text of others as text', () => {
    const signature = ({ name, attributes }: Shape) => [name, ...Object.keys(attributes)].join(' ');
    const ours = new Set(elements.map(signature));
    fc.assert(
      fc.property(hostile, (text) => {
        const found = all(
          shapeOf(
            renderReplayHtml(
              fullReplay((usual) => `${usual}${text}`),
              OCCASION,
            ),
          ),
        );
        expect(found.map(signature).filter((each) => !ours.has(each))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('noise', () => {
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
});
