import { expect, it } from 'vitest';
import { forAuthor } from '../../../src/report/words/near-miss-words.ts';
import { nearMiss } from '../build-review.ts';

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
