/** Pages that somebody may write to be slow to parse: by name, what is repeated to a length. */
export interface Shape {
  name: string;
  syntax: 'md' | 'mdx';
  /** @param n about how many characters */
  make: (n: number) => string;
}

const md = (name: string, make: Shape['make']): Shape => ({ name, syntax: 'md', make });
const mdx = (name: string, make: Shape['make']): Shape => ({ name, syntax: 'mdx', make });
const times = (piece: string) => (n: number) => piece.repeat(n / piece.length);
const numbered = (piece: (at: number) => string) => (n: number) =>
  Array.from({ length: n / piece(1).length }, (_, at) => piece(at)).join('');
const table = (row: string) => (n: number) => `| a | b |\n|---|---|\n${times(row)(n)}`;

export const SHAPES: readonly Shape[] = [
  md('one word', times('x')),
  md('words in one line', times('word ')),
  md('rows of a table', table('|keys empty|keyring sealed|\n')),
  md('rows with links and marks', table('|[a](/b)|**c** `d`|\n')),
  md('a row of many cells', (n) => ['|a', '|-', '|b'].map((cell) => times(cell)(n / 3)).join('\n')),
  md('headings of one title', times('## Same\n\n')),
  md(
    'headings of many titles',
    numbered((at) => `## T ${at}\n\n`),
  ),
  md('underlined headings', times('a\n=\n\n')),
  md('items', times('- item\n')),
  md('items apart', times('- item\n\n')),
  md('lists that end', times('- a\n  - b\n')),
  md('lists in lists', times(Array.from({ length: 30 }, (_, at) => `${'  '.repeat(at)}- a\n`).join(''))),
  md('numbered items', times('1. a\n')),
  md('quotes that end', times('> a\n\n> > b\n\n')),
  md('quotes within quotes', times(`${'>'.repeat(100)} a\n\n`)),
  md('lines that continue a quote', (n) => `> a\n${times('b\n')(n)}`),
  md('blocks of HTML', times('<div>\n\na\n\n</div>\n\n')),
  md('rows of HTML', (n) => `<table>${times('<tr><td>a</td><td>b</td></tr>\n')(n)}</table>`),
  md('details', times('<details><summary>a</summary>\n\nb\n\n</details>\n\n')),
  md('tags in a line', times('a <b>c</b> ')),
  md('tags that never close', times('<b>')),
  md('comments', times('<!-- signpost: documents a -->\n\n')),
  md('comments that never close', times('a <!-- ')),
  md('emphasis that crosses', times('_a*b ')),
  md('strikethrough that never closes', times('~a ')),
  md('brackets that never close', times('[')),
  md('brackets', times('[a] ')),
  md('images that never close', times('![')),
  md('links', times('[a](/b) ')),
  md('marks of code', times('`a ')),
  md('marks of code, each longer', (n) => Array.from({ length: n ** 0.5 }, (_, at) => `${'`'.repeat(at)}a`).join(' ')),
  md('tags that never begin', times('a <')),
  md('entities', times('&amp;')),
  md('ampersands', times('&')),
  md('escapes', times('\\*')),
  md(
    'definitions',
    numbered((at) => `[d${at}]: /x\n`),
  ),
  md(
    'definitions apart',
    numbered((at) => `[d${at}]: /x\n\n`),
  ),
  md(
    'footnotes',
    numbered((at) => `[^${at}]: x\n\n`),
  ),
  md('containers', times(':::note\na\n:::\n\n')),
  md('bare addresses', times('www.a.b ')),
  md('bare e-mail addresses', times('a@b.co ')),
  md('blanks at the ends of lines', times('a  \n')),
  md('fences', times('```\na\n```\n\n')),
  md('indented code', times('    a\n\nb\n\n')),
  md('frontmatter that never ends', (n) => `---\n${times('a: b\n')(n)}`),
  mdx('components', times('<Note>\na\n</Note>\n\n')),
  mdx('components in a line', times('a <B>c</B> ')),
  mdx('attributes', (n) => `<A ${times('b="c" ')(n)}/>`),
  mdx(
    'tabs with a list of titles',
    (n) => `<Tabs items={[${times('"a",')(n / 4)}]}>\n${times('<Tab>\na\n</Tab>\n')(n)}</Tabs>`,
  ),
  mdx('expressions', times('{a}\n\n')),
  mdx('expressions in a line', times('a {b} ')),
  mdx('a string that never ends', (n) => `{"${times('}')(n)}`),
  mdx('braces that never close', times('{')),
  mdx('an export that never ends', (n) => `export const a = \`${times('\n\n')(n)}`),
  mdx('imports', times("import a from 'b'\n\n")),
  mdx('what does not parse as MDX', (n) => `{\n\n${times('<Note title="a">\nb\n</Note>\n\n')(n)}`),
];
