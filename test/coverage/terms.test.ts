import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceEnds, stem, tokenize } from '../../src/coverage/terms.ts';

const stems = (text: string) => tokenize(text).map((token) => token.stem);

describe('tokenize', () => {
  it('splits identifiers at underscores, dots, hyphens and camelCase', () => {
    expect(stems('user_verify_url')).toEqual(['user', 'verify', 'url']);
    expect(stems('client.executeTool')).toEqual(['client', 'execut', 'tool']);
    expect(stems('HTTPServer')).toEqual(['http', 'server']);
  });

  it('joins the parts of a compound so that pre-filled is prefilled', () => {
    expect(tokenize('pre-filled')[0]?.joined).toBe(stem('prefilled'));
    expect(tokenize('prefilled')[0]?.joined).toBeNull();
  });

  it('writes contractions out', () => {
    expect(stems("it can't")).toEqual(['it', 'can', 'not']);
    expect(stems("won't")).toEqual(['will', 'not']);
    expect(stems("isn't")).toEqual(['is', 'not']);
    expect(stems('cannot')).toEqual(['can', 'not']);
    expect(stems("customer's token")).toEqual(['customer', 'token']);
    expect(stems("they're")).toEqual(['they']);
    expect(stems("o'clock")).toEqual(['o', 'clock']);
    expect(stems("'t")).toEqual(['t']);
  });

  it('segments scripts without spaces', () => {
    expect(stems('トークンが空です')).toEqual([...stems('トークン'), ...stems('が'), ...stems('空'), ...stems('です')]);
  });

  it('keeps combining marks with their letters', () => {
    expect(stems('cafe\u0301 हिन्दी')).toEqual(['cafe\u0301', 'हिन्दी']);
  });

  it('points every token into the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(0);
          expect(token.end).toBeLessThanOrEqual(text.length);
          expect(token.end).toBeGreaterThan(token.start);
        }
      }),
    );
  });
});

describe('stem', () => {
  it('takes plural and tense off', () => {
    for (const word of ['token', 'tokens']) expect(stem(word)).toBe('token');
    for (const word of ['fail', 'fails', 'failed', 'failing']) expect(stem(word)).toBe('fail');
    for (const word of ['deny', 'denies', 'denied']) expect(stem(word)).toBe('deny');
    expect(stem('stopped')).toBe('stop');
    expect(stem('boxes')).toBe('box');
    expect(stem('replied')).toBe(stem('reply'));
    expect(stem('calling')).toBe('call');
  });

  it('leaves derivation alone', () => {
    expect(stem('organization')).not.toBe(stem('organ'));
    expect(stem('customer')).not.toBe(stem('custom'));
  });

  it('leaves short words, other scripts and names of object members alone', () => {
    expect(stem('is')).toBe('is');
    expect(stem('was')).toBe('was');
    expect(stem('größe')).toBe('größe');
    expect(stem('constructor')).toBe('constructor');
    expect(stem('bring')).toBe('bring');
    expect(stem('status')).toBe('status');
  });
});

describe('sentenceEnds', () => {
  it('ends at the text’s end', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(sentenceEnds(text).at(-1)).toBe(text.length);
      }),
    );
  });
});
