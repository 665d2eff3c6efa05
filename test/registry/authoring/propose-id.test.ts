import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proposeId } from '../../../src/registry/authoring/propose-id.ts';

test('an id is kebab-case, short and new', () => {
  const taken = new Set(['scenario', 'a', 'tokens-empty', 'tokens-empty-2']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
      const id = proposeId(title, taken);
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(id.length).toBeLessThanOrEqual(48);
      expect(taken).not.toContain(id);
    }),
  );
});

test.each([
  ['Tokens are empty', 'tokens-empty-3'],
  ['Connection has an account id but its tokens are blank', 'connection-account-id-tokens-blank'],
  ['ERR_4012', 'err-4012'],
  ['TimeoutError', 'timeout-error'],
  ['Größe fällt weg', 'grosse-fallt-weg'],
  ['接続に失敗しました', 'scenario'],
  ['It is', 'it-is'],
  ['', 'scenario'],
  ['x'.repeat(99), 'x'.repeat(48)],
])('%j is called %s', (title, id) => {
  expect(proposeId(title, new Set(['tokens-empty', 'tokens-empty-2']))).toBe(id);
});
