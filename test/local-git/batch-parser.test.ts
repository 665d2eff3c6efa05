import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { BatchParser } from '../../src/local-git/batch-parser.ts';

const MAX = 40;

type Answer = { bytes: Uint8Array } | 'missing';

const idOf = (index: number): string => index.toString(16).padStart(40, '0');

function written(answers: readonly Answer[]): Buffer {
  const pieces = answers.map((answer, index) => {
    if (answer === 'missing') return Buffer.from(`${idOf(index)} missing\n`);
    const header = Buffer.from(`${idOf(index)} blob ${answer.bytes.length}\n`);
    return Buffer.concat([header, answer.bytes, Buffer.from('\n')]);
  });
  return Buffer.concat(pieces);
}

function parse(output: Buffer, cuts: readonly number[]): [string, number[] | string][] {
  const received: [string, number[] | string][] = [];
  const parser = new BatchParser(MAX, (blob, bytes) =>
    received.push([blob, typeof bytes === 'string' ? bytes : [...bytes]]),
  );
  const edges = [0, ...cuts.map((cut) => cut % (output.length + 1)), output.length].sort((a, b) => a - b);
  for (let i = 1; i < edges.length; i++) parser.push(output.subarray(edges[i - 1], edges[i]));
  return received;
}

const answer = fc.oneof(
  fc.constant<Answer>('missing'),
  fc.uint8Array({ maxLength: 60 }).map((bytes): Answer => ({ bytes })),
  fc
    .string({ unit: fc.constantFrom('\n', ' ', 'a', '0'), maxLength: 60 })
    .map((text): Answer => ({ bytes: Buffer.from(text) })),
);

test('reads every answer, wherever the output is cut into chunks', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 12 }), fc.array(fc.nat(2_000), { maxLength: 40 }), (answers, cuts) => {
      const expected = answers.map((each, index) => {
        if (each === 'missing') return [idOf(index), 'missing'];
        return [idOf(index), each.bytes.length > MAX ? 'too large' : [...each.bytes]];
      });
      expect(parse(written(answers), cuts)).toEqual(expected);
    }),
  );
});

test('reads output that arrives byte by byte', () => {
  const answers: Answer[] = [{ bytes: Buffer.from('two\nlines') }, { bytes: Buffer.alloc(0) }, 'missing'];
  const output = written(answers);
  expect(parse(output, [...output.keys()])).toEqual([
    [idOf(0), [...Buffer.from('two\nlines')]],
    [idOf(1), []],
    [idOf(2), 'missing'],
  ]);
});

test('reads ids of SHA-256', () => {
  const id = 'ab'.repeat(32);
  expect(parse(Buffer.from(`${id} blob 1\nx\n`), [])).toEqual([[id, [0x78]]]);
});

test('keeps nothing of a blob that is too large', () => {
  const received: unknown[] = [];
  const parser = new BatchParser(MAX, (_, bytes) => received.push(bytes));
  const chunk = Buffer.alloc(1 << 16);
  const keep = vi.spyOn(chunk, 'subarray');
  parser.push(Buffer.from(`${idOf(1)} blob ${chunk.length * 1_000}\n`));
  for (let i = 0; i < 1_000; i++) parser.push(chunk);
  parser.push(Buffer.from(`\n${idOf(2)} blob 0\n\n`));
  expect(received).toEqual(['too large', expect.objectContaining({ length: 0 })]);
  expect(keep).not.toHaveBeenCalled();
});

test('refuses output of an unknown form', () => {
  const parser = new BatchParser(MAX, () => {});
  expect(() => parser.push(Buffer.from('usage: git cat-file\n'))).toThrow(/unknown form: "usage: git cat-file"/);
});
