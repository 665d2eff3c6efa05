import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { BatchParser, BlobReader } from '../../src/local-git/blob-reader.ts';
import { type Files, makeRepository, removeTempFolders, type TempRepository } from '../temp-repository.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTempFolders);

const idsOf = ({ git }: TempRepository, ...paths: string[]) => paths.map((path) => git('rev-parse', `HEAD:${path}`));

async function readAll(reader: BlobReader, ids: Iterable<string>): Promise<[string, string][]> {
  const received: [string, string][] = [];
  await reader.read(ids, (blob, bytes) => {
    received.push([blob, typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()]);
  });
  return received;
}

test('reads each blob once, in the order of the ids, an empty one too', async () => {
  const repository = makeRepository({ 'a.md': 'one\n', 'b.md': 'two', 'empty.md': '' });
  const [a, b, empty] = idsOf(repository, 'a.md', 'b.md', 'empty.md') as [string, string, string];
  const reader = new BlobReader(repository.dir);
  expect(await readAll(reader, [b, empty, a, b])).toEqual([
    [b, 'two'],
    [empty, ''],
    [a, 'one\n'],
  ]);
  await reader.close();
});

test('reads again and again through the same process', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'b.md': 'two' });
  const [a, b] = idsOf(repository, 'a.md', 'b.md') as [string, string];
  const reader = new BlobReader(repository.dir);
  expect(await readAll(reader, [])).toEqual([]);
  expect(await readAll(reader, [a])).toEqual([[a, 'one']]);
  vi.stubEnv('PATH', '');
  expect(await readAll(reader, [b])).toEqual([[b, 'two']]);
  await reader.close();
});

test('keeps reads apart that overlap', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'b.md': 'two' });
  const [a, b] = idsOf(repository, 'a.md', 'b.md') as [string, string];
  const reader = new BlobReader(repository.dir);
  expect(await Promise.all([readAll(reader, [a, b]), readAll(reader, [b])])).toEqual([
    [
      [a, 'one'],
      [b, 'two'],
    ],
    [[b, 'two']],
  ]);
  await reader.close();
});

test('reads thousands of blobs, some of them longer than a pipe', async () => {
  const text = (i: number) => `${i} `.repeat(i % 100 === 0 ? 50_000 : 50);
  const files: Files = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`${i}.md`, text(i)]));
  const repository = makeRepository(files);
  const ids = repository.git('ls-tree', '-r', '--format=%(objectname) %(path)', 'HEAD').split('\n');
  const expected = new Map(
    ids.map((line) => [line.split(' ')[0], text(Number.parseInt(line.split(' ')[1] ?? '', 10))]),
  );
  const reader = new BlobReader(repository.dir);
  expect(new Map(await readAll(reader, expected.keys() as Iterable<string>))).toEqual(expected);
  await reader.close();
});

test('tells of a blob that is too large and reads on', async () => {
  const repository = makeRepository({ 'large.md': 'x'.repeat(200_000), 'small.md': 'small' });
  const [large, small] = idsOf(repository, 'large.md', 'small.md') as [string, string];
  const reader = new BlobReader(repository.dir, 100_000);
  expect(await readAll(reader, [large, small])).toEqual([
    [large, 'too large'],
    [small, 'small'],
  ]);
  await reader.close();
});

test('names an object that is missing once the others have been read', async () => {
  const repository = makeRepository({ 'a.md': 'one', 'b.md': 'two' });
  const [a, b] = idsOf(repository, 'a.md', 'b.md') as [string, string];
  rmSync(join(repository.dir, '.git', 'objects', a.slice(0, 2), a.slice(2)));
  const reader = new BlobReader(repository.dir);
  const received: string[] = [];
  await expect(reader.read([a, b], (blob) => received.push(blob))).rejects.toMatchObject({
    code: 'missing-object',
    message: `${repository.dir} lacks the object ${a}.`,
    advice: expect.stringContaining('git fsck'),
  });
  expect(received).toEqual([b]);
  expect(await readAll(reader, [b])).toEqual([[b, 'two']]);
  await reader.close();
});

test('says how to complete a partial clone, and works after a failure', async () => {
  const origin = makeRepository({ 'a.md': 'one' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = origin.clone('--no-checkout', '--filter=blob:none');
  const [a] = idsOf(origin, 'a.md') as [string];
  const reader = new BlobReader(clone.dir);
  await expect(readAll(reader, [a])).rejects.toMatchObject({
    code: 'missing-object',
    message: expect.stringContaining('partial clone'),
    advice: expect.stringContaining('git fetch --refetch --no-filter'),
  });
  clone.git('fetch', '--quiet', '--refetch', '--no-filter');
  expect(await readAll(reader, [a])).toEqual([[a, 'one']]);
  await reader.close();
});

test('says that git is missing', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  const ids = idsOf(repository, 'a.md');
  vi.stubEnv('PATH', '');
  const reader = new BlobReader(repository.dir);
  await expect(readAll(reader, ids)).rejects.toMatchObject({ code: 'git-missing' });
  await reader.close();
});

test('passes on an error of the receiver', async () => {
  const repository = makeRepository({ 'a.md': 'one' });
  const reader = new BlobReader(repository.dir);
  const refuse = () => {
    throw new Error('no thanks');
  };
  await expect(reader.read(idsOf(repository, 'a.md'), refuse)).rejects.toThrow('no thanks');
  await reader.close();
});

test.each(['HEAD:a.md', '', 'main\nmain'])('takes nothing but full object ids: %j', async (id) => {
  const reader = new BlobReader(makeRepository({ 'a.md': 'one' }).dir);
  await expect(readAll(reader, [id])).rejects.toThrow(TypeError);
  await reader.close();
});

test('does not keep a program alive that forgot to close it', () => {
  const repository = makeRepository({ 'a.md': 'one' });
  const module = new URL('../../src/local-git/blob-reader.ts', import.meta.url).href;
  const program = `import { BlobReader } from ${JSON.stringify(module)};
    const reader = new BlobReader(${JSON.stringify(repository.dir)});
    for (let i = 0; i < 3; i++) await reader.read(${JSON.stringify(idsOf(repository, 'a.md'))}, () => console.log('read'));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })).toBe('read\nread\nread\n');
});

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
