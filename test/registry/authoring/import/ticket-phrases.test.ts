import { expect, test } from 'vitest';
import { symptomOf } from '../../../../src/registry/authoring/import/ticket-phrases.ts';

test.each([
  ['Tokens are empty after connecting', 'tokens empty'],
  ['Magic link expired before use', 'magic link expired'],
  ['Cannot sign in with SSO', 'cannot sign SSO'],
  ['Failed to load the dashboard', 'failed load dashboard'],
  ['Uploads do not finish', 'uploads not finish'],
  ['Help: x|y "fails"!', 'x y fails'],
  ['接続に失敗', '接続に失敗'],
  ['Error', null],
  ['How do I add a logo', null],
  ['', null],
])('%j makes the phrase %j', (title, phrase) => {
  expect(symptomOf(title)?.phrase ?? null).toBe(phrase);
});
