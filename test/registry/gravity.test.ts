import { expect, test } from 'vitest';
import { gravityOf } from '../../src/registry/gravity.ts';

test.each([
  [3, null, false, 'high'],
  [0, 'production', true, 'high'],
  [2, null, false, 'medium'],
  [0, 'Production', false, 'medium'],
  [1, 'staging', true, 'medium'],
  [1, 'staging', false, 'low'],
] as const)('%s customers in %s, recurring %s, is %s', (customers, environment, recurring, gravity) => {
  expect(gravityOf({ customers, environment, recurring })).toBe(gravity);
});

test('without a known impact is low', () => {
  expect(gravityOf(null)).toBe('low');
});
