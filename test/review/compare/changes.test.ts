import { expect, it } from 'vitest';
import { changedFiles } from '../../../src/docs/tree.ts';

const file = (blob: string, mode = '100644') => ({ blob, mode });

it('tells added, deleted and modified files apart, in path order', () => {
  const before = new Map([
    ['b.md', file('1')],
    ['a.md', file('2')],
    ['gone.md', file('3')],
    ['same.md', file('4')],
  ]);
  const after = new Map([
    ['b.md', file('1', '120000')],
    ['a.md', file('9')],
    ['new.md', file('3')],
    ['same.md', file('4')],
  ]);
  expect(changedFiles(before, after)).toEqual({ added: ['new.md'], deleted: ['gone.md'], modified: ['a.md', 'b.md'] });
});
