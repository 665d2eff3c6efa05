import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recent } from '../../src/coverage/recent.ts';

test('never gives another value than the one that was set, and never holds more than it may', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40)), fc.integer({ min: 2, max: 20 }), (words, most) => {
      const recent = new Recent<string, number>(most);
      for (const word of words) {
        expect([undefined, word]).toContain(recent.get(`word ${word}`));
        recent.set(`word ${word}`, word);
        expect(recent.get(`word ${word}`)).toBe(word);
        expect(recent.size).toBeLessThanOrEqual(most + 1);
      }
    }),
  );
});

test('keeps a word that is asked for again and again', () => {
  const recent = new Recent<string, string>(10);
  recent.set('the', 'value');
  for (let at = 0; at < 1000; at += 1) {
    recent.set(`rare-${at}`, 'other');
    expect(recent.get('the')).toBe('value');
  }
});
