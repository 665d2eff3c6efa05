import type { Verdict } from '../review/review.ts';

export const EXIT_CODES = { pass: 0, fail: 1, 'not-judged': 2 } as const satisfies Record<Verdict, 0 | 1 | 2>;
