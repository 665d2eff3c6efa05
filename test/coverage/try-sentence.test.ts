import { describe, expect, it } from 'vitest';
import { type TriedPlace, trySentence } from '../../src/coverage/try-sentence.ts';
import { scenarioOf } from '../site-of.ts';

const BLANK = scenarioOf({ id: 'blank', symptoms: ['tokens are blank|empty'], except: ['fixed in'] });
const CODE = scenarioOf({ id: 'code', codes: ['vault_sealed', 'The vault {name} is sealed'], except: ['fixed in'] });
const NEGATIVE = scenarioOf({ id: 'negative', symptoms: ['callback never arrives'] });

function outcomes(words: string, place: TriedPlace = 'sentence') {
  const { text, results } = trySentence(words, place, [BLANK, CODE, NEGATIVE]);
  return results.map(({ scenario, outcome, lacks, spans }) => ({
    is: `${scenario.id} ${outcome}`,
    lacks,
    found: spans.map(({ start, end }) => text.slice(start, end)),
  }));
}

describe('a sentence that is tried', () => {
  it.each([
    ['Your tokens come back empty.', 'blank names', [], ['tokens', 'empty']],
    ['Empty **tokens** were `returned`', 'blank names', [], ['tokens', 'Empty']],
    ['Tokens are never blank.', 'blank negated', [], ['Tokens', 'blank']],
    ['Tokens were blank; fixed in 4.2.', 'blank excepted', [], ['Tokens', 'blank']],
    ['You get tokens. The page is blank.', 'blank apart', [], ['tokens', 'blank']],
    ['The tokens vanish.', 'blank lacks', ['blank|empty'], ['tokens']],
    ['It ends with `vault_sealed`.', 'code names', [], ['vault_sealed']],
    ['The vault of Jo is sealed', 'code names', [], ['The vault of Jo is sealed']],
    ['vault_sealed was fixed in 3', 'code excepted', [], ['vault_sealed']],
    ['The callback never arrives.', 'negative names', [], ['callback', 'never', 'arrives']],
  ])('%s', (words, is, lacks, found) => {
    expect(outcomes(words)[0]).toEqual({ is, lacks, found });
  });

  it('counts as one in a label or a row', () => {
    const words = 'You get tokens. The page is blank.';
    expect(outcomes(words, 'row')[0]?.is).toBe('blank names');
    expect(outcomes(words, 'label')[0]?.is).toBe('blank names');
  });

  it('tells of nothing that is far away', () => {
    expect(outcomes('The sun shines.')).toEqual([]);
    expect(outcomes('')).toEqual([]);
    expect(outcomes('vault_sealed_again')).toEqual([]);
  });

  it('tells first of what it names', () => {
    expect(outcomes('The callback has vault_sealed tokens').map(({ is }) => is)).toEqual(['code names', 'blank lacks']);
  });
});
