import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHAPES } from './hostile-shapes.ts';

/** Characters of the shortest page. */
const LENGTH = 5_000;
/** Steps of a page of twice the length, as a multiple. */
const GROWTH = 2.2;

const script = path.join(import.meta.dirname, 'count-steps.ts');
const counted: Record<string, number[]> = JSON.parse(
  execFileSync(process.execPath, ['--import', 'tsx', script, `${LENGTH}`], { encoding: 'utf8' }),
);

describe('the work of parsing grows with the length of a page', () => {
  it.each(SHAPES.map(({ name }) => name))('of %s', (name) => {
    const [once, twice, fourTimes] = counted[name] as [number, number, number];
    expect(once).toBeGreaterThan(500);
    expect(twice / once).toBeLessThan(GROWTH);
    expect(fourTimes / twice).toBeLessThan(GROWTH);
  });
});
