import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanLine } from '../../../src/report/words/clean-text.ts';
import { quoteParts } from '../../../src/report/words/quote-parts.ts';

const partsOf = (text: string, ...marks: [start: number, end: number][]) =>
  quoteParts({ path: 'a.md', line: 1, text, marks: marks.map(([start, end]) => ({ start, end })) });

it('cuts a sentence where its marked words begin and end', () => {
  expect(partsOf('The keys are\nempty.', [4, 8], [13, 18])).toEqual([
    { text: 'The ', isMarked: false },
    { text: 'keys', isMarked: true },
    { text: ' are ', isMarked: false },
    { text: 'empty', isMarked: true },
    { text: '.', isMarked: false },
  ]);
});

it('shortens what is long between marked words, and never a marked word', () => {
  const long = `${'word '.repeat(100)}keys ${'word '.repeat(100)}`;
  const parts = partsOf(long, [500, 504]);
  expect(parts.map(({ text }) => text.length <= 130)).toEqual([true, true, true]);
  expect(parts[0]?.text).toMatch(/^…/);
  expect(parts[1]).toEqual({ text: 'keys', isMarked: true });
});

it('of a short sentence keeps all', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.nat(60), fc.nat(60), (text, a, b) => {
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      const whole = partsOf(text, [start, end])
        .map((part) => part.text)
        .join('');
      expect(cleanLine(whole).replace(/\s/g, '')).toBe(cleanLine(text).replace(/\s/g, ''));
    }),
  );
});
