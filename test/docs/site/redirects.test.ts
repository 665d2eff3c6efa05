import { describe, expect, test } from 'vitest';
import { ConfigText } from '../../../src/docs/config-text.ts';
import { configRedirects, readNetlifyToml, readRedirectsFile } from '../../../src/docs/site/redirect-formats.ts';
import { Redirects } from '../../../src/docs/site/redirects.ts';
import { describeLink, docsRoot, siteOf } from '../repository.ts';

const rule = (from: string, to: string, forced = false) => ({ from, to, forced });

describe('_redirects files', () => {
  test('rules are read with status, force, comments and any line ends', () => {
    const text = '# moved\r\n/a  /b\r\n\r\n/c/* /d/:splat 301! # note\n/e https://x.example/f 302\n/g#h /i';
    expect(readRedirectsFile(text)).toEqual([
      rule('/a', '/b'),
      rule('/c/*', '/d/:splat', true),
      rule('/e', 'https://x.example/f'),
      rule('/g#h', '/i'),
    ]);
  });

  test('rules that do not hold for everybody are left out', () => {
    const text = [
      '/only-from',
      '/a /b 302 Country=de',
      '/store id=:id /blog/:id',
      '/gone /gone.html 410',
      '/* /404.html 404',
      '/* /index.html 200',
      '/a nowhere',
    ].join('\n');
    expect(readRedirectsFile(text)).toEqual([]);
    expect(readRedirectsFile('/* /new/:splat 200')).toEqual([rule('/*', '/new/:splat')]);
    expect(readRedirectsFile('/* /new 301')).toEqual([rule('/*', '/new')]);
  });
});

describe('netlify.toml', () => {
  test('redirects are read, conditional ones and error pages left out', () => {
    const text = `
[build]
command = "x"
[[redirects]]
from = "/a"
to = "/b"
force = true
[[redirects]]
from = "/c"
to = "/d"
status = 404
[[redirects]]
from = "/e"
to = "/f"
conditions = { Country = ["de"] }
[[redirects]]
from = "/g"
to = "/h"
query = { id = ":id" }
[[redirects]]
from = 7
to = "/x"
[[redirects]]
from = "/*"
to = "/index.html"
status = 200`;
    expect(readNetlifyToml(text)).toEqual([rule('/a', '/b', true)]);
  });

  test.each(['redirects = 1', 'redirects = [1]', '= broken', ''])('%j has none', (text) => {
    expect(readNetlifyToml(text)).toEqual([]);
  });
});

describe('redirects in config files', () => {
  test('objects, lists, lists of sources, rewrites and returned lists are read', () => {
    const text = `export default {
      redirects: {
        '/a': '/b', '/c': { status: 302, destination: '/d' }, 'not-a-route': '/x', '/computed': make(),
      },
      plugin: { redirects: [{ from: ['/e', '/f'], to: '/g' }, { source: '/h', destination: '/i' }, { source: '/x' }, 'no'] },
      vercel: { redirects: [{ source: '/j', destination: '/k', has: [] }, { source: '/j', destination: '/k', missing: [] }] },
      rewrites: [{ source: '/l', destination: '/m' }, { source: '/(.*)', destination: '/index.html' }],
      async redirects() { return [{ source: '/n', destination: '/o', permanent: true }, { source: '/p', destination: '/q' }]; },
    }`;
    expect(configRedirects(new ConfigText(text))).toEqual([
      rule('/a', '/b'),
      rule('/c', '/d'),
      rule('/e', '/g'),
      rule('/f', '/g'),
      rule('/h', '/i'),
      rule('/n', '/o'),
      rule('/l', '/m'),
    ]);
  });
});

describe('following redirects', () => {
  const table = (...rules: [string, string][]) =>
    new Redirects(
      rules.map(([from, to]) => rule(from, to)),
      (url) => (url.startsWith('https://other') ? null : url),
    );

  test('the first rule that matches wins, exact or not', () => {
    expect(table(['/a/*', '/1'], ['/a/b', '/2']).target('/a/b', false)).toBe('/1');
    expect(table(['/a/b', '/2'], ['/a/*', '/1']).target('/a/b', false)).toBe('/2');
    expect(table(['/*/b', '/no'], ['/:x/b', '/3'], ['/a/b', '/2']).target('/a/b', false)).toBe('/no');
    expect(table(['/a/:x', '/1/:x'], ['/:y/b', '/2']).target('/a/b', false)).toBe('/1/b');
    expect(table(['/:y/b', '/2'], ['/a/:x', '/1/:x']).target('/a/b', false)).toBe('/2');
    expect(table(['/a', '/1'], ['/a', '/2']).target('/a', false)).toBe('/1');
    expect(table(['/a/:x/c', '/1']).target('/a/b', false)).toBeNull();
    expect(table(['https://other.example/a', '/1']).target('/a', false)).toBeNull();
    expect(table(['/A%20B/?q=1', '/1']).target('/a b', false)).toBe('/1');
  });

  const follow = (redirects: string, url: string, pages: Record<string, string> = { 'docs/new.md': 'New' }) =>
    describeLink(
      siteOf({ 'docs/from.md': 'x', ...pages, 'public/_redirects': redirects }, [
        docsRoot({ site: 'https://docs.example' }),
      ]),
      'docs/from.md',
      url,
    );

  test('chains are followed and cycles end', () => {
    expect(follow('/a /b\n/b /new/', '/a')).toBe('page docs/new.md');
    expect(follow('/a /b\n/b /a', '/a')).toBe('absent /a expected');
    expect(follow(Array.from({ length: 40 }, (_, i) => `/s${i} /s${i + 1}`).join('\n'), '/s0')).toBe(
      'absent /s12 expected',
    );
    expect(follow('/a /a/ 301', '/a')).toBe('absent /a expected');
  });

  test('a page wins over a redirect of its route unless the redirect is forced', () => {
    expect(follow('/new /from', '/new')).toBe('page docs/new.md');
    expect(follow('/new /from 301!', '/new')).toBe('page docs/from.md');
    expect(follow('/new /from\n/new /gone 301!', '/new')).toBe('absent /gone expected');
  });

  test('an anchor is kept unless the redirect names one', () => {
    expect(follow('/a /new', '/a#x')).toBe('page docs/new.md#x');
    expect(follow('/a /new#y', '/a#x')).toBe('page docs/new.md#y');
    expect(follow('/a /b#y\n/b /new', '/a')).toBe('page docs/new.md#y');
  });

  test('redirects may lead away and come back by the own origin', () => {
    expect(follow('/a https://Other.example/X/#f', '/a')).toBe('outside https://other.example/X#f');
    expect(follow('/a https://docs.example/new', '/a')).toBe('page docs/new.md');
    expect(follow('https://docs.example/a /new\nhttps://else.example/b /new', '/a')).toBe('page docs/new.md');
    expect(follow('https://docs.example/a /new\nhttps://else.example/b /new', '/b')).toBe('absent /b expected');
  });

  test('the root of a pattern may be the site itself', () => {
    expect(follow('/* /new', '/')).toBe('page docs/new.md');
  });
});
