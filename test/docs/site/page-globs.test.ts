import { describe, expect, test } from 'vitest';
import { isWide, matchesPages } from '../../../src/docs/site/page-globs.ts';

const page = (name: string, route = `/${name}`) => ({ name, route });

describe('page globs', () => {
  test.each([
    ['sso/errors', 'sso/errors', true],
    ['sso/errors.mdx', 'sso/errors', true],
    ['sso/index', 'sso', true],
    ['index', 'index', true],
    ['sso/*', 'sso/errors', true],
    ['sso/*', 'sso/deep/errors', false],
    ['sso/**', 'sso/deep/errors', true],
    ['**/errors', 'errors', true],
    ['**/errors.{md,mdx}', 'a/errors', true],
    ['(group)/v1.2/[id]', '(group)/v1.2/[id]', true],
    ['(group)/*', '(group)/x', true],
    ['v1.2', 'v1x2', false],
    ['[ab]', 'a', false],
    ['sso/*', 'sso/.hidden', true],
    ['!sso', 'other', false],
    ['constructor', 'constructor', true],
    ['{a,b}/x', 'b/x', true],
    ['sso/', 'sso', true],
    ['.md', 'index', true],
  ])('%s on the name %s: %s', (glob, name, expected) => {
    expect(matchesPages(page(name), [glob])).toBe(expected);
  });

  test('a leading slash looks at the route, whatever the case', () => {
    expect(matchesPages(page('01-Intro', '/docs/intro'), ['/Docs/*'])).toBe(true);
    expect(matchesPages(page('index', '/'), ['/'])).toBe(true);
    expect(matchesPages(page('docs/intro', '/start'), ['/docs/*'])).toBe(false);
  });

  test('no glob matches nothing', () => {
    expect(matchesPages(page('a'), [])).toBe(false);
  });

  test('a star makes a glob wide', () => {
    expect(isWide('a/*')).toBe(true);
    expect(isWide('a/b')).toBe(false);
  });
});
