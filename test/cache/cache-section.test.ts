import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { jsonForm, Section } from '../../src/cache/cache-section.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const LONG = 'x'.repeat(200);
const sectionIn = (path: string, most?: number) =>
  new Section<string>(new CacheFolder(path), 'things', jsonForm(), most);

function keep(path: string, values: Record<string, string>, most?: number): boolean {
  const section = sectionIn(path, most);
  for (const [key, value] of Object.entries(values)) section.set(key, value);
  return section.save();
}

const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key ${i}`, LONG]));

test('what is kept is there for the next one, whatever was kept in between', () => {
  const steps = fc.array(fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.string({ maxLength: 30 })), { maxLength: 6 });
  fc.assert(
    fc.property(steps, (all) => {
      const path = tempFolder();
      for (const values of all) keep(path, values);
      const section = sectionIn(path);
      for (const [key, value] of Object.entries(Object.assign({}, ...all))) expect(section.get(key)).toBe(value);
      expect(section.get('never kept')).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});

test('a little that is new leaves the large file alone, and much is put into it', () => {
  const path = tempFolder();
  keep(path, many);
  const large = () => statSync(join(path, 'things')).ino;
  const first = large();
  keep(path, { new: 'little' });
  keep(path, { newer: 'little' });
  expect(large()).toBe(first);
  expect(readdirSync(path).sort()).toEqual(['things', 'things-recent']);
  expect(['new', 'newer', 'key 7'].map((key) => sectionIn(path).get(key))).toEqual(['little', 'little', LONG]);
  keep(path, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`more ${i}`, LONG])));
  expect(readdirSync(path)).toEqual(['things']);
  expect(['new', 'more 3', 'key 7'].map((key) => sectionIn(path).get(key))).toEqual(['little', LONG, LONG]);
});

test('nothing is written where nothing is new', () => {
  const path = tempFolder();
  keep(path, many);
  const section = sectionIn(path);
  expect(section.get('key 1')).toBe(LONG);
  expect(section.save()).toBe(false);
  expect(readdirSync(path)).toEqual(['things']);
});

test('keeps no more than it may, the newest and what was used', () => {
  const path = tempFolder();
  keep(path, { a: '1', b: '2', c: '3' }, 3);
  const section = sectionIn(path, 3);
  expect(section.get('c')).toBe('3');
  section.set('d', '4');
  section.save();
  const left = ['a', 'b', 'c', 'd'].filter((key) => sectionIn(path).get(key) !== undefined);
  expect(left).toHaveLength(3);
  expect(left).toEqual(expect.arrayContaining(['c', 'd']));
});

test.each(['things', 'things-recent'])('a broken %s is put right by what is kept next', (name) => {
  const path = tempFolder();
  keep(path, many);
  keep(path, { new: 'little' });
  writeFileSync(join(path, name), 'broken');
  const section = sectionIn(path);
  expect(section.get(name === 'things' ? 'key 1' : 'new')).toBeUndefined();
  section.set('newest', 'value');
  expect(section.save()).toBe(true);
  expect(sectionIn(path).get('newest')).toBe('value');
});

test('a section without a folder forgets at the end', () => {
  const section = new Section<string>(null, 'things', jsonForm());
  section.set('a', '1');
  expect([section.get('a'), section.has('a'), section.has('b')]).toEqual(['1', true, false]);
  expect(section.save()).toBe(false);
});
