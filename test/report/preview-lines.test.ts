import { expect, it } from 'vitest';
import { previewLines } from '../../src/report/preview-lines.ts';
import type { Say } from '../../src/report/sentence.ts';

const say: Say = { phrase: (text) => `“${text}”`, copy: (text) => `‹${text}›`, prose: (text) => text };
const none = { added: [], removed: [], changed: [], notes: [] };

it('tells in one line what is added and how it would start', () => {
  const notes = [
    'a would start as missing.',
    'c would start as missing.',
    'd would start as partial, with 1 gap: hidden.',
    'The docs roots would change.',
  ];
  expect(previewLines({ ...none, added: ['a', 'b', 'c', 'd'], notes }, say)).toEqual([
    'adds ‹a› and ‹c›, which would start as missing',
    'adds ‹b›',
    'adds ‹d›, which would start as partial, with 1 gap: hidden',
    'The docs roots would change.',
  ]);
});

it('keeps apart ids that every object has', () => {
  const notes = ['__proto__ would start as covered.'];
  expect(previewLines({ ...none, added: ['__proto__', 'constructor'], notes }, say)).toEqual([
    'adds ‹__proto__›, which would start as covered',
    'adds ‹constructor›',
  ]);
});

it('has nothing to tell without a preview', () => {
  expect(previewLines(null, say)).toEqual([]);
});
