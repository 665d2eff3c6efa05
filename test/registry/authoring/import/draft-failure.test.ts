import { expect, test } from 'vitest';
import { isDayFirst, isRecurring } from '../../../../src/registry/authoring/import/draft-failure.ts';

test.each([
  [['2026-01-03', '2026-02-01T10:00:00Z'], true],
  [['2026-01-03', '2026-01-30'], false],
  [['03.01.2026', '03.02.2026'], true],
  [['13/01/2026', '01/02/2026'], true],
  [['01/13/2026', '01/02/2026'], false],
  [['01/02/2026', '02/02/2026'], false],
  [['3 Jan 2026', 'February 3, 2026'], true],
  [['1767225600', '1772323200000'], true],
  [['soon', '2026-13-01', ''], false],
])('%j recur: %s', (dates, recurring) => {
  expect(isRecurring(dates, isDayFirst(dates))).toBe(recurring);
});
