import { describe, expect, it } from 'vitest';
import { coverageTrend } from '../../../src/report/html/coverage-charts.ts';
import { points } from './build-replay.ts';
import { type Shape, shapeOf } from './hostile-text.ts';

const all = (shapes: readonly Shape[]): Shape[] => shapes.flatMap((each) => [each, ...all(each.children)]);
const named = (name: string, markup: string) => all(shapeOf(markup)).filter((each) => each.name === name);

const year = points(['2026-01-05', 3, 1, 7], ['2026-03-01', 5, 2, 4], ['2026-12-04', 7, 2, 2]);
const { markup } = coverageTrend(year);

describe('the chart of coverage over time', () => {
  it('stacks what is covered, partial and missing in steps, each told by its own fill', () => {
    const bands = named('path', markup).map(({ attributes: { d, ...others } }) => ({
      ...others,
      steps: d?.split('L').length,
    }));
    expect(bands).toEqual([
      { class: 'fill-covered', steps: expect.any(Number) },
      { fill: 'url(#fill-partial)', class: 'edge-partial', steps: expect.any(Number) },
      { fill: 'url(#fill-missing)', class: 'edge-missing', steps: expect.any(Number) },
    ]);
    expect(new Set(bands.map(({ steps }) => steps)).size).toBe(1);
    expect(markup).not.toContain('NaN');
  });

  it('names each band where it ends', () => {
    const names = named('text', markup).filter(({ attributes }) => attributes.class === 'name');
    expect(names.map(({ text }) => text)).toEqual(['covered 7', 'partial 2', 'missing 2']);
  });

  it('keeps the names of thin bands apart', () => {
    const thin = coverageTrend(points(['2026-01-05', 300, 1, 1], ['2026-03-01', 300, 1, 1])).markup;
    const heights = named('text', thin).flatMap(({ attributes: { class: name, y } }) =>
      name === 'name' ? [Number(y)] : [],
    );
    expect(heights[0]! - heights[1]!).toBeGreaterThanOrEqual(16);
    expect(heights[1]! - heights[2]!).toBeGreaterThanOrEqual(16);
  });

  it('says the same in a sentence', () => {
    expect(named('figcaption', markup)[0]?.text).toBe(
      '2026-01-05: 3 of 11 scenarios covered (27 %); 2026-12-04: 7 of 11 scenarios covered (63 %). Always by the registry as it is now.',
    );
  });

  it.each([
    ['no point', []],
    ['one point', points(['2026-01-05', 1, 1, 1])],
    ['one day', points(['2026-01-05', 1, 1, 1], ['2026-01-05', 2, 1, 0])],
  ])('is left out with %s', (_, few) => {
    expect(coverageTrend(few).markup).toBe('');
  });

  it('can show a time in which nothing was required', () => {
    const empty = coverageTrend(points(['2026-01-05', 0, 0, 0], ['2026-03-01', 0, 0, 0])).markup;
    expect(empty).not.toContain('NaN');
  });
});
