import { expect, it } from 'vitest';
import { previewLines } from '../../../src/report/words/preview-lines.ts';
import type { Say } from '../../../src/report/words/sentence.ts';

const say: Say = { phrase: (text) => `“${text}”`, copy: (text) => `‹${text}›`, prose: (text) => text };
const none = { added: [], removed: [], changed: [], notes: [] };

it('tells in one line what is added and how it would start', () => {
  const added = [
    { id: 'a', state: 'missing' as const, gaps: [] },
    { id: '__proto__', state: 'covered' as const, gaps: [] },
    { id: 'c', state: 'missing' as const, gaps: [] },
    { id: 'd', state: 'partial' as const, gaps: [{ kind: 'link' as const, detail: '/fix/' }] },
  ];
  expect(previewLines({ ...none, added, notes: ['The docs roots would change.'] }, say)).toEqual([
    'adds ‹a› and ‹c›, which would start as missing',
    'adds ‹__proto__›, which would start as covered',
    'adds ‹d›, which would start as partial, lacking a link to ‹/fix/›',
    'The docs roots would change.',
  ]);
});

it('has nothing to tell without a preview', () => {
  expect(previewLines(null, say)).toEqual([]);
});
