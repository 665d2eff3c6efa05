import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileGlob } from '../../src/docs/glob.ts';

describe('globs', () => {
  test.each([
    ['**/*.{md,mdx}', 'a.md', true],
    ['**/*.{md,mdx}', 'a/b/c.mdx', true],
    ['**/*.{md,mdx}', 'a/b/c.txt', false],
    ['**/changelog/**', 'changelog/x.md', true],
    ['**/changelog/**', 'a/changelog/b/x.md', true],
    ['**/changelog/**', 'a/changelogs/x.md', false],
    ['a/**', 'a', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b/**/c', 'a/x/b/b/y/c', true],
    ['a/**/b/**/c', 'a/x/b/y', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a?c', 'a\u{1f600}c', true],
    ['*a*b', 'xxaxxb', true],
    ['*a*b', 'xxaxx', false],
    ['a**b', 'axxb', true],
    ['a**b', 'ax/xb', false],
    ['{a,b', '{a,b', true],
    ['{a,b}*{c,d}', 'bxd', true],
    ['a}*', 'a}b', true],
    ['/api/**', '/api/x', true],
    ['(x)/[y].*', '(x)/[y].md', true],
    ['', '', true],
  ])('%s matches %s: %s', (glob, path, expected) => {
    expect(compileGlob(glob)(path)).toBe(expected);
  });

  test('many stars cost no more than a few', () => {
    expect(compileGlob(`${'a*'.repeat(300)}b`)('a'.repeat(20_000))).toBe(false);
    expect(compileGlob(`${'**/a/'.repeat(50)}b`)('a/'.repeat(2_000))).toBe(false);
  });

  test('braces are written out up to a bound', () => {
    expect(compileGlob('{a,b}'.repeat(40))('b'.repeat(40))).toBe(false);
    expect(compileGlob('{a,b}'.repeat(40))('a'.repeat(40))).toBe(true);
  });

  test('a path always matches itself and any glob that stars one of its segments', () => {
    const segment = fc.stringMatching(/^[a-z().[\] -]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), fc.nat(), (segments, at) => {
        const path = segments.join('/');
        const starred = segments.with(at % segments.length, '*').join('/');
        return compileGlob(path)(path) && compileGlob(starred)(path) && compileGlob(`**/${path}`)(path);
      }),
    );
  });
});
