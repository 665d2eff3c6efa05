import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCode } from '../../src/coverage/code.ts';

const found = (code: string, text: string) => {
  const hit = compileCode(code).find(text);
  return hit && text.slice(hit.start, hit.end);
};

describe('an identifier', () => {
  it('is found exactly and whole', () => {
    expect(found('invalid_client', 'You get invalid_client here.')).toBe('invalid_client');
    expect(found('invalid_client', 'an invalid_client.')).toBe('invalid_client');
    expect(found('invalid_client', 'errors.invalid_client')).toBe('invalid_client');
  });

  it('is not found within a longer one or in another case', () => {
    for (const text of [
      'invalid_client_metadata_url',
      'an_invalid_client',
      'INVALID_CLIENT',
      'invalid_client.v2',
      'invalid_client-old',
      'not-invalid_client',
      'invalid_client:7',
    ]) {
      expect(found('invalid_client', text)).toBeNull();
    }
  });

  it('is found after a place where it stands within a longer one', () => {
    expect(found('E1', 'E12 and E1')).toBe('E1');
  });

  it('may consist of signs alone', () => {
    expect(found('-32001', 'code -32001!')).toBe('-32001');
    expect(found('%%', 'a%%b')).toBe('%%');
  });
});

describe('a message', () => {
  it('is found whatever its case, quotes, backticks and line breaks', () => {
    const code = 'user_verify_url not configured for "verification" redirect';
    expect(found(code, 'Error: `user_verify_url` not\nConfigured for verification redirect.')).toBe(
      'user_verify_url` not\nConfigured for verification redirect',
    );
  });

  it('keeps its punctuation', () => {
    expect(found('denied: no scope', 'denied no scope')).toBeNull();
    expect(found('denied: no scope', 'Denied: no scope!')).toBe('Denied: no scope');
  });

  it('is whole at letters', () => {
    expect(found('token is invalid', 'the tokens token is invalidated; token is invalid')).toBe('token is invalid');
  });

  it('keeps apostrophes within words', () => {
    expect(found("can't reach host", "Can't reach host")).toBe("Can't reach host");
    expect(found("can't reach host", 'cant reach host')).toBeNull();
    expect(found("the 'x' field", 'the x field')).toBe('the x field');
  });

  it('has placeholders that stand for one to eight words within a line', () => {
    const code = 'Connection {name} was refused';
    expect(found(code, 'connection acme prod was refused')).toBe('connection acme prod was refused');
    expect(found(code, 'connection was refused')).toBeNull();
    expect(found(code, 'connection a b c d e f g h was refused')).not.toBeNull();
    expect(found(code, 'connection a b c d e f g h i was refused')).toBeNull();
    expect(found(code, 'connection a\nb was refused')).toBeNull();
  });

  it('may begin or end with a placeholder', () => {
    expect(found('{user} is locked', 'account jo is locked')).toBe('jo is locked');
    expect(found('{user} is locked', 'is locked')).toBeNull();
    expect(found('retry after {n}', 'Retry after 30 seconds')).toBe('Retry after 30');
    expect(found('retry after {n}', 'Retry after')).toBeNull();
    expect(found('{only}', 'anything')).toBeNull();
    expect(found('a {x} b {y} c', 'a 1 b 2 c')).toBe('a 1 b 2 c');
  });

  it('tries later places when the first does not lead on', () => {
    expect(found('a {x} c', 'a b d a b c')).not.toBeNull();
  });

  it('takes time linear in the text', () => {
    const text = 'a '.repeat(200_000);
    expect(found('a {x} {y} {z} never', text)).toBeNull();
  });
});

it('never throws and always points into the text', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (code, text) => {
      const hit = compileCode(code).find(text);
      if (hit) expect(hit.start).toBeLessThan(hit.end);
    }),
  );
});
