import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CacheFolder, trimFolder, userCacheFolder } from '../../src/cache/cache-folder.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

test.each([
  ['linux', { XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' }, '/var/cache/me/signpost'],
  ['linux', { HOME: '/home/me' }, '/home/me/.cache/signpost'],
  ['linux', { XDG_CACHE_HOME: 'relative', HOME: '/home/me' }, '/home/me/.cache/signpost'],
  ['darwin', { HOME: '/Users/me' }, '/Users/me/Library/Caches/signpost'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/signpost/Cache'],
  ['win32', { HOME: '/home/me' }, null],
  ['linux', {}, null],
] as const)('on %s with %j the cache lies in %s', (platform, variables, folder) => {
  expect(userCacheFolder('signpost', variables, platform)).toBe(folder);
});

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test('reads back what it wrote, and replaces it whole', () => {
  const path = join(tempFolder(), 'deep', 'cache');
  const folder = new CacheFolder(path);
  expect(folder.open('facts')).toBeNull();
  expect(folder.write('facts', [['a', Buffer.from('first')]])).toBe(true);
  expect(folder.write('facts', [['a', Buffer.from('second')]])).toBe(true);
  expect(text(folder.read('facts', 'a'))).toBe('second');
  expect(folder.read('facts', 'b')).toBeUndefined();
  expect(readdirSync(path)).toEqual(['facts']);
  folder.remove('facts');
  folder.remove('facts');
  expect(readdirSync(path)).toEqual([]);
});

test('an open file stays what it was when another takes its place', () => {
  const folder = new CacheFolder(tempFolder());
  folder.write('facts', [['a', Buffer.from('first')]]);
  const file = folder.open('facts');
  folder.write('facts', [['a', Buffer.from('second')]]);
  expect(text(file?.get('a'))).toBe('first');
  file?.close();
});

test('writes pieces of any size', () => {
  const folder = new CacheFolder(tempFolder());
  const sizes = [300_000, 1, 0, 200_000, 100_000, 5, 262_144, 3];
  const pieces = sizes.map((size, at) => [`piece ${at}`, Buffer.alloc(size, at + 1)] as const);
  expect(folder.write('facts', pieces)).toBe(true);
  for (const [key, bytes] of pieces) expect(Buffer.from(folder.read('facts', key) ?? []).equals(bytes)).toBe(true);
});

test('keeps what was there, and nothing else, where making the pieces fails', () => {
  const path = tempFolder();
  const folder = new CacheFolder(path);
  folder.write('facts', [['a', Buffer.from('first')]]);
  const failing = function* () {
    yield ['a', Buffer.alloc(300_000)] as const;
    throw new TypeError('a bug');
  };
  expect(() => folder.write('facts', failing())).toThrow('a bug');
  expect(text(folder.read('facts', 'a'))).toBe('first');
  expect(readdirSync(path)).toEqual(['facts']);
});

test('says no where it cannot write, and goes on', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, 'in the way');
  const folder = new CacheFolder(join(file, 'cache'));
  expect(folder.write('facts', [['a', Buffer.from('x')]])).toBe(false);
  expect(folder.open('facts')).toBeNull();
  expect(readFileSync(file, 'utf8')).toBe('in the way');
});

test('lets go of what was used longest ago', () => {
  const path = filesOf({ 'a/old': 3, 'a/new': 1, 'b/middle': 2 });
  trimFolder(path, 2 * SIZE, NOW);
  expect(['a/old', 'a/new', 'b/middle'].map((name) => existsSync(join(path, name)))).toEqual([false, true, true]);
});

test('reading counts as use', () => {
  const path = filesOf({ old: 300, newer: 200 });
  new CacheFolder(path).open('old')?.close();
  trimFolder(path, SIZE, NOW);
  expect(readdirSync(path)).toEqual(['old']);
});

test('removes what a crash left behind, once nobody can be writing it', () => {
  const path = filesOf({ 'facts.1.tmp': 2, 'facts.2.tmp': 0 });
  trimFolder(path, 2 * SIZE, NOW);
  expect(readdirSync(path)).toEqual(['facts.2.tmp']);
});

test('a folder that is not there has nothing to trim', () => {
  expect(() => trimFolder(join(tempFolder(), 'none'), 1, NOW)).not.toThrow();
});

/** Bytes of a file of the folder below. */
const SIZE = 44;

/** A folder of files, by the hours that passed since they were used. */
function filesOf(hours: Record<string, number>): string {
  const path = tempFolder();
  for (const [name, ago] of Object.entries(hours)) {
    const at = name.lastIndexOf('/');
    new CacheFolder(at < 0 ? path : join(path, name.slice(0, at))).write(name.slice(at + 1), [
      ['key', Buffer.from('12345')],
    ]);
    const used = new Date(NOW - ago * HOUR);
    utimesSync(join(path, name), used, used);
  }
  return path;
}
