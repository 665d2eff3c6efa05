import fc from 'fast-check';
import { it } from 'vitest';
import { grouped } from '../../../src/report/words/grouped.ts';

it('writes any count as English does', () => {
  fc.assert(fc.property(fc.nat(), (count) => grouped(count) === count.toLocaleString('en-US')));
});
