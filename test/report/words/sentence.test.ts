import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapKind } from '../../../src/coverage/coverage.ts';
import {
  asSentence,
  furtherGaps,
  grouped,
  lackOf,
  lineRange,
  listed,
  placeOf,
  type Say,
  shortCommit,
  spacing,
  stateChange,
  waivedLine,
} from '../../../src/report/words/sentence.ts';
import { HEAD, scenarioReview, snippet } from '../build-review.ts';

const say: Say = { phrase: (text) => `“${text}”`, copy: (text) => `‹${text}›`, prose: (text) => text };

describe('a gap', () => {
  it.each<[GapKind, string]>([
    ['cause', 'the cause “x”'],
    ['link', 'a link to ‹x›'],
    ['broken-link', 'the target of ‹x›'],
    ['only-in-sample', 'an explanation outside the code sample or card'],
    ['hidden', 'a page that readers can find'],
    ['forbidden', 'a section without “x”'],
    ['elsewhere', 'a section where its readers look'],
  ])('%s is told as a thing', (kind, lack) => {
    expect(lackOf('partial', [{ kind, detail: 'x' }], say)).toBe(lack);
  });

  it('is the whole section for a missing scenario and for one that is mentioned in passing', () => {
    expect(lackOf('missing', [], say)).toBe('named nowhere');
    expect(lackOf('partial', [{ kind: 'cause', detail: '' }], say)).toBe('a section of its own');
  });

  it('is told together with others of its kind', () => {
    const gaps = ['a', 'b'].map((detail) => ({ kind: 'cause' as const, detail }));
    expect(lackOf('partial', [...gaps, { kind: 'link', detail: 'c' }], say)).toBe(
      'the causes “a” and “b” and a link to ‹c›',
    );
  });
});

it('counts gaps and waivers in one line each, and none in no line', () => {
  expect([0, 1, 1_204].map((n) => furtherGaps(n, n > 1, 'this change'))).toEqual([
    '',
    '1 scenario has a gap that this change did not cause.',
    '1,204 more scenarios have gaps that this change did not cause.',
  ]);
  const waived = ['a', 'b'].map((id) => scenarioReview({ scenario: { id } }));
  expect([[], waived.slice(1), waived].map((all) => waivedLine(all, say))).toEqual([
    '',
    '1 scenario is waived: ‹b›.',
    '2 scenarios are waived: ‹a› and ‹b›.',
  ]);
});

it('asks for the empty line that a shown snippet does not begin with', () => {
  expect(['a', '\na', '\r\na'].map((text) => spacing(snippet({ text })))).toEqual([
    '',
    'leave an empty line before it',
    'leave an empty line before it',
  ]);
});

it('lists with commas and one “and”', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => listed(items))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect(listed(['a', 'b'], 'or')).toBe('a or b');
});

it('names places and states as briefly as they are clear', () => {
  expect(lineRange(3, 3)).toBe('3');
  expect(placeOf({ path: 'a.md', line: 3, endLine: 9 })).toBe('a.md:3-9');
  expect(placeOf({ path: 'a.md', line: 3 })).toBe('a.md:3');
  expect(placeOf({ path: 'a.md', line: null })).toBe('a.md');
  expect(stateChange('covered', 'covered')).toBe('covered');
  expect(shortCommit(HEAD)).toBe('c0ffee1');
  expect(shortCommit('WORKTREE')).toBe('WORKTREE');
});

it('ends what does not end', () => {
  expect(['a', 'a.', 'なぜ？'].map(asSentence)).toEqual(['a.', 'a.', 'なぜ？']);
});

describe('grouped', () => {
  it('writes any count as English does', () => {
    fc.assert(fc.property(fc.nat(), (count) => grouped(count) === count.toLocaleString('en-US')));
  });
});
