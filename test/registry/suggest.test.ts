import { expect, test } from 'vitest';
import { suggest } from '../../src/registry/suggest.ts';

test.each([
  ['symptom', 'symptoms'],
  ['Symptoms', 'symptoms'],
  ['follow-ups', 'followUps'],
  ['quoets', 'quotes'],
  ['hihg', 'high'],
  ['nothing', null],
  ['', null],
  ['symptoms'.repeat(10), null],
])('%s is %s', (word, meant) => {
  expect(suggest(word, ['codes', 'symptoms', 'followUps', 'quotes', 'high'])).toBe(meant);
});

test('takes the first of equally near candidates', () => {
  expect(suggest('cat', ['bat', 'hat'])).toBe('bat');
});
