import { expect, test } from 'vitest';
import { isTellingCode } from '../../../src/registry/authoring/found-code.ts';

test.each(['card_declined', 'ERR_4012', 'TimeoutError', 'E1001', 'FORBIDDEN', '4012', 'auth/expired', 'a-b'])(
  '%s can be told from running text',
  (code) => {
    expect(isTellingCode(code)).toBe(true);
  },
);

test.each(['expired', 'error', '404', 'ok', 'Unknown', 'two words', 'ab', '', `a_${'x'.repeat(200)}`, '-', 'a{b}_c'])(
  '%j cannot',
  (code) => {
    expect(isTellingCode(code)).toBe(false);
  },
);
