import { describe, expect, it } from 'vitest';
import { compilePhrase, isFunctionStem, matchInBlock, matchInSentence } from '../../src/coverage/phrase.ts';
import { indexTokens } from '../../src/coverage/reading.ts';

const inSentence = (phrase: string, text: string, ...labels: string[]) =>
  matchInSentence(
    compilePhrase(phrase),
    indexTokens(text, false),
    labels.map((label) => indexTokens(label, true)),
  )?.words ?? null;

const inBlock = (phrase: string, text: string) =>
  matchInBlock(compilePhrase(phrase), indexTokens(text, false))?.words ?? null;

describe('a symptom', () => {
  it('needs all its words in one sentence, in any order', () => {
    expect(inSentence('tokens are blank', 'Blank values stand in the tokens.')).toEqual(['tokens', 'Blank']);
    expect(inSentence('tokens are blank', 'Tokens expire. The page is blank.')).toBeNull();
  });

  it('takes a label’s words along, but not from there alone', () => {
    expect(inSentence('tokens blank', 'The value is blank.', 'Tokens')).toEqual(['Tokens', 'blank']);
    expect(inSentence('tokens blank', 'Some text.', 'Tokens are blank')).toBeNull();
    expect(inSentence('tokens blank', 'The value is blank.', 'No tokens')).toBeNull();
  });

  it('has closed choices and open synonyms', () => {
    expect(inSentence('token blank|gone', 'The token is empty.')).toBeNull();
    expect(inSentence('token blank', 'The token is empty.')).toEqual(['token', 'empty']);
    expect(inSentence('log in fails', 'Signing in fails.')).toEqual(['Signing in', 'fails']);
    expect(inSentence('rate limit hit', 'You hit a quota.')).toEqual(['quota', 'hit']);
  });

  it('finds identifiers by their parts and compounds however they are written', () => {
    expect(inSentence('execute_tool fails', 'executeTool fails')).toEqual(['executeTool', 'fails']);
    expect(inSentence('prefilled id', 'The pre-filled id')).toEqual(['pre-filled', 'id']);
    expect(inSentence('pre-filled id', 'The prefilled id')).toEqual(['prefilled', 'id']);
    expect(inSentence('a_b_c fails', 'a-b-c.d fails')).toEqual(['a-b-c', 'fails']);
    expect(inSentence('a_b fails', 'a c fails, ab fails')).toEqual(['ab', 'fails']);
  });

  it('is not met by a negated word unless it is negative itself', () => {
    expect(inSentence('tokens blank', 'Tokens are never blank.')).toBeNull();
    expect(inSentence('tokens blank', 'Tokens are not really blank.')).toBeNull();
    expect(inSentence('tokens blank', "Tokens aren't blank.")).toBeNull();
    expect(inSentence('tokens not issued', 'Tokens are not issued.')).toEqual(['Tokens', 'not', 'issued']);
    expect(inSentence('tokens without|lacking scope', 'Tokens without scope.')).not.toBeNull();
    expect(inSentence('cannot|unable connect', 'You cannot connect.')).not.toBeNull();
    expect(inSentence('mismatch url', 'There is no mismatch of the url.')).toBeNull();
    expect(inSentence('tokens blank', 'This is not it. Blank tokens.')).not.toBeNull();
  });

  it('drops function words, keeps negations, and asks once for a word given twice', () => {
    expect(compilePhrase('the token is not there').groups.map((group) => group.source)).toEqual(['token', 'not']);
    expect(compilePhrase('token token').groups).toHaveLength(1);
    expect(compilePhrase('').groups).toEqual([]);
    expect(compilePhrase('... !!').groups).toEqual([]);
    expect(compilePhrase('is it').groups).toHaveLength(2);
    expect(isFunctionStem('not')).toBe(false);
    expect(inSentence('...', 'anything')).toBeNull();
  });

  it('knows no words that objects have by nature', () => {
    expect(inSentence('constructor __proto__', 'toString hasOwnProperty')).toBeNull();
    expect(inSentence('constructor fails', 'The constructor fails.')).not.toBeNull();
  });
});

describe('a cause', () => {
  it('may stand anywhere in the block', () => {
    expect(inBlock('token disabled', 'The token. It is long. Disabled by default.')).toEqual(['token', 'Disabled']);
    expect(inBlock('token disabled', 'The token.')).toBeNull();
    expect(inBlock('!', 'The token.')).toBeNull();
  });
});
