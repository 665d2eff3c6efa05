import { expect, it } from 'vitest';
import { blobId, readBlobs } from '../../src/github/read-blobs.ts';
import { RepositoryReader } from '../../src/github/repository-reader.ts';
import type { BlobText } from '../../src/review/compare/snapshot.ts';
import type { FileContent } from '../fake-github/git-objects.ts';
import { type Scene, setScene } from './signpost-on-github.ts';

/** Reads all files of a repository by blob id, and gives them back by path. */
async function readFiles(scene: Scene): Promise<Record<string, BlobText | undefined>> {
  const { github } = scene.context;
  const files = scene.docs.state.git.filesOf(scene.docs.defaultBranchSha);
  const blobs = new Map<string, BlobText>();
  const sizes = new Map([...files.values()].map(({ oid }) => [oid, scene.docs.state.git.blobs.get(oid)?.length ?? 0]));
  await readBlobs(new RepositoryReader(github, scene.repo, []), sizes, (id, blob) => blobs.set(id, blob));
  return Object.fromEntries([...files].map(([path, { oid }]) => [path, blobs.get(oid)]));
}

const bytes = (...values: number[]): FileContent => new Uint8Array(values);

it('reads texts fifty at a time', async () => {
  const files = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`docs/${at}.md`, `page ${at}\n`]));
  const scene = setScene(files);
  const read = await readFiles(scene);
  expect(read['docs/119.md']).toEqual({ text: 'page 119\n' });
  expect(scene.calls().filter((call) => call !== 'apps/create-installation-access-token')).toEqual([
    'graphql',
    'graphql',
    'graphql',
  ]);
});

it('keeps line ends, and takes what GraphQL cannot give byte by byte', async () => {
  const scene = setScene({
    'crlf.md': 'one\r\ntwo\r\n',
    'bom.md': bytes(0xef, 0xbb, 0xbf, 0x61),
    'latin1.md': bytes(0x63, 0x61, 0x66, 0xe9),
    'utf16.md': bytes(0xff, 0xfe, 0x61, 0x00),
    'lfs.md': 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n',
    'empty.md': '',
    'emoji.md': '👩‍💻 “x” \u2028\n',
  });
  expect(await readFiles(scene)).toEqual({
    'crlf.md': { text: 'one\r\ntwo\r\n' },
    'bom.md': { text: 'a' },
    'latin1.md': { unreadable: 'not UTF-8' },
    'utf16.md': { unreadable: 'binary' },
    'lfs.md': { unreadable: 'Git LFS pointer' },
    'empty.md': { text: '' },
    'emoji.md': { text: '👩‍💻 “x” \u2028\n' },
  });
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('reads a long text alone, and none that is data', async () => {
  const long = `${'long '.repeat(130_000)}\n`;
  const scene = setScene({ 'long.md': long, 'huge.md': 'x'.repeat(6_000_000) });
  const read = await readFiles(scene);
  expect([read['long.md'], read['huge.md']]).toEqual([{ text: long }, { unreadable: 'too large' }]);
  expect(scene.fake.calls('git/get-blob')).toHaveLength(1);
});

it.each(['truncated-text', 'wrong-text'] as const)('reads again what GraphQL spoils: %s', async (kind) => {
  const scene = setScene({ 'a.md': 'first text\n', 'b.md': 'second text\n' });
  scene.fake.faults.add('graphql', { kind });
  expect(await readFiles(scene)).toEqual({ 'a.md': { text: 'first text\n' }, 'b.md': { text: 'second text\n' } });
  expect(scene.fake.calls('git/get-blob')).toHaveLength(1);
});

it('refuses bytes that are not those of the blob', async () => {
  const scene = setScene({ 'a.md': 'first text\n' });
  scene.fake.faults.add('graphql', { kind: 'wrong-text' });
  scene.fake.faults.add('git/get-blob', { kind: 'wrong-text' });
  await expect(readFiles(scene)).rejects.toThrow(/other bytes than those of blob/);
});

it('asks for fewer where GitHub cannot answer so many at once', async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at}.md`, `page ${at}\n`]));
  const scene = setScene(files);
  scene.fake.faults.add('graphql', { kind: 'status', status: 502 }, { times: 3 });
  const read = await readFiles(scene);
  expect(Object.values(read).every((blob) => blob && 'text' in blob)).toBe(true);
  expect(scene.fake.calls('graphql').map(({ status }) => status)).toEqual([502, 502, 502, 200, 200]);
});

it('passes on a failure that fewer do not mend', async () => {
  const scene = setScene({ 'a.md': 'a\n', 'b.md': 'b\n' });
  scene.fake.faults.add('graphql', { kind: 'reset' }, { times: 100 });
  await expect(readFiles(scene)).rejects.toThrow('ECONNRESET');
});

it('names blobs as git does', () => {
  expect(blobId(new TextEncoder().encode('hello\n'), '0'.repeat(40))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  expect(blobId(new Uint8Array(), '0'.repeat(64))).toBe(
    '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
  );
});
