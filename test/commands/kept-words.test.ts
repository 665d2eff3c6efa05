import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { KeptWords } from '../../src/commands/kept-words.ts';
import { CacheFolder } from '../../src/runtime/cache-folder.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const anyNumbers = fc.oneof(
  fc.uint32Array({ maxLength: 60 }),
  fc.uint32Array({ max: 300, maxLength: 60 }),
  fc.constant(Uint32Array.of(0, 0x7f, 0x80, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff)),
);

test('the same numbers come back, from memory and from disk', () => {
  const folder = new CacheFolder(tempFolder());
  let runs = 0;
  fc.assert(
    fc.property(fc.array(anyNumbers, { minLength: 1, maxLength: 8 }), (lists) => {
      runs += 1;
      const words = new KeptWords(folder, `words-${runs}`);
      for (const [at, numbers] of lists.entries()) words.set(`file ${at}`, numbers);
      expect(words.save()).toBe(true);
      const later = new KeptWords(folder, `words-${runs}`);
      for (const [at, numbers] of lists.entries()) {
        expect(words.get(`file ${at}`)).toEqual(numbers);
        expect(later.get(`file ${at}`)).toEqual(numbers);
      }
    }),
    { numRuns: 50 },
  );
});

test('words of one file that take more room than is set aside for many', () => {
  const words = new KeptWords(null, 'words');
  const many = Uint32Array.from({ length: 100_000 }, (_, at) => 0xffff_ffff - at);
  words.set('few', Uint32Array.of(1, 2));
  words.set('many', many);
  words.set('more', Uint32Array.of(3));
  expect([words.get('few'), words.get('many'), words.get('more')]).toEqual([
    Uint32Array.of(1, 2),
    many,
    Uint32Array.of(3),
  ]);
  expect(words.get('others')).toBeUndefined();
});
