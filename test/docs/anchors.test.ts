import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { githubAnchors, vitepressAnchors, vitepressSlug } from '../../src/docs/anchors.ts';

describe('anchors', () => {
  test('github-slugger numbers repeated titles and not ids given by hand', () => {
    const anchors = githubAnchors();
    anchors.given('check');
    expect(['Check', 'Check', 'check-1', 'Check'].map((title) => anchors.fromTitle(title))).toEqual([
      'check',
      'check-1',
      'check-1-1',
      'check-2',
    ]);
  });

  test.each([
    ['Hello, World!', 'hello-world'],
    ['3 ways', '_3-ways'],
    ['\u00c9clair \u00e0 la carte', 'eclair-a-la-carte'],
    ['`foo()` & bar_baz', 'foo-bar-baz'],
    ['\u00ab\u6545\u969c\u00bb', '\u00ab\u6545\u969c\u00bb'],
    ['\u201cQuoted\u201d \u2018text\u2019', 'quoted-text'],
    ['--', ''],
    ['a\u0000b', 'ab'],
  ])('VitePress makes %j into %j', (title, expected) => {
    expect(vitepressSlug(title)).toBe(expected);
  });

  test('VitePress counts ids given by hand as taken', () => {
    const anchors = vitepressAnchors();
    anchors.given('leak');
    expect(['Leak', 'Leak', 'Leak-1', 'Leak'].map((title) => anchors.fromTitle(title))).toEqual([
      'leak-1',
      'leak-2',
      'leak-1-1',
      'leak-3',
    ]);
  });

  test('no two titles of a page share an anchor', () => {
    const titles = fc.array(fc.constantFrom('a', 'a-1', 'A', 'a 1', 'b', '1'), { maxLength: 30 });
    fc.assert(
      fc.property(titles, fc.constantFrom(githubAnchors, vitepressAnchors), (words, make) => {
        const anchors = make();
        expect(new Set(words.map((word) => anchors.fromTitle(word))).size).toBe(words.length);
      }),
    );
  });

  test('ten thousand equal titles are numbered at once', () => {
    const anchors = vitepressAnchors();
    for (let i = 0; i < 10_000; i++) anchors.fromTitle('Step');
    expect(anchors.fromTitle('Step')).toBe('step-10000');
  });
});
