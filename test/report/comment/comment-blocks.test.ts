import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CommentBlock, fitBlocks } from '../../../src/report/comment/comment-blocks.ts';
import { byteLength } from '../../../src/report/words/limits.ts';

const block = (items: string[], over: Partial<CommentBlock> = {}): CommentBlock => ({
  open: 'Rows\n',
  items,
  close: '',
  noun: ['row', 'rows'],
  ...over,
});

it('shows all that fits, empty lines between, and no empty block', () => {
  expect(fitBlocks('head', [block(['a\n', 'b\n']), block([])], 'foot', 2_000)).toBe('head\n\nRows\na\nb\n\nfoot');
});

it('drops last first and says so', () => {
  const rows = ['a', 'b', 'c'].map((letter) => `${letter.repeat(300)}\n`);
  const text = fitBlocks('', [block(rows), block(['d\n'], { noun: ['finding', 'findings'] })], '', 1_500);
  expect(text).toContain('\n\n_…and 1 more row; see the check run._');
  expect(text).toContain('_Left out for length: 1 finding; see the check run._');
  expect(text).not.toContain('ccc');
});

it('counts what was never meant to be shown', () => {
  expect(fitBlocks('', [block(['a\n'], { further: 5 })], '', 2_000)).toContain(
    '_…and 5 more rows; see the check run._',
  );
});

it('never exceeds its bytes', () => {
  const blocks = fc.array(
    fc.array(fc.string({ unit: 'grapheme', maxLength: 400 })).map((items) => block(items)),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(blocks, fc.integer({ min: 900, max: 6_000 }), (all, bytes) => {
      expect(byteLength(fitBlocks('head', all, 'foot', bytes))).toBeLessThanOrEqual(bytes);
    }),
  );
});
