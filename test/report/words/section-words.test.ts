import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../../src/report/words/clean-text.ts';
import { forAuthor, quoteParts } from '../../../src/report/words/section-words.ts';
import { nearMiss } from '../build-review.ts';

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

describe('a near miss for an author', () => {
  const told = (lacks: string[], edit: string) => {
    const { lacks: lacking, edit: then } = forAuthor(nearMiss({ lacks, edit }));
    return [...lacking, then];
  };

  it('names what lacks as people say it, then what the registry could take', () => {
    const edit = 'add `vanishes` to word 2 of symptom 1 (“blank|empty”), or say “blank|empty”';
    expect(told(['blank|empty', 'cause “not|without keys set|given”'], edit)).toEqual([
      '“blank”',
      'the cause “not keys set”',
      'if it means the same, add `vanishes` to word 2 of symptom 1 (“blank|empty”) in the registry',
    ]);
  });

  it('says nothing twice', () => {
    expect(told(['blank|empty'], 'say “blank|empty”')).toEqual(['“blank”', '']);
    expect(told(['`E1` or `E|2`'], 'name `E1` or `E|2` in this section')).toEqual(['`E1` or `E|2`', '']);
  });

  it('keeps the advice where nothing lacks but one sentence', () => {
    expect(told([], 'say “a|b c” in one sentence of this section')).toEqual([
      'say “a c” in one sentence of this section',
    ]);
  });
});
