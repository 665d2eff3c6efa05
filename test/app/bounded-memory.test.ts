import { expect, it } from 'vitest';
import { boundedMemory } from '../../src/app/bounded-memory.ts';

it('keeps trees and texts within its bytes', () => {
  const { trees, texts } = boundedMemory(20_000);
  for (let at = 0; at < 10; at++) {
    texts.set(`t${at}`, { text: 'x'.repeat(2_000) });
    trees.set(
      `c${at}`,
      new Map(Array.from({ length: 30 }, (_, n) => [`docs/${n}.md`, { blob: 'b', mode: '100644', size: 1 }])),
    );
  }
  const kept = (of: { get(key: string): unknown }, letter: string) =>
    Array.from({ length: 10 }, (_, at) => of.get(letter + at)).filter((value) => value !== undefined).length;
  expect([kept(texts, 't'), kept(trees, 'c')]).toEqual([2, 1]);
});

it('remembers that a blob is no text', () => {
  const { texts } = boundedMemory(20_000);
  texts.set('a', { unreadable: 'too large' });
  expect(texts.get('a')).toEqual({ unreadable: 'too large' });
});
