import { describe, expect, it } from 'vitest';
import type { GapKind } from '../../src/coverage/coverage.ts';
import {
  asSentence,
  lackOf,
  lineRange,
  listed,
  placeOf,
  shortCommit,
  stateChange,
  toDo,
} from '../../src/report/sentence.ts';
import { HEAD } from './build-review.ts';

const quote = (term: string) => `‹${term}›`;

describe('a gap', () => {
  it.each<[GapKind, string, string]>([
    ['cause', 'the cause ‹x›', 'name the cause ‹x›'],
    ['link', 'a link to ‹x›', 'link to ‹x›'],
    ['broken-link', '‹x›, which leads nowhere', 'point the link ‹x› at the page that now holds the fix'],
    ['only-in-sample', 'an explanation outside the code sample or card', 'explain it in prose beside the sample'],
    ['hidden', 'a page that readers can find', 'publish the page, or document it on one that readers can find'],
    ['forbidden', 'a section without ‹x›', 'take out ‹x›'],
    ['elsewhere', 'a section where its readers look', 'name it here and link to the section in ‹x›'],
  ])('%s is told as a thing and as a task', (kind, lack, task) => {
    const gaps = [{ kind, detail: 'x' }];
    expect(lackOf('partial', gaps, quote)).toBe(lack);
    expect(toDo('partial', gaps, quote)).toBe(task);
  });

  it('is the whole section for a missing scenario', () => {
    expect(lackOf('missing', [], quote)).toBe('named nowhere');
    expect(toDo('missing', [], quote)).toBe('add a section that names it, says why it happens and links to the fix');
  });
});

it('lists with commas and one “and”', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
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
