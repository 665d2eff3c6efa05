import { expect, test } from 'vitest';
import { BlobTexts } from '../../../src/docs/site/blob-texts.ts';

const NAMES = Array.from({ length: 1000 }, (_, at) => `page-${at}`);
const textOf = (id: string) => `# ${id}\n\nSome words of ${id}.\n`;

/** Blobs of pages of which few are held, and what was read again for them. */
function fullBlobs() {
  const asked: number[] = [];
  const read = (ids: readonly string[]) => {
    asked.push(ids.length);
    return new Map(ids.map((id) => [id, textOf(id)]));
  };
  const blobs = new BlobTexts(read, 100);
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

test('reads many at once for somebody who says that all of them are needed', () => {
  const { blobs, text, asked } = fullBlobs();
  blobs.expect(() => NAMES);
  for (const id of NAMES) text(id);
  expect(asked.length).toBeLessThan(6);
});

test('reads one for somebody who wants one', () => {
  const { text, asked } = fullBlobs();
  expect([text('page-900'), text('page-30'), text('page-30')]).toEqual(['page-900', 'page-30', 'page-30'].map(textOf));
  expect(asked).toEqual([1, 1]);
});

test('reads on in the order that was said, whatever is asked for in between', () => {
  const { blobs, text, asked } = fullBlobs();
  const order = NAMES.toReversed().filter((_, at) => at % 3 === 0);
  blobs.expect(() => order);
  for (const [at, id] of order.entries()) {
    expect(text(id)).toBe(textOf(id));
    if (at % 50 === 0) text('page-500');
  }
  expect(asked.length).toBeLessThan(10);
});

test('reads few at once where they are long', () => {
  const long = 'x'.repeat(512 * 1024);
  const asked: number[] = [];
  const read = (ids: readonly string[]) => {
    asked.push(ids.length);
    return new Map(ids.map((id) => [id, long]));
  };
  const blobs = new BlobTexts(read, 0);
  for (const id of NAMES.slice(0, 20)) blobs.set(id, { text: long });
  blobs.expect(() => NAMES.slice(0, 20));
  for (const id of NAMES.slice(0, 20)) expect((blobs.get(id) as { text: string }).text).toBe(long);
  expect(Math.max(...asked)).toBe(2);
});

test('asks for nothing that it holds', () => {
  const asked: string[] = [];
  const read = (ids: readonly string[]) => {
    asked.push(...ids);
    return new Map(ids.map((id) => [id, textOf(id)]));
  };
  const blobs = new BlobTexts(read, textOf('held').length);
  for (const id of ['held', 'gone-1', 'gone-2']) blobs.set(id, { text: textOf(id) });
  blobs.expect(() => ['gone-1', 'held', 'gone-2', 'never met']);
  for (const id of ['gone-1', 'held', 'gone-2']) expect((blobs.get(id) as { text: string }).text).toBe(textOf(id));
  expect(asked).toEqual(['gone-1', 'gone-2']);
});
