import { expect, it } from 'vitest';
import { whyItMatters } from '../../../src/report/words/why-it-matters.ts';
import { scenario } from '../build-review.ts';

const place = { path: '.github/signpost.yml', line: 1, column: 1 };

it.each([
  [
    'its impact',
    { gravity: 'high' as const, impact: { customers: 3, environment: 'production', recurring: true } },
    'High gravity: 3 customers, in production, recurring.',
  ],
  ['that no impact is given', {}, 'Low gravity: the registry gives no impact.'],
  [
    'that the registry sets it',
    { gravity: 'medium' as const, places: { gravity: place } },
    'Medium gravity, as the registry sets it.',
  ],
  [
    'that the registry sets it, and its impact',
    { places: { gravity: place }, impact: { customers: 1, environment: null, recurring: false } },
    'Low gravity, as the registry sets it (1 customer).',
  ],
  [
    'no impact of nothing',
    { impact: { customers: 0, environment: null, recurring: false } },
    'Low gravity: the registry gives no impact.',
  ],
])('gravity tells %s', (_, over, gravity) => {
  expect(whyItMatters(scenario(over), []).gravity).toBe(gravity);
});

it('scrubs quotes', () => {
  const { quotes } = whyItMatters(scenario({ quotes: ['I am jo@bigcustomer.com', 'MegaCorp waits'] }), ['MegaCorp']);
  expect(quotes.join()).not.toMatch(/jo@|MegaCorp/);
});
