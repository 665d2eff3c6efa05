import { describe, expect, test } from 'vitest';
import { fillPattern, matchPattern, parsePattern, rewritePath } from '../../src/docs/route-pattern.ts';

function lead(from: string, to: string, route: string): string | null {
  const found = matchPattern(parsePattern(from), route.split('/').filter(Boolean));
  return found && fillPattern(to, found);
}

describe('route patterns', () => {
  test.each([
    ['/a/*', '/b/:splat', '/a/x/y', '/b/x/y'],
    ['/a/*', '/b/:splat', '/a', '/b/'],
    ['/a/:splat', '/b/:splat', '/a/x/y', '/b/x/y'],
    ['/a/:id/z', '/b/:id', '/a/7/z', '/b/7'],
    ['/a/:id/z', '/b/:id', '/a/7/y', null],
    ['/a/:id', '/b', '/a', null],
    ['/a/:id', '/b', '/a/1/2', null],
    ['/a/:path*', '/b/:path*', '/a/x/y', '/b/x/y'],
    ['/a/:path+', '/b/:path+', '/a/x', '/b/x'],
    ['/a/:id(\\d+/x)', '/b/:id(\\d+)', '/a/7', '/b/7'],
    ['/a/:id(.*)', '/b/:id', '/a/7/8', '/b/7/8'],
    ['/a/(.*)', '/b/$1', '/a/7/8', '/b/7/8'],
    ['/a/[id]', '/b/[id]', '/a/7', '/b/7'],
    ['/a/[...rest]', '/b/[...rest]', '/a/7/8', '/b/7/8'],
    ['/:Lang/a', '/:Lang/b', '/en/a', '/en/b'],
    ['/a/*', 'https://x.example:8080/:other/:splat', '/a/q', 'https://x.example:8080/:other/q'],
    ['/constructor/*', '/:constructor/:splat', '/constructor/x', '/:constructor/x'],
  ])('%s to %s on %s gives %s', (from, to, route, expected) => {
    expect(lead(from, to, route)).toBe(expected);
  });

  test('patterns are found by their first literal segment', () => {
    expect(parsePattern('/a/*').first).toBe('a');
    expect(parsePattern('/*').first).toBeNull();
    expect(parsePattern('/').first).toBeNull();
  });

  test('the first rewrite that matches is applied', () => {
    const rewrites: [string, string][] = [
      ['en/:rest*', ':rest*'],
      ['packages/:name/README.md', 'packages/:name.md'],
    ];
    expect(rewritePath('en/a/b', rewrites)).toBe('a/b');
    expect(rewritePath('packages/x/README', rewrites)).toBe('packages/x');
    expect(rewritePath('other', rewrites)).toBe('other');
  });
});
