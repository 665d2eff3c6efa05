import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { JsonFiles, trimFolder } from '../../src/cache/json-files.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

const onlyFile = (folder: string) => {
  const [entry] = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return join(entry!.parentPath, entry!.name);
};

test('gives back any JSON, under any key', () => {
  const files = new JsonFiles(join(tempFolder(), 'deep', 'cache'));
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (key, value) => {
      files.set('kind', key, value);
      expect(files.get('kind', key)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('tells kinds and keys apart, and replaces a value whole', () => {
  const folder = tempFolder();
  const files = new JsonFiles(folder);
  files.set('a', 'key', ['first', 'long']);
  files.set('a', 'key', ['second']);
  expect([files.get('a', 'key'), files.get('b', 'key'), files.get('a', 'other')]).toEqual([
    ['second'],
    undefined,
    undefined,
  ]);
  expect(readdirSync(join(folder, 'a'))).toHaveLength(1);
});

test('whatever is damaged counts as absent, and is written anew', () => {
  const folder = tempFolder();
  const files = new JsonFiles(folder);
  const value = { text: 'a page that says something', lines: [1, 2, 3] };
  files.set('facts', 'key', value);
  const path = onlyFile(folder);
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (whole[at] as number) ^ 0x01;
    writeFileSync(path, damaged);
    expect(files.get('facts', 'key')).toBeUndefined();
    writeFileSync(path, whole.subarray(0, at));
    expect(files.get('facts', 'key')).toBeUndefined();
  }
  files.set('facts', 'key', value);
  expect(files.get('facts', 'key')).toEqual(value);
});

test('keeps nothing where it cannot write, and leaves nothing half written', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, 'in the way');
  const files = new JsonFiles(join(file, 'cache'));
  files.set('facts', 'key', 1);
  expect([files.get('facts', 'key'), files.written]).toEqual([undefined, 0]);
  expect(readFileSync(file, 'utf8')).toBe('in the way');
});

test('a folder is trimmed to what was written last', () => {
  const folder = filesOf({ 'a/old': 3, 'a/new': 1, 'b/middle': 2 });
  expect(trimFolder(folder, 20, NOW)).toBe(20);
  expect(namesIn(folder)).toEqual(['new', 'middle'].sort());
});

test('what a crash left half written is removed, once nobody can be writing it', () => {
  const folder = filesOf({ 'a/one.1.tmp': 2, 'a/two.2.tmp': 0 });
  trimFolder(folder, 1_000, NOW);
  expect(namesIn(folder)).toEqual(['two.2.tmp']);
});

test('a folder that is not there has nothing to trim', () => {
  expect(trimFolder(join(tempFolder(), 'none'), 1, NOW)).toBe(0);
});

/** Files of ten bytes, by the hours that passed since they were written. */
function filesOf(hours: Record<string, number>): string {
  const folder = tempFolder();
  for (const [name, ago] of Object.entries(hours)) {
    mkdirSync(join(folder, name.split('/')[0] as string), { recursive: true });
    writeFileSync(join(folder, name), '0123456789');
    utimesSync(join(folder, name), new Date(NOW - ago * HOUR), new Date(NOW - ago * HOUR));
  }
  return folder;
}

function namesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort();
}
