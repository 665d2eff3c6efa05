import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comparablePath,
  comparableRoute,
  decodePercent,
  encodePath,
  isUnderRoute,
  joinRoute,
  resolveRoute,
  slugSegments,
  withoutIndex,
} from '../../src/docs/routes.ts';

describe('routes', () => {
  test.each([
    ['', '/'],
    ['/', '/'],
    ['index', '/'],
    ['/index.html', '/'],
    ['Guides//Setup/', '/guides/setup'],
    ['/a/index', '/a'],
    ['/a/index.md', '/a'],
    ['/a/reindex', '/a/reindex'],
    ['/a.mdx', '/a'],
    ['/a.html/', '/a'],
    ['/caf%C3%A9', '/caf\u00e9'],
    ['/cafe\u0301', '/caf\u00e9'],
    ['/100%', '/100%'],
    ['/%E0%A4%A/%41', '/%e0%a4%a/a'],
    ['/a%2Fb', '/a/b'],
    ['/.md', '/.md'],
    ['/\u65e5\u672c', '/\u65e5\u672c'],
  ])('%j is compared as %j', (path, expected) => {
    expect(comparableRoute(path)).toBe(expected);
  });

  test('a comparable path is its own comparable path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = comparablePath(text);
        expect(comparablePath(once)).toBe(once);
      }),
    );
  });

  test('a path of a million endings is compared at once', () => {
    expect(comparablePath('.md/index'.repeat(5_000))).toBe('/.md');
  });

  test('decoding never throws', () => {
    fc.assert(fc.property(fc.stringMatching(/^[%0-9a-fA-F]*$/), (text) => typeof decodePercent(text) === 'string'));
  });

  test('encoding keeps what a path may hold and survives broken text', () => {
    expect(encodePath('/a b/caf\u00e9/@x:y')).toBe('/a%20b/caf%C3%A9/@x:y');
    expect(encodePath('/\ud800')).toBe('/%EF%BF%BD');
  });

  test('relative routes are resolved as browsers do', () => {
    expect(resolveRoute('/a/b', '../c/./d/')).toBe('/a/c/d');
    expect(resolveRoute('/a', '../../..')).toBe('/');
  });

  test('joining, containing, slugging', () => {
    expect(joinRoute('/docs/', '/a//b/', '')).toBe('/docs/a/b');
    expect(joinRoute('', '/')).toBe('/');
    expect(isUnderRoute('/docs', '/docs')).toBe(true);
    expect(isUnderRoute('/docs-old', '/docs')).toBe(false);
    expect(isUnderRoute('/x', '/')).toBe(true);
    expect(slugSegments('Guides/First Light (v2.0)')).toBe('guides/first-light-v20');
    expect(withoutIndex('a/Index')).toBe('a');
    expect(withoutIndex('index')).toBe('');
  });
});
