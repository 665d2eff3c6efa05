import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asList, asObject, asText, ConfigText } from '../../src/docs/config-text.ts';

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
};
const outermost = (text: string, key: string) => plain(new ConfigText(text).outermost(key));

describe('config text', () => {
  test('literals are read from the middle of code', () => {
    const text = `import { defineConfig } from 'astro/config'; // it's a comment with a quote
      /* redirects: 'no' */
      export default defineConfig({
        base: "/manual",
        trailing: \`always\`,
        redirects: { '/old': '/new', "/x": { status: 302, destination: '/y' }, [computed]: '/z', made: make('/z') },
        list: ['a', , 'b', false, null, -1.5, name, 'c' + name],
        match: /['"{]/g,
        after: 'regex',
      });`;
    expect(outermost(text, 'base')).toBe('/manual');
    expect(outermost(text, 'trailing')).toBe('always');
    expect(outermost(text, 'redirects')).toEqual({ '/old': '/new', '/x': { status: 302, destination: '/y' } });
    expect(outermost(text, 'list')).toEqual(['a', 'b', false, null, -1.5]);
    expect(outermost(text, 'after')).toBe('regex');
    expect(outermost(text, 'absent')).toBeUndefined();
  });

  test('constants of the same file are followed, also spread and typed ones', () => {
    const text = `
      const more = [{ from: '/c', to: '/d' }];
      const redirects: Redirect[] = [{ from: '/a', to: '/b' }, ...more];
      const shared = { x: 'y' };
      const base = '/b', self = self;
      export default { redirects, base: base, nested: { ...shared, z: 1, ...unknown }, self: self, ...{ w: 2 } } satisfies Config;`;
    expect(outermost(text, 'redirects')).toEqual([
      { from: '/a', to: '/b' },
      { from: '/c', to: '/d' },
    ]);
    expect(outermost(text, 'base')).toBe('/b');
    expect(outermost(text, 'nested')).toEqual({ x: 'y', z: 1 });
    expect(outermost(text, 'self')).toBeUndefined();
    expect(plain(new ConfigText('x = { ...{ w: 2 }, ...[1] }').outermost('x'))).toEqual({ w: 2 });
  });

  test('the outermost of several keys counts, all() gives each', () => {
    const text = "a({ plugins: [p({ base: 'inner' })], base: 'outer' })";
    expect(outermost(text, 'base')).toBe('outer');
    expect(new ConfigText(text).all('base')).toEqual(['inner', 'outer']);
    expect(new ConfigText(text).mentions('plugins')).toBe(true);
    expect(new ConfigText(text).mentions('other')).toBe(false);
  });

  test('templates with expressions, escapes and unclosed text are survived', () => {
    expect(outermost('a = `x${y}`', 'a')).toBeUndefined();
    expect(outermost('a = "it\\\'s \\n \\t\\r\\q"', 'a')).toBe("it's \n \t\rq");
    expect(outermost("a = 'unclosed\nb = 'next'", 'b')).toBe('next');
    expect(outermost("a = { b: 'c', d: [ 'e'", 'a')).toEqual({ b: 'c', d: ['e'] });
    expect(outermost('a = "\\', 'a')).toBe('');
    expect(outermost('a = /[/]\\/', 'a')).toBeUndefined();
    expect(outermost('a = 6 / 2; b = 1', 'b')).toBe(1);
    expect(outermost('a = )', 'a')).toBeUndefined();
  });

  test('keys such as constructor and __proto__ are plain keys', () => {
    const value = new ConfigText('{"__proto__": "x", "constructor": {"a": "b"}}').whole();
    expect([...(value as Map<string, unknown>).keys()]).toEqual(['__proto__', 'constructor']);
    expect(new ConfigText('a = toString').outermost('a')).toBeUndefined();
  });

  test('the whole of a JSON file is read as JSON.parse reads it', () => {
    const json = fc.json({ depthSize: 'small', maxDepth: 5, noUnicodeString: true });
    const simple = json.filter((text) => !/\\|e[+-]|__proto__/i.test(text) && text.trim().startsWith('{'));
    fc.assert(
      fc.property(simple, (text) => {
        expect(plain(new ConfigText(text).whole())).toEqual(JSON.parse(text));
      }),
    );
  });

  test('hostile text is neither thrown at nor slow', () => {
    fc.assert(fc.property(fc.string(), (text) => void new ConfigText(`a = ${text}`).outermost('a')));
    const deep = `a:{`.repeat(50_000);
    expect(new ConfigText(deep).all('a').length).toBeLessThanOrEqual(50_000);
    expect(new ConfigText(`a = "${'x'.repeat(1_100_000)}"`).outermost('a')).toBeUndefined();
    expect(new ConfigText('').whole()).toBeUndefined();
  });

  test('values of another type are null or empty', () => {
    expect(asObject('a')).toBeNull();
    expect(asList('a')).toEqual([]);
    expect(asText(1)).toBeNull();
  });
});

describe('paths that a config makes of literals', () => {
  test.each([
    ["path.resolve(__dirname, './src')", './src'],
    ["resolve('src', 'shown')", 'src/shown'],
    ["path.join(import.meta.dirname, '..', 'docs')", '../docs'],
    ["fileURLToPath(new URL('./src', import.meta.url))", './src'],
    ["new URL('./src', import.meta.url).pathname", './src'],
    ["new URL('./src', import.meta.url)", './src'],
    ["path.resolve(root, 'src')", undefined],
    ["path.resolve(__dirname, 'src') + '/x'", undefined],
    ["require.resolve('./sidebars.js')", undefined],
    ["fileURLToPath(new URL('./src', base))", undefined],
    ["fileURLToPath(import.meta.resolve('./src'))", undefined],
    ["new URL('https://docs.example')", undefined],
    ["new Map([['a', 'b']])", undefined],
    ['path.resolve(', undefined],
    ['path.join()', undefined],
  ])('%s', (made, path) => {
    expect(outermost(`export default { at: ${made}, after: 'x' }`, 'at')).toBe(path);
    expect(outermost(`const made = ${made};\nexport default { at: made }`, 'at')).toBe(path);
  });
});
