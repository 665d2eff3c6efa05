import { expect, test } from 'vitest';
import { PageBlobs } from '../../src/commands/page-blobs.ts';
import { PageCache } from '../../src/commands/page-cache.ts';

const NAMES = Array.from({ length: 1000 }, (_, at) => `page-${at}`);
const textOf = (id: string) => `# ${id}\n\nSome words of ${id}.\n`;

/** Blobs of pages of which few are held, and what was read again for them. */
function fullBlobs() {
  const asked: number[] = [];
  const read = (ids: readonly string[]) => {
    asked.push(ids.length);
    return new Map(ids.map((id) => [id, textOf(id)]));
  };
  const blobs = new PageBlobs(new PageCache(null, 'none', () => null), read, 100);
  for (const id of NAMES) blobs.set(id, { text: textOf(id) });
  const text = (id: string) => (blobs.get(id) as { text: string }).text;
  return { blobs, asked, text };
}

test('gives every text, whether it is held or not', () => {
  const { text } = fullBlobs();
  for (const id of NAMES) expect(text(id)).toBe(textOf(id));
});

test('knows the outline of a text that it let go of without reading it again', () => {
  const { blobs, asked } = fullBlobs();
  expect(blobs.get('page-900')).toMatchObject({ outline: expect.anything() });
  expect(asked).toEqual([]);
});

test('reads many at once for somebody who goes through all of them', () => {
  const { text, asked } = fullBlobs();
  for (const id of NAMES) text(id);
  expect(asked.length).toBeLessThan(6);
});

test('reads one for somebody who wants one', () => {
  const { text, asked } = fullBlobs();
  expect([text('page-900'), text('page-30'), text('page-30')]).toEqual(['page-900', 'page-30', 'page-30'].map(textOf));
  expect(asked).toEqual([1, 1]);
});
