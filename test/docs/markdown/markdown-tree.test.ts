import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grammar, parseTree } from '../../../src/docs/markdown/markdown-tree.ts';
import { outlineOf, remarkTree } from './remark-tree.ts';

const GRAMMARS: Grammar[] = ['mdx', 'md', 'tags'];

function expectSame(text: string, grammar: Grammar): void {
  const ours = parseTree(text, grammar);
  const theirs = remarkTree(text, grammar);
  const told = JSON.stringify(text);
  if ('tree' in theirs) expect('tree' in ours ? outlineOf(ours.tree) : ours, told).toEqual(outlineOf(theirs.tree));
  else expect('problem' in ours && ours.problem, told).toMatchObject(problemOf(theirs.error));
}

/** Tests run the libraries' development builds, whose assertions may precede what a published one says. */
function problemOf({ name, message, ...place }: Error & { line?: number; column?: number }): object {
  if (name === 'Assertion') return {};
  const { line, column } = place;
  return line === undefined ? { message } : { message, line, column };
}

const INLINE = [
  'word',
  'h',
  '**bold**',
  '*em*',
  '__bold__',
  '_em_',
  '~~gone~~',
  '`code`',
  '`` a ` b ``',
  '`a \\| b`',
  '[text](/url "title")',
  '[text](<a b>)',
  '[*text*][ref]',
  '[ref]',
  '[Ref][]',
  '![alt *text*](/i.png)',
  '![alt][ref]',
  '[^1]',
  '<https://example.com>',
  '<me@example.com>',
  'https://example.com/a_b(c).',
  'HTTP://example.com',
  'www.example.com/?q=1&amp;',
  'me@example.com',
  'a.b-c+d@example.co.',
  '&amp; &#65; &#x1F600; &nope;',
  '\\* \\[ \\\\',
  'end  \n',
  'end\\\n',
  '\n',
  '\t',
  ' ',
  '|',
  '{"text"}',
  '{/* note */}',
  '{a ? "}" : `b`}',
  '<b>bold</b>',
  '<Note>text</Note>',
  '<Card title="A &quot;b&quot;" href={"/x"} {...rest} />',
  '<br />',
  '<br>',
  '<!-- comment -->',
  '<>',
  '</>',
  '</b>',
  '<b',
  '{',
  '}',
  '[',
  ']',
  '*',
  '_',
  '`',
  '&',
  '@',
  ':name',
  'a:b@c.d',
];

const BLOCKS = [
  '# Heading\n',
  '## Heading `code` ##\n',
  'Setext\n===\n',
  'Setext\ntwo lines\n---\n',
  '- item\n',
  '- [ ] task\n',
  '- [x]\n',
  '* \n',
  '1. first\n2. second\n',
  '  - nested\n',
  '> quote\n',
  '> [!NOTE]\n> text\n',
  '> - item\n>   more\n',
  '```js title="x"\ncode\n\ncode\n```\n',
  '~~~\ncode\n',
  '```\n',
  '    indented\n\n    code\n',
  '| a | b |\n| --- | :-: |\n| `x \\| y` | <b>c</b> |\n| d |\n',
  'a | b\n-|-\nc | d\n',
  'a\n:-\nb\n',
  '| not a table |\n',
  '---\n',
  '***\n',
  '[ref]: /target "title"\n',
  '[Ref]: <other>\n',
  '[^1]: A note.\n\n    Of two parts.\n',
  ':::note[Label *text*]{#id .class key="v"}\n',
  ':::\n',
  '::::tip\n',
  '::::\n',
  '::leaf[Label]{a=b}\n',
  '<details open>\n<summary>Title</summary>\n\n',
  '</details>\n',
  '<Steps>\n',
  '</Steps>\n',
  "<Tabs items={['a', 'b']}>\n",
  '</Tabs>\n',
  '<Card\n  title="Two\nlines"\n  icon={<Icon />}\n/>\n',
  "import Part from './part.mdx'\n",
  'export const a = {\n  b: 1,\n}\n',
  '{/* comment\n\nof lines */}\n',
  '{1 + 1}\n',
  '\n',
  '\n\n',
  '\t\n',
];

const soup = fc
  .array(fc.oneof(fc.constantFrom(...INLINE), fc.constantFrom(...BLOCKS), fc.constant('\n')), { maxLength: 14 })
  .map((parts) => parts.join(''));

const line = fc.array(fc.constantFrom(...INLINE), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));

/** Blocks in containers in containers, indented as they should be. */
const nested = fc.letrec<{ blocks: string; block: string }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((blocks) => blocks.join('\n\n')),
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'blocks' },
    fc.oneof(line, fc.constantFrom(...BLOCKS)),
    tie('blocks').map((text) => `- ${indent(text, '  ')}`),
    tie('blocks').map((text) => `- [x] ${indent(text, '  ')}\n- more`),
    tie('blocks').map((text) => `10) ${indent(text, '    ')}`),
    tie('blocks').map((text) => `> ${indent(text, '> ')}`),
    tie('blocks').map((text) => `<Tab label="x">\n${text}\n</Tab>`),
    tie('blocks').map((text) => `<Tab>\n  ${indent(text, '  ')}\n</Tab>`),
    tie('blocks').map((text) => `:::note[Label]\n${text}\n:::`),
  ),
})).blocks;

function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`);
}

const text = fc
  .tuple(fc.oneof(soup, nested, fc.string({ unit: 'binary' })), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([written, end]) => written.replaceAll('\n', end));

describe('the tree built from the parser’s events', () => {
  const examples = path.resolve(import.meta.dirname, '../../examples');
  const pages = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) => /\.mdx?$/.test(file));

  it.each(pages)('is remark’s for %s', (page) => {
    const written = readFileSync(path.join(examples, page), 'utf8');
    for (const grammar of GRAMMARS) expectSame(written, grammar);
  });

  it.each([...INLINE, ...BLOCKS])('is remark’s for %j', (written) => {
    for (const grammar of GRAMMARS) expectSame(written, grammar);
  });

  it.each(GRAMMARS)('is remark’s for whatever is written in %s', (grammar) => {
    fc.assert(
      fc.property(text, (written) => expectSame(written, grammar)),
      { numRuns: 400 },
    );
  });
});
