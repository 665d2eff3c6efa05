import { expect, it } from 'vitest';
import { besideItsPlace } from '../../../src/report/words/finding-words.ts';
import { finding } from '../build-review.ts';

const place = { path: 'docs/(a)/faq.md', line: 12 };

it('leaves out the place that stands before it already', () => {
  const message = '“A” (docs/(a)/faq.md:12) says it otherwise than “B” (docs/(a)/faq.md:3).';
  expect(besideItsPlace(finding({ ...place, message, advice: 'Mend “A” (docs/(a)/faq.md:12).' }))).toEqual({
    message: '“A” says it otherwise than “B” (docs/(a)/faq.md:3).',
    advice: 'Mend “A”.',
  });
});

it('changes nothing without a place', () => {
  const told = { message: 'a (b.md:1)', advice: 'c (b.md:1)' };
  expect(besideItsPlace(finding({ ...told, path: null }))).toEqual(told);
  expect(besideItsPlace(finding({ ...told, path: 'b.md', line: null }))).toEqual(told);
});
