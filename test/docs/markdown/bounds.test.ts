import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tooMuch } from '../../../src/docs/markdown/bounds.ts';
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

/** Lines that are parts of pages, and large ones, but cheap to parse. */
const ORDINARY: [string, string][] = [
  ['a table', `| a | b |\n|---|---|\n${'| *x* | [y](z) \\| `w` |\n'.repeat(8_000)}`],
  ['a list', '- **Name**: [a](b), *c* and `d`\n'.repeat(8_000)],
  ['a list of lists', '- **Name**\n  - *a*\n    1. [b](c)\n    2. [d](e)\n'.repeat(4_000)],
  ['a numbered list', Array.from({ length: 8_000 }, (_, at) => `${at + 1}. see *step* [a](b)`).join('\n')],
  ['quotes', '> *a* [b](c)\n>\n> d\n\n'.repeat(8_000)],
  ['paragraphs', '*a* and **b** of [c](d)\ngo on here\n\n'.repeat(8_000)],
  ['headings', '# *a* [b](c)\n'.repeat(8_000)],
];

/** Shapes that only look like the above, so that all is one paragraph. */
const CROSSED: [string, string][] = [
  ['rows without a header', '|*a a_|\n'.repeat(20_000)],
  ['a header of other columns', `| a |\n|---|---|\n${'| *a a_ | b |\n'.repeat(20_000)}`],
  ['a header that continues a quote', `> a\n| a |\n|---|\n${'| *a a_ |\n'.repeat(20_000)}`],
  ['numbers that may not interrupt', `a\n${'2. *a a_\n'.repeat(20_000)}`],
  ['numbers after a list that has ended', `1. a\n\nb\n${'2. *a a_\n'.repeat(20_000)}`],
  ['items indented as code', `a\n${'        - *a a_\n'.repeat(20_000)}`],
  ['signs without a blank', '#*a a_\n'.repeat(20_000)],
  ['lines that continue a quote', `> a\n${'b\n'.repeat(20_000)}`],
  ['lines that continue an item', `- a\n${'b\n'.repeat(20_000)}`],
  ['blanks at the ends of lines', 'a  \n'.repeat(20_000)],
];

describe('a text is too much for the parser', () => {
  it.each(ORDINARY)('never for %s that somebody may write', (_, text) => expect(tooMuch(text)).toBeNull());

  it.each(CROSSED)('for %s, at a line', (_, text) => {
    const problem = tooMuch(text);
    expect(problem?.message).toContain('one paragraph');
    expect(problem?.line).toBeGreaterThan(100);
  });
});
