import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framework } from '../../../src/docs/frameworks/framework.ts';
import { outsideUrl } from '../../../src/docs/site/resolve-link.ts';
import { describeLink, docsRoot, siteOf } from '../repository.ts';

const contents = {
  'docs/index.md': 'x',
  'docs/a/index.md': 'x',
  'docs/a/b.md': 'x',
  'docs/a/c.mdx': 'x',
  'docs/b.md': 'x',
  'docs/Caf\u00e9 au lait.md': 'x',
  'docs/data/list.txt': 'x',
  'public/logo': 'x',
  'public/tour/index.html': 'x',
  'examples/run.py': 'x',
  'CONTRIBUTING.md': 'x',
};
const site = (framework: Framework = 'plain') =>
  siteOf(contents, [
    docsRoot({ framework, site: 'https://x.example/base/', aliases: { '@docs/': 'docs/' }, generated: ['/API/**'] }),
  ]);
const plain = site();

describe('links', () => {
  test.each([
    ['', 'page docs/a/b.md'],
    ['#', 'page docs/a/b.md'],
    ['#Some%20Part', 'page docs/a/b.md#some part'],
    ['#part:~:text=word', 'page docs/a/b.md#part'],
    ['?q=1#x', 'page docs/a/b.md#x'],
    [' /b ', 'page docs/b.md'],
    ['/b/', 'page docs/b.md'],
    ['/B.html?x#Y', 'page docs/b.md#y'],
    ['/b.md', 'page docs/b.md'],
    ['/docs/b.md', 'page docs/b.md'],
    ['/base/b', 'page docs/b.md'],
    ['/base', 'page docs/index.md'],
    ['/caf%C3%A9%20au%20lait', 'page docs/Caf\u00e9 au lait.md'],
    ['/cafe\u0301 au lait', 'page docs/Caf\u00e9 au lait.md'],
    ['../b', 'page docs/b.md'],
    ['../b.md', 'page docs/b.md'],
    ['./c', 'page docs/a/c.mdx'],
    ['c', 'page docs/a/c.mdx'],
    ['.', 'page docs/a/index.md'],
    ['..', 'page docs/index.md'],
    ['./', 'page docs/a/index.md'],
    ['../a', 'page docs/a/index.md'],
    ['c.html', 'page docs/a/c.mdx'],
    ['@docs/b.md', 'page docs/b.md'],
    ['../../../../b', 'page docs/b.md'],
    ['https://x.example/base/b/#q', 'page docs/b.md#q'],
    ['HTTP://X.EXAMPLE/base', 'page docs/index.md'],
    ['//x.example/base/a', 'page docs/a/index.md'],
    ['https://x.example/base/gone', 'absent /gone expected'],
    ['https://x.example/other', 'outside https://x.example/other'],
    ['/gone#x', 'absent /gone#x expected'],
    ['gone', 'absent /a/gone expected'],
    ['gone.md', 'absent /a/gone expected'],
    ['/api/v1/list', 'absent /api/v1/list'],
    ['/guide.pdf', 'absent /guide.pdf'],
    ['/release/v1.2', 'absent /release/v1.2 expected'],
    ['/logo', 'absent /logo'],
    ['/tour/', 'absent /tour'],
    ['../data/list.txt', 'absent /data/list.txt'],
    ['../../examples/run.py', 'absent /examples/run.py'],
    ['../../CONTRIBUTING.md', 'absent /contributing'],
    ['/examples/run.py', 'absent /examples/run.py'],
    ['mailto:A@x.example', 'outside mailto:A@x.example'],
    ['TEL:+1', 'outside tel:+1'],
    ['javascript:x', 'outside javascript:x'],
    ['https://[', 'outside https://['],
    ['//[', 'outside https://['],
  ])('%j leads to %s', (url, expected) => {
    expect(describeLink(plain, 'docs/a/b.md', url)).toBe(expected);
  });

  test('pages whose URL ends with a slash count relative links from there', () => {
    expect(describeLink(plain, 'docs/a/b.md', '../b')).toBe('page docs/b.md');
    expect(describeLink(site('starlight'), 'docs/a/b.md', '../b')).toBe('page docs/a/b.md');
    expect(describeLink(site('starlight'), 'docs/a/b.md', '../../b')).toBe('page docs/b.md');
    expect(describeLink(site('starlight'), 'docs/a/b.md', './c')).toBe('page docs/a/c.mdx');
  });

  test('a relative link is broken only if none of its readings is served', () => {
    const served = siteOf({ 'docs/a/b.md': 'x', 'public/a/tool/index.html': 'x', 'public/other.bin': 'x' }, [
      docsRoot({ framework: 'starlight' }),
    ]);
    expect(describeLink(served, 'docs/a/b.md', './tool')).toBe('absent /a/b/tool');
    expect(describeLink(served, 'docs/a/b.md', './tools')).toBe('absent /a/b/tools expected');
  });

  test('no route at all is expected where nothing tells how files become routes', () => {
    const guessed = siteOf({ 'docs/a.md': 'x' });
    expect(describeLink(guessed, 'docs/a.md', '/gone')).toBe('absent /gone');
    expect(describeLink(guessed, 'docs/a.md', 'gone.md')).toBe('absent /gone expected');
  });

  test('routes outside the docs roots are not expected', () => {
    const below = siteOf({ 'docs/a.md': 'x' }, [docsRoot({ route: '/docs' })]);
    expect(describeLink(below, 'docs/a.md', '/pricing')).toBe('absent /pricing');
    expect(describeLink(below, 'docs/a.md', '/docs/gone')).toBe('absent /docs/gone expected');
    expect(describeLink(below, 'docs/a.md', '/docs')).toBe('absent /docs expected');
  });

  test('outside URLs are normalised once and for all', () => {
    expect(outsideUrl('HTTPS://Example.COM:443/A/?q=1#F')).toBe('https://example.com/A?q=1#F');
    expect(outsideUrl('//example.com')).toBe('https://example.com');
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(outsideUrl(outsideUrl(url))).toBe(outsideUrl(url));
      }),
    );
  });

  test('any text at all resolves to something', () => {
    const from = plain.pages[0]!;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (url) => {
        expect(['page', 'absent', 'outside']).toContain(plain.resolve(url, from).kind);
      }),
    );
  });
});

describe('routes of code files', () => {
  test('Astro pages exist, parameters stand for anything, the docs own catch-all for nothing', () => {
    const astro = siteOf({
      'astro.config.mjs': "x('@astrojs/starlight')",
      'src/content/docs/a.md': 'x',
      'src/pages/index.astro': 'x',
      'src/pages/[...slug].astro': 'x',
      'src/pages/shop/[id].astro': 'x',
      'src/pages/blog/[...all].ts': 'x',
      'src/pages/_part.astro': 'x',
      'src/pages/data.yaml': 'x',
    });
    const kind = (url: string) => describeLink(astro, 'src/content/docs/a.md', url);
    expect(kind('/')).toBe('absent /');
    expect(kind('/shop/7')).toBe('absent /shop/7');
    expect(kind('/shop/7/8')).toBe('absent /shop/7/8 expected');
    expect(kind('/blog/2024/x')).toBe('absent /blog/2024/x');
    expect(kind('/_part')).toBe('absent /_part expected');
    expect(kind('/gone')).toBe('absent /gone expected');
  });

  test('in an app folder only pages and route handlers have routes', () => {
    const next = siteOf({
      'package.json': '{"dependencies": {"nextra": "4"}}',
      'content/a.mdx': 'x',
      'app/(shop)/cart/page.tsx': 'x',
      'app/api/ping/route.ts': 'x',
      'app/cart/form.tsx': 'x',
      'app/page.tsx': 'x',
      'app/[lang]/help/[[...mdxPath]]/page.tsx': 'x',
    });
    const kind = (url: string) => describeLink(next, 'content/a.mdx', url);
    expect(next.pages[0]?.route).toBe('/help/a');
    expect(kind('/help/gone')).toBe('absent /help/gone expected');
    expect(kind('/cart')).toBe('absent /cart');
  });
});
