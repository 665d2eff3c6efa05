import { expect, it } from 'vitest';
import { counted, listed, plainPhrase, quoted } from '../../../src/review/findings/wording.ts';

it('says a phrase with the first of each choice', () => {
  expect(plainPhrase('user_verify_url not|without  configured')).toBe('user_verify_url not configured');
  expect(plainPhrase('|-|blank|empty tokens |')).toBe('blank tokens');
  expect(plainPhrase('tokens -> *|')).toBe('tokens -> *');
});

it('quotes a label and cuts a very long one without splitting a character', () => {
  expect(quoted('Blank tokens')).toBe('“Blank tokens”');
  expect(quoted('😀'.repeat(90))).toBe(`“${'😀'.repeat(80)}…”`);
});

it('lists up to three and counts the rest', () => {
  expect(listed([])).toBe('');
  expect(listed(['a', 'b'], 'or')).toBe('a or b');
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  expect([counted(1, 'gap'), counted(0, 'gap')]).toEqual(['1 gap', '0 gaps']);
});
