import fc from 'fast-check';
import { expect, it } from 'vitest';
import { phrasePieces, writePieces } from '../../../src/review/suggest/snippet-pieces.ts';

it('escapes what means something in Markdown and in MDX', () => {
  const text = [{ text: 'a {b} <C/> *d* [e] `f` g_h _i_ j|k ~l~ :m n: &amp; $o # \\' }];
  expect(writePieces(text, 'text')).toBe(
    'a \\{b\\} \\<C/\\> \\*d\\* \\[e\\] \\`f\\` g_h \\_i\\_ j\\|k \\~l\\~ \\:m n: \\&amp; \\$o \\# \\\\',
  );
});

it('writes HTML and attributes with entities', () => {
  expect(writePieces([{ text: '"a" <b> & ' }, { code: 'c<d' }], 'html')).toBe(
    '&quot;a&quot; &lt;b&gt; &amp; <code>c&lt;d</code>',
  );
  expect(writePieces([{ code: '"x"' }, { text: ' & y' }], 'attribute')).toBe('&quot;x&quot; &amp; y');
  expect(writePieces([{ link: '/a"b', text: 'A' }, { strong: [{ text: 'c' }] }], 'html')).toBe(
    '<a href="/a%22b">A</a>c',
  );
  expect(writePieces([{ link: '/a', text: 'A' }], 'attribute')).toBe('A');
});

it('fences code with more backticks than it holds, and escapes bars in a cell', () => {
  expect(writePieces([{ code: 'a``b' }], 'text')).toBe('```a``b```');
  expect(writePieces([{ code: '`a' }], 'text')).toBe('`` `a ``');
  expect(writePieces([{ code: 'a|b' }, { text: '|' }], 'cell')).toBe('`a\\|b`\\|');
});

it('encodes what would end a link', () => {
  expect(writePieces([{ link: '/a (b)/{c}\n', text: 'x]y' }], 'text')).toBe('[x\\]y](/a%20%28b%29/%7Bc%7D)');
  expect(writePieces([{ link: '/空\u3000白', text: 'x' }], 'text')).toBe('[x](/空%E3%80%80白)');
});

it('writes identifiers in a phrase as code', () => {
  const said = (phrase: string) => writePieces(phrasePieces(phrase), 'text');
  expect(said('user_verify_url not configured')).toBe('`user_verify_url` not configured');
  expect(said('call executeTool or a.b')).toBe('call `executeTool` or a.b');
});

it('never lets a text leave its line', () => {
  const place = fc.constantFrom('text', 'html', 'attribute', 'cell');
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => ({ text })),
    fc.string({ unit: 'binary' }).map((code) => ({ code })),
    fc.string({ unit: 'binary' }).map((text) => ({ link: text, text })),
  );
  fc.assert(
    fc.property(fc.array(piece), place, (pieces, at) => {
      expect(writePieces(pieces, at as 'text')).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
    }),
  );
});
